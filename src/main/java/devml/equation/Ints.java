package devml.equation;

import devml.equation.Int.Op;

/**
 * Builds integer expressions, simplified where operands are constant. Sizes that are known when a layer is bound thus
 * disappear from its equations.
 */
public final class Ints {
    private Ints() {}

    public static Int constant(long value) {
        return new Int.Constant(value);
    }

    /**
     * Applies an operation: the result is a constant if both operands are, and steps that change nothing are left out.
     *
     * @throws ArithmeticException if constants overflow or are divided by zero
     */
    public static Int apply(Op op, Int left, Int right) {
        if (left instanceof Int.Constant(long a) && right instanceof Int.Constant(long b)) {
            return constant(Integers.apply(op, a, b));
        }
        return switch (op) {
            case ADD -> is(left, 0) ? right : is(right, 0) ? left : new Int.Binary(op, left, right);
            case SUBTRACT, MIN, MAX -> is(right, 0) && op == Op.SUBTRACT ? left : new Int.Binary(op, left, right);
            case MULTIPLY -> {
                if (is(left, 0) || is(right, 0)) {
                    yield constant(0);
                }
                yield is(left, 1) ? right : is(right, 1) ? left : new Int.Binary(op, left, right);
            }
            case FLOOR_DIVIDE -> is(right, 1) ? left : new Int.Binary(op, left, right);
            case MODULO -> is(right, 1) ? constant(0) : new Int.Binary(op, left, right);
        };
    }

    public static Int add(Int left, Int right) {
        return apply(Op.ADD, left, right);
    }

    public static Int subtract(Int left, Int right) {
        return apply(Op.SUBTRACT, left, right);
    }

    public static Int multiply(Int left, Int right) {
        return apply(Op.MULTIPLY, left, right);
    }

    /** {@code 0 <= e < extent}. */
    public static Cond inside(Int e, int extent) {
        return Cond.and(
                compare(Cond.Relation.LESS_EQUAL, constant(0), e), compare(Cond.Relation.LESS, e, constant(extent)));
    }

    public static Cond compare(Cond.Relation relation, Int left, Int right) {
        return left instanceof Int.Constant(long a) && right instanceof Int.Constant(long b)
                ? new Cond.Constant(relation.holds(a, b))
                : new Cond.CompareInts(relation, left, right);
    }

    private static boolean is(Int e, long value) {
        return e instanceof Int.Constant(long constant) && constant == value;
    }
}
