package devml.oracle;

import devml.equation.Assignment;
import devml.equation.Cond;

/**
 * A comparison on which a result depends, and which a slightly different input, or a correct computation in floating
 * point, may decide otherwise. The result holds for the side that the exact numbers are on; where they are not known
 * well enough, for the side of their midpoints; where they are equal, for the side of the convention. The sign of a
 * number counts as a comparison with 0, its floor as one with a whole number beside it, an argmax as one of the best
 * value with another.
 *
 * @param equation where the comparison was met
 * @param offset the element that the equation writes there
 * @param relation the relation that was tested
 * @param left the first operand
 * @param right the second operand
 * @param known whether every implementation has both operands exactly, so that all follow the convention of the
 *     equations
 */
public record Kink(Assignment equation, int offset, Cond.Relation relation, Ball left, Ball right, boolean known) {

    /** Whether both sides are known exactly and are equal. */
    public boolean isTie() {
        return left.isExact() && right.isExact() && DoubleDouble.compare(left.mid(), right.mid()) == 0;
    }

    /** Whether the exact numbers decide the comparison, even if floating-point numbers may not. */
    public boolean isDecided() {
        return left.isApart(right);
    }

    /** The result of the comparison that was assumed. */
    public boolean holds() {
        return relation.holds(DoubleDouble.compare(left.mid(), right.mid()), 0);
    }
}
