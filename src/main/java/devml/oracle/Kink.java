package devml.oracle;

import devml.equation.Cond;

/**
 * A comparison on which a result depends that a slightly different input would decide otherwise, or may: what follows
 * holds for the side that was taken. The sign of a number is its comparison with 0, its floor that with a whole number
 * beside it.
 *
 * @param relation what was asked; a tie under EQUAL or NOT_EQUAL may be a plain test of data, such as a mask
 * @param left the first operand
 * @param right the second operand
 */
public record Kink(Cond.Relation relation, Ball left, Ball right) {

    /** Whether both sides are known, and equal, so that the answer is right; else the midpoints decided. */
    public boolean isTie() {
        return left.isExact() && right.isExact();
    }
}
