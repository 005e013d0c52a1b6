package devml.fast;

import devml.equation.Real;

/** How the values of a reduction become one: a neutral value to start with, and an operation. */
enum Fold {
    SUM(Real.Op.ADD, 0),
    PRODUCT(Real.Op.MULTIPLY, 1),
    MAX(Real.Op.MAX, Double.NEGATIVE_INFINITY),
    MIN(Real.Op.MIN, Double.POSITIVE_INFINITY);

    private final Real.Op op;
    private final double neutral;

    Fold(Real.Op op, double neutral) {
        this.op = op;
        this.neutral = neutral;
    }

    Real.Op op() {
        return op;
    }

    double neutral() {
        return neutral;
    }

    /** Whether there must be a point. */
    boolean needsPoint() {
        return this == MAX || this == MIN;
    }
}
