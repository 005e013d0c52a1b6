package devml.oracle;

import static devml.oracle.Ball.up;

import devml.equation.Powers;
import devml.equation.Real;
import org.apache.commons.numbers.core.DD;

/**
 * Elementary functions of balls. A result combines the value at the midpoint, whose error {@link Elementary} bounds,
 * with a bound on how far the function can move within the radius r of the argument, taken from its derivative.
 *
 * <p>The bounds use exp, expm1 and log1p of {@link StrictMath}, which err by less than one unit in the last place
 * (fdlibm), so that {@link Ball#up} compensates for them as for any other operation.
 */
final class BallFunctions {
    private BallFunctions() {}

    /** Applies a function that needs no decision: every function except SIGN and FLOOR. */
    static Ball apply(Real.Function function, Ball x) {
        if (!x.isFinite()) {
            return x.isUnknown() ? Ball.UNKNOWN : new Ball(Elementary.apply(function, x.mid()), 0);
        }
        if (x.isZero()) {
            return new Ball(Elementary.apply(function, DD.ZERO), atZero(function));
        }
        return switch (function) {
            case NEGATE -> x.negate();
            case ABS -> x.abs();
            case SQRT -> x.sqrt();
            case LOG -> log(x);
            case LOG1P -> log1p(x);
            case EXP, EXPM1, SIN, COS, TANH, ERF, SIGMOID, SOFTPLUS -> around(function, x);
            case SIGN, FLOOR -> throw new IllegalArgumentException(function + " needs a decision");
        };
    }

    /**
     * Returns how far the function can be from its value at the midpoint anywhere in a finite ball; infinite if it may
     * be undefined there.
     */
    static double spread(Real.Function function, Ball x) {
        double r = x.radius();
        return up(
                switch (function) {
                    case NEGATE, ABS -> r;
                    case SQRT ->
                        x.low() < 0
                                ? Double.POSITIVE_INFINITY
                                : r / Math.sqrt(x.mid().hi());
                    case EXP, EXPM1 -> growth(x) * Math.min(1, r);
                    case LOG -> x.low() <= 0 ? Double.POSITIVE_INFINITY : r / x.low();
                    case LOG1P -> x.low() <= -1 ? Double.POSITIVE_INFINITY : r / (1 + x.low());
                    case SIN, COS -> Math.min(r, 2);
                    case TANH -> r * Math.min(1, 4 * StrictMath.exp(-2 * least(x)));
                    case ERF -> r * TWO_OVER_SQRT_PI * StrictMath.exp(-least(x) * least(x));
                    case SIGMOID -> r * Math.min(0.25, StrictMath.exp(-least(x)));
                    case SOFTPLUS -> r * Math.min(1, growth(x));
                    case SIGN, FLOOR -> throw new IllegalArgumentException(function + " needs a decision");
                });
    }

    /** An upper bound of 2 / sqrt(pi). */
    private static final double TWO_OVER_SQRT_PI = 1.13;

    /**
     * The radius of the value at 0: the value is exact (0 or 1) for all functions except softplus, whose value is log
     * 2.
     */
    private static double atZero(Real.Function function) {
        return function == Real.Function.SOFTPLUS ? Elementary.ERROR : 0;
    }

    /** Returns the value at the midpoint, in a ball with room for its error and the spread. */
    private static Ball around(Real.Function function, Ball x) {
        return around(function, x, spread(function, x));
    }

    private static Ball around(Real.Function function, Ball x, double spread) {
        DD value = Elementary.apply(function, x.mid());
        double size = Math.abs(value.hi());
        double error = Elementary.ERROR * size + (size < DoubleDouble.SMALL ? DoubleDouble.TINY : 0);
        return Ball.of(value, up(up(spread) + error));
    }

    /**
     * An upper bound of exp of every number in the ball; exp(a) (exp(r) - 1) is at most this times r, and at most this
     * itself. The sum in the exponent is below 2^11 where it matters, so that its rounding and the low part are worth
     * less than 2^-41.
     */
    private static double growth(Ball x) {
        return StrictMath.exp(x.mid().hi() + x.radius()) * (1 + 0x1p-40) + DoubleDouble.TINY;
    }

