package devml.layer;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Uses;
import devml.equation.View;
import devml.fault.Fault;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the equations that set a tensor write every element exactly once, so that none is left undefined or
 * depends on the order of equations.
 */
final class Completeness {
    private Completeness() {}

    /**
     * Checks the equations that set one tensor.
     *
     * @throws Fault at an equation that writes an element again, or at the first equation if an element is never
     *     written
     */
    static void check(View target, List<Assignment> equations) {
        if (equations.size() == 1 && isMixedRadix(equations.getFirst())) {
            return;
        }
        BitSet written = new BitSet(target.size());
        for (Assignment equation : equations) {
            Points points = new Points(equation);
            try {
                points.mark(written);
            } catch (ArithmeticException overflow) {
                throw Fault.at(
                        equation.place(), "which elements are set cannot be worked out: " + Integers.reason(overflow));
            }
        }
        int missing = written.nextClearBit(0);
        if (missing < target.size()) {
            throw Fault.at(
                    equations.getFirst().place(),
                    "%s%s is never set; the equations of a tensor with '=' set each element once"
                            .formatted(target.name(), element(target, missing)));
        }
    }

    private static List<Integer> element(View target, int offset) {
        return Shape.of(target.extents().stream().mapToInt(i -> i).toArray()).index(offset);
    }

    /**
     * Whether the subscripts obviously write each element once, so that no point need be visited: each subscript counts
     * through its dimension like a number of mixed radix, and every digit is an index of its own: {@code g*M + m} with
     * m below M.
     */
    private static boolean isMixedRadix(Assignment equation) {
        if (!equation.box().guard().equals(Cond.TRUE)) {
            return false;
        }
        Set<Int> used = new HashSet<>();
        for (int i = 0; i < equation.subscripts().size(); i++) {
            Affine affine = Affine.of(equation.subscripts().get(i));
            if (affine.constant() != 0 || !affine.isOverIndices()) {
                return false;
            }
            List<Map.Entry<Int, Long>> digits = new ArrayList<>(affine.weights().entrySet());
            digits.sort((a, b) -> Long.compare(a.getValue(), b.getValue()));
            long weight = 1;
            for (Map.Entry<Int, Long> digit : digits) {
                if (digit.getValue() != weight || !used.add(digit.getKey())) {
                    return false;
                }
                weight *= extent(equation, (Int.Index) digit.getKey());
            }
            if (weight != equation.target().extents().get(i)) {
                return false;
            }
        }
        return used.size() == equation.box().slots().size();
    }

    private static int extent(Assignment equation, Int.Index index) {
        return equation.box().extents().get(equation.box().slots().indexOf(index.slot()));
    }

    /** Visits the points of one equation and marks the elements that it writes, without computing values. */
    private static final class Points extends Integers {
        private final Assignment equation;

        Points(Assignment equation) {
            super(equation.slots());
            this.equation = equation;
            if (Uses.readsData(equation.box().guard())
                    || equation.subscripts().stream().anyMatch(Uses::readsData)) {
                throw Fault.at(
                        equation.place(),
                        "which elements of %s are set must not depend on data; where(…) chooses values, '+=' may choose elements"
                                .formatted(equation.target().name()));
            }
        }

        void mark(BitSet written) {
            if (equation.box().size() == 0) {
                return;
            }
            do {
                if (holds(equation.box().guard())) {
                    int offset = offset(equation.target(), equation.subscripts());
                    if (written.get(offset)) {
                        throw Fault.at(
                                equation.place(),
                                equation.target().name() + element(equation.target(), offset) + " is set twice");
                    }
                    written.set(offset);
                }
            } while (equation.box().advance(index));
        }

        @Override
        protected long read(Int.Read read) {
            throw new IllegalStateException("data were ruled out");
        }

        @Override
        protected boolean compare(Cond.CompareReals comparison) {
            throw new IllegalStateException("data were ruled out");
        }

        @Override
        protected long argReduce(Int.ArgReduce reduction) {
            throw new IllegalStateException("data were ruled out");
        }
    }
}
