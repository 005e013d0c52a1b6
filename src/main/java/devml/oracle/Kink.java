package devml.oracle;

import devml.equation.Assignment;
import devml.equation.Cond;

/**
 * A comparison on which a result depends that a slightly different input would decide otherwise, or a correct computation
 * in floating point may: what follows holds for the side that the exact numbers are on, or their midpoints where they are
 * not known well enough, or the convention where they are equal. The sign of a number is its comparison with 0, its floor
 * that with a whole number beside it, an argmax that of the best with another.
 *
 * @param equation where it was met
 * @param offset the element that the equation writes there
 * @param relation what was asked
 * @param left the first operand
 * @param right the second operand
 * @param known whether every implementation has both, and exactly, so that all follow the convention of the equations
 */
public record Kink(Assignment equation, int offset, Cond.Relation relation, Ball left, Ball right, boolean known) {

    /** Whether both sides are known, and equal. */
    public boolean isTie() {
        return left.isExact() && right.isExact() && DoubleDouble.compare(left.mid(), right.mid()) == 0;
    }

    /** Whether exact numbers decide it, though numbers in floating point may not. */
    public boolean isDecided() {
        return left.isApart(right);
    }

    /** What was taken for true. */
    public boolean holds() {
        return relation.holds(DoubleDouble.compare(left.mid(), right.mid()), 0);
    }
}
