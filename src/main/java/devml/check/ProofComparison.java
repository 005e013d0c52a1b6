package devml.check;

import devml.run.Enclosure;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compares a computed tensor with its proven enclosure, entry by entry. */
final class ProofComparison {
    private final Tensor value;
    private final Enclosure exact;
    private final DType dtype;
    private final Optional<Tolerance> tolerance;

    private ProofComparison(Tensor value, Enclosure exact, DType dtype, Optional<Tolerance> tolerance) {
        this.value = value;
        this.exact = exact;
        this.dtype = dtype;
        this.tolerance = tolerance;
    }

    /**
     * Compares a tensor with its enclosure.
     *
     * @param dtype the type of the computation that the proof is about; errors are given in its ulps
     * @param tolerance replaces the bounds of the error analysis
     */
    static TensorResult.Compared of(
            String name, Tensor value, Enclosure exact, DType dtype, Optional<Tolerance> tolerance) {
        return new ProofComparison(value, exact, dtype, tolerance).result(name);
    }

    private TensorResult.Compared result(String name) {
        int failing = 0;
        int inconclusive = 0;
        double maxAbsolute = 0;
        double maxRelative = 0;
        double maxUlps = 0;
        double maxReference = 0;
        Entry worst = null;
        Entry first = null;
        for (int offset = 0; offset < value.size(); offset++) {
            double bound = bound(offset);
            Deviation deviation = deviation(offset, bound);
            boolean open = bound == Double.POSITIVE_INFINITY || (deviation.fails() && exact.isDoubtful(offset));
            double size = Math.abs(exact.midpoint().get(offset));
            maxReference = Double.isFinite(size) ? Math.max(maxReference, size) : maxReference;
            if (open) {
                inconclusive++;
                first = first == null ? entry(offset, deviation) : first;
                continue;
            }
            failing += deviation.fails() ? 1 : 0;
            maxAbsolute = Math.max(maxAbsolute, deviation.absolute());
            maxRelative = Math.max(maxRelative, deviation.relative());
            maxUlps = Math.max(maxUlps, deviation.ulps());
            if (worst == null || deviation.isWorseThan(worst.deviation())) {
                worst = entry(offset, deviation);
            }
        }
        return new TensorResult.Compared(
                name,
                value.shape(),
                tolerance.or(() -> JustifiedTolerance.of(List.of(exact)).tolerance()),
                failing,
                maxAbsolute,
                maxRelative,
                maxUlps,
                maxAbsolute == 0 ? 0 : maxAbsolute / maxReference,
                Optional.ofNullable(worst),
                Optional.of(new TensorResult.Proven(
                        inconclusive, Optional.ofNullable(first), medianRadius(), tolerance.isPresent())));
    }

    private double bound(int offset) {
        double distance = exact.distance(offset);
        return tolerance
                .map(given -> given.bound(exact.midpoint().get(offset)) + distance)
                .orElseGet(() -> exact.bound(offset));
    }

    /** Measures the error from the whole midpoint, of which the reference is only the nearest double. */
    private Deviation deviation(int offset, double bound) {
        double computed = value.get(offset);
        double reference = exact.midpoint().get(offset);
        if (Double.compare(computed + 0.0, reference + 0.0) == 0 && !Double.isFinite(reference)) {
            return new Deviation(0, 0, 0, bound, 0);
        }
        double error = Math.abs(computed - reference - exact.rest().get(offset));
        if (!Double.isFinite(error)) {
            double infinite = Double.POSITIVE_INFINITY;
            return new Deviation(infinite, infinite, infinite, bound, infinite);
        }
        if (error == 0) {
            return new Deviation(0, 0, 0, bound, 0);
        }
        boolean isSingle = dtype == DType.FLOAT32 || value instanceof Tensor.Floats;
        double unit = isSingle ? Math.ulp((float) reference) : Math.ulp(reference);
        return new Deviation(error, error / Math.abs(reference), error / unit, bound, error / bound);
    }

    /** Returns an entry; if nothing is known of it, its reference is NaN. */
    private Entry entry(int offset, Deviation deviation) {
        boolean isKnown = exact.distance(offset) < Double.POSITIVE_INFINITY;
        double reference = isKnown ? exact.midpoint().get(offset) : Double.NaN;
        return new Entry(value.shape().index(offset), number(offset), reference, deviation);
    }

    private Number number(int offset) {
        return switch (value) {
            case Tensor.Doubles doubles -> doubles.values()[offset];
            case Tensor.Floats floats -> floats.values()[offset];
            case Tensor.Longs longs -> longs.values()[offset];
        };
    }

    /** The median of the relative radii, over the entries that are not known to be exactly 0. */
    private double medianRadius() {
        double[] midpoints = exact.midpoint().values();
        double[] radii = exact.radius().values();
        double[] relative = new double[radii.length];
        int count = 0;
        for (int i = 0; i < radii.length; i++) {
            if (midpoints[i] != 0 || radii[i] != 0) {
                relative[count++] = radii[i] == 0 ? 0 : radii[i] / Math.abs(midpoints[i]);
            }
        }
        Arrays.sort(relative, 0, count);
        return count == 0 ? 0 : relative[count / 2];
    }
}