    /** |log(a + d) - log(a)| <= r / (a - r). */
    private static Ball log(Ball x) {
        if (x.isExact() && x.mid().hi() == 1 && x.mid().lo() == 0) {
            return Ball.ZERO;
        }
        if (x.isZero()) { // 1 + x may be exactly 0
            return Ball.of(Double.NEGATIVE_INFINITY);
        }
        double low = x.low();
        if (low <= 0 && !(x.radius() == 0 && x.mid().hi() > 0)) {
            return x.mid().hi() < 0 && !x.containsZero() ? Ball.UNDEFINED : Ball.UNKNOWN;
        }
        return around(Real.Function.LOG, x, x.radius() == 0 ? 0 : spread(Real.Function.LOG, x));
    }

    /**
     * |log(1 + a + d) - log(1 + a)| <= r / (1 + a - r) where a - r >= -1/2; elsewhere the logarithm of the sum is
     * taken.
     */
    private static Ball log1p(Ball x) {
        double low = x.low();
        return low < -0.5 || x.mid().hi() >= 1 ? log(x.add(Ball.ONE)) : around(Real.Function.LOG1P, x);
    }

    /** A lower bound of the magnitudes of the numbers in the ball, at least 0. */
    private static double least(Ball x) {
        return Math.max(0, Math.abs(x.mid().hi()) * (1 - 0x1p-50) - x.radius());
    }

    /**
     * Returns x^y. With x within r of a and y within s of b, y log x is off by at most t = (|b| + s) r / (a - r) + |log
     * a| s, and the power by a factor of at most exp(t).
     */
    static Ball power(Ball x, Ball y) {
        if (y.isZero()
                || (x.isExact()
                        && x.mid().lo() == 0
                        && Powers.isOne(x.mid().hi(), y.mid().hi()))) {
            return Ball.ONE;
        }
        if (x.isUndefined() || y.isUndefined()) {
            return Ball.UNDEFINED;
        }
        if (x.isInfinite() && y.isExact() && y.mid().lo() == 0) {
            return Ball.of(StrictMath.pow(x.mid().hi(), y.mid().hi()));
        }
        if (!x.isFinite() || !y.isFinite() || x.containsZero()) {
            return x.isZero() && y.isFinite() && y.low() > 0 ? Ball.ZERO : Ball.UNKNOWN;
        }
        if (x.mid().hi() < 0) {
            return ofNegative(x, y);
        }
        DD value = Elementary.power(x.mid(), y.mid());
        double size = value.hi() + (value.hi() < DoubleDouble.SMALL ? DoubleDouble.TINY : 0);
        double spread = powerSpread(x, y, size);
        double error = Elementary.ERROR * size + (size < DoubleDouble.SMALL ? DoubleDouble.TINY : 0);
        return Ball.of(value, up(spread + error));
    }

    /**
     * Returns how far x^y can be from its value at the midpoints anywhere in two finite balls; infinite where x may be
     * 0.
     *
     * @param size at least the magnitude of the value at the midpoints
     */
    static double powerSpread(Ball x, Ball y, double size) {
        if (!y.isFinite()) {
            return x.radius() == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        double t = 0;
        if (x.radius() != 0) {
            double least = x.leastMagnitude();
            if (!(least > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            t += y.magnitude() * x.radius() / least + Double.MIN_VALUE;
        }
        if (y.radius() != 0) {
            if (!(x.mid().hi() > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            t += Math.abs(Elementary.log(x.mid()).hi()) * y.radius() + Double.MIN_VALUE;
        }
        return up(size * StrictMath.expm1(up(t)));
    }

    /** A power of a negative number is defined where the exponent is a whole number. */
    private static Ball ofNegative(Ball x, Ball y) {
        if (!y.isExact() || y.mid().lo() != 0) {
            return Ball.UNKNOWN;
        }
        double exponent = y.mid().hi();
        if (exponent != Math.rint(exponent)) {
            return Ball.UNDEFINED;
        }
        Ball power = power(x.negate(), y);
        return exponent % 2 == 0 ? power : power.negate();
    }
}
