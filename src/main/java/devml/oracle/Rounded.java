package devml.oracle;

import static devml.oracle.Ball.up;

import devml.equation.Real;
import java.util.BitSet;

/**
 * A number with a bound on how far a floating-point computation of it may be off: a running error analysis (Higham
 * 2002, section 3.3), in which the exact values are known from balls.
 *
 * <p>The terms of a sum stay apart, represented by their number and the sum of their magnitudes, until something other
 * than an addition is done with the sum: only then is it rounded, by the bound that holds for every order of addition.
 *
 * @param exact encloses the exact number
 * @param error how far the computed terms may together be from the exact ones; for a single term, its whole error
 * @param magnitude at least the sum of the magnitudes of the computed terms
 * @param terms the number of terms; exact zeros do not count
 * @param doubts the numbers of the open comparisons on which it depends
 */
record Rounded(Ball exact, double error, double magnitude, long terms, BitSet doubts) {
    static final Rounded ZERO = exactly(Ball.ZERO);

    Rounded {
        if (Double.isNaN(error)) { // infinity minus infinity, or times 0
            error = Double.POSITIVE_INFINITY;
        }
    }

    /** A given number that is not rounded anywhere. */
    static Rounded exactly(Ball exact) {
        return new Rounded(exact, 0, exact.magnitude(), exact.isZero() ? 0 : 1, Doubts.NONE);
    }

    /** A given number that is rounded to the type once. */
    static Rounded given(Ball exact, Precision type) {
        return exact.isFinite()
                        && !(exact.isExact()
                                && exact.mid().lo() == 0
                                && type.holds(exact.mid().hi()))
                ? single(exact, type.rounding(exact.magnitude()), Doubts.NONE)
                : exactly(exact);
    }

    private static Rounded single(Ball exact, double error, BitSet doubts) {
        return new Rounded(exact, error, up(exact.magnitude() + error), 1, doubts);
    }

    Rounded with(BitSet more) {
        BitSet all = Doubts.union(doubts, more);
        return all.equals(doubts) ? this : new Rounded(exact, error, magnitude, terms, all);
    }

    /** Increases the error by the given amount. */
    Rounded off(double more) {
        return more == 0 ? this : single(exact, up(error + more), doubts);
    }

    /** Returns how far the computed value may be from the exact one, once its terms are added up. */
    double error(Precision type) {
        if (terms <= 1 || !exact.isFinite()) {
            return error;
        }
        double rounding = terms == 2 ? type.rounding(up(exact.magnitude() + error)) : type.summation(terms, magnitude);
        return up(error + rounding);
    }

    /** Returns the sum of the terms as a single number. */
    Rounded closed(Precision type) {
        return terms <= 1 ? this : single(exact, error(type), doubts);
    }

    private boolean isZero() {
        return terms == 0;
    }

    Rounded negate() {
        return new Rounded(exact.negate(), error, magnitude, terms, doubts);
    }

    Rounded add(Rounded other) {
        Ball sum = exact.add(other.exact);
        BitSet all = Doubts.union(doubts, other.doubts);
        if (!sum.isFinite()) {
            return beyond(sum, up(error + other.error) < Double.POSITIVE_INFINITY, all);
        }
        return new Rounded(sum, up(error + other.error), up(magnitude + other.magnitude), terms + other.terms, all);
    }

    /**
     * Returns a result that is not finite: an exact infinity is computed as such if nothing was rounded on the way.
     */
    static Rounded beyond(Ball exact, boolean isSure, BitSet doubts) {
        double error = isSure && !exact.isUnknown() ? 0 : Double.POSITIVE_INFINITY;
        return new Rounded(exact, error, Double.POSITIVE_INFINITY, 1, doubts);
    }

    /** With x off by d and y by e, the product is off by |x|e + |y|d + de, plus a rounding. */
    Rounded multiply(Rounded other, Precision type) {
        Rounded x = closed(type);
        Rounded y = other.closed(type);
        if ((x.isZero() && y.isTame()) || (y.isZero() && x.isTame())) {
            return x.isZero() ? new Rounded(Ball.ZERO, 0, 0, 0, x.doubts) : new Rounded(Ball.ZERO, 0, 0, 0, y.doubts);
        }
        Ball product = x.exact.multiply(y.exact);
        BitSet all = Doubts.union(x.doubts, y.doubts);
        if (!product.isFinite()) {
            return beyond(product, x.error == 0 && y.error == 0, all);
        }
        double size = product.magnitude();
        double error = up(x.exact.magnitude() * y.error + y.exact.magnitude() * x.error + x.error * y.error);
        boolean scales = (x.isPowerOfTwo() || y.isPowerOfTwo()) && isMedium(size);
        return single(product, scales ? error : up(error + type.rounding(up(size + error))), all);
    }

    /**
     * Returns the quotient of the operands as they are computed, with two roundings, since it may be computed as a
     * product with the reciprocal.
     */
    Rounded divide(Rounded other, Precision type) {
        Rounded y = other.closed(type);
        Rounded quotient = quotient(y, type);
        double size = quotient.exact.magnitude();
        boolean scales = y.isPowerOfTwo() && isMedium(size);
        if (scales || quotient.isZero() || !quotient.exact.isFinite() || !y.exact.isFinite()) {
            return quotient;
        }
        double rounding = 2.5 * type.rounding(up(size + quotient.error));
        return single(quotient.exact, up(quotient.error + rounding), quotient.doubts);
    }

