package devml.check;

import devml.tensor.Shape;
import java.util.Optional;

/** The result of comparing one tensor with its reference. */
public sealed interface TensorResult {

    String name();

    Verdict verdict();

    /**
     * Both sides have the tensor, in the same shape.
     *
     * @param tolerance the tolerance that gives the bounds, or that a proof justifies; absent if no entry has a bound
     * @param failing the number of entries that lie beyond their bounds
     * @param maxAbsolute the largest absolute error of an entry
     * @param maxRelative the largest relative error of an entry
     * @param maxUlps the largest distance of an entry in units in the last place
     * @param maxNorm the relative error in the maximum norm: {@code max|value - reference| / max|reference|}, over the
     *     finite references; it stays small where tiny entries have large relative errors
     * @param worst the entry with the largest multiple of its bound, the first of equals; absent in a tensor without
     *     entries
     * @param proven present if the reference is a proof, which then gives the bounds
     */
    record Compared(
            String name,
            Shape shape,
            Optional<Tolerance> tolerance,
            int failing,
            double maxAbsolute,
            double maxRelative,
            double maxUlps,
            double maxNorm,
            Optional<Entry> worst,
            Optional<Proven> proven)
            implements TensorResult {

        @Override
        public Verdict verdict() {
            if (failing > 0) {
                return Verdict.FAIL;
            }
            return inconclusive() > 0 ? Verdict.INCONCLUSIVE : Verdict.PASS;
        }

        /** The number of entries without a verdict. */
        public int inconclusive() {
            return proven.map(Proven::inconclusive).orElse(0);
        }

        /** The largest error as a multiple of its bound; 0 in a tensor without entries. */
        public double multiple() {
            return worst.map(entry -> entry.deviation().multiple()).orElse(0.0);
        }
    }

    /**
     * What is particular to a comparison with a proof. The tolerance is the one that the proof justifies, unless
     * another was given; distances in ulps are fractions, since exact numbers lie between those of a type.
     *
     * @param inconclusive the number of entries that have no bound, or that depend on an open comparison and lie beyond
     *     their bounds
     * @param first the first of these entries; absent if there is none
     * @param radius how well the exact numbers are known: the median of the relative radii
     * @param given whether the tolerance was given
     */
    record Proven(int inconclusive, Optional<Entry> first, double radius, boolean given) {}

    /**
     * Both sides have the tensor, in different shapes; nothing is broadcast, transposed or squeezed to make them fit.
     */
    record ShapeMismatch(String name, Shape value, Shape reference) implements TensorResult {
        @Override
        public Verdict verdict() {
            return Verdict.FAIL;
        }
    }

    /**
     * Only the reference has the tensor.
     *
     * @param shape its shape in the reference
     * @param hint a clause such as {@code "; did you mean 'conv.weight'?"}, or empty
     */
    record Missing(String name, Shape shape, String hint) implements TensorResult {
        @Override
        public Verdict verdict() {
            return Verdict.FAIL;
        }
    }

    /**
     * The reference lacks the tensor.
     *
     * @param strict whether the reference must have it
     */
    record Unexpected(String name, Shape shape, boolean strict) implements TensorResult {
        @Override
        public Verdict verdict() {
            return strict ? Verdict.FAIL : Verdict.UNCHECKED;
        }
    }
}