    /** Returns the quotient without rounding: with x off by d and y by e, it is off by (d + |x/y| e) / (|y| - e). */
    Rounded quotient(Rounded other, Precision type) {
        Rounded x = closed(type);
        Rounded y = other.closed(type);
        Ball quotient = x.exact.divide(y.exact);
        BitSet all = Doubts.union(x.doubts, y.doubts);
        double least = y.exact.leastMagnitude() - y.error;
        if (!quotient.isFinite() || !y.exact.isFinite() || !(least > 0)) {
            return beyond(quotient, x.error == 0 && y.error == 0, all);
        }
        return x.isZero()
                ? new Rounded(Ball.ZERO, 0, 0, 0, x.doubts)
                : single(quotient, up((x.error + quotient.magnitude() * y.error) / least), all);
    }

    /** Whether a product of this number with 0 is certainly 0. */
    private boolean isTame() {
        return exact.isFinite() && error < Double.POSITIVE_INFINITY;
    }

    private boolean isPowerOfTwo() {
        double hi = exact.mid().hi();
        return error == 0
                && exact.isExact()
                && exact.mid().lo() == 0
                && Math.abs(hi) == Math.scalb(1.0, Math.getExponent(hi));
    }

    /** Whether no float32 number of this size, or of half or twice this size, overflows or underflows. */
    private static boolean isMedium(double size) {
        return size > 1e-30 && size < 1e30;
    }

    /** The error of the result is how far the function moves within the error of the argument, plus its own error. */
    Rounded apply(Real.Function function, Precision type) {
        Rounded x = closed(type);
        Ball value = BallFunctions.apply(function, x.exact);
        if (!value.isFinite()) {
            return beyond(value, x.error == 0, x.doubts);
        }
        if (!x.exact.isFinite() || (x.error == 0 && value.isExact())) {
            return exactly(value).with(x.doubts);
        }
        double moves = x.error == 0 ? 0 : BallFunctions.spread(function, x.widened());
        return single(value, up(moves + type.elementary(function, up(value.magnitude() + moves))), x.doubts);
    }

    Rounded power(Rounded other, Precision type) {
        Rounded x = closed(type);
        Rounded y = other.closed(type);
        Ball value = BallFunctions.power(x.exact, y.exact);
        BitSet all = Doubts.union(x.doubts, y.doubts);
        boolean isGiven = x.error == 0 && y.error == 0;
        if (!value.isFinite()) {
            return beyond(value, isGiven, all);
        }
        if (isGiven && value.isExact()) {
            return exactly(value).with(all);
        }
        double moves = isGiven ? 0 : BallFunctions.powerSpread(x.widened(), y.widened(), value.magnitude());
        return single(value, up(moves + type.power(up(value.magnitude() + moves))), all);
    }

    /** A ball that contains the computed values as well. */
    private Ball widened() {
        return new Ball(exact.mid(), up(exact.radius() + error));
    }

    Rounded max(Rounded other, Precision type) {
        Rounded x = closed(type);
        Rounded y = other.closed(type);
        Ball greater = x.exact.max(y.exact);
        BitSet all = Doubts.union(x.doubts, y.doubts);
        if (x.isApart(y) && x.exact.isFinite() && y.exact.isFinite()) {
            return (DoubleDouble.compare(x.exact.mid(), y.exact.mid()) >= 0 ? x : y).with(all);
        }
        return greater.isZero() && x.error == 0 && y.error == 0
                ? exactly(greater).with(all)
                : single(greater, Math.max(x.error, y.error), all);
    }

    Rounded min(Rounded other, Precision type) {
        return negate().max(other.negate(), type).negate();
    }

    /** Whether every implementation compares two closed numbers in the same way as the exact ones compare. */
    boolean isApart(Rounded other) {
        double errors = up(error + other.error);
        if (exact.isFinite() && other.exact.isFinite()) {
            return exact.distance(other.exact) > up(errors + exact.radius() + other.exact.radius());
        }
        return errors < Double.POSITIVE_INFINITY && exact.isApart(other.exact);
    }

    /** Whether both are copies of one number, so that every implementation finds them equal. */
    @SuppressWarnings("ReferenceEquality") // copies share the ball itself
    boolean isSame(Rounded other) {
        return this == other || (exact == other.exact && error == other.error && (error == 0 || !exact.isExact()));
    }

    /** An upper bound of the distance between two closed numbers, including their computed values. */
    double spread(Rounded other) {
        return exact.isFinite() && other.exact.isFinite()
                ? up(exact.mid().subtract(other.exact.mid()).abs().hi()
                        + exact.radius()
                        + other.exact.radius()
                        + error
                        + other.error)
                : Double.POSITIVE_INFINITY;
    }

    /** Returns a number that stands for both; if the comparison between them is decided, this one is the exact one. */
    Rounded joined(Rounded other, boolean isDecided, double spread) {
        Ball ball = isDecided ? exact : new Ball(exact.mid(), up(exact.radius() + spread));
        return spread == 0 ? with(other.doubts) : single(ball, up(error + spread), Doubts.union(doubts, other.doubts));
    }
}
