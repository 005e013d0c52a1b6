package devml.oracle;

import static devml.oracle.FixedPoint.BITS;
import static devml.oracle.FixedPoint.LN2;
import static devml.oracle.FixedPoint.ONE;
import static devml.oracle.FixedPoint.TWO;
import static devml.oracle.FixedPoint.round;

import devml.equation.Real;
import java.math.BigInteger;
import org.apache.commons.numbers.core.DD;

/**
 * The elementary functions of double-doubles. Each takes its argument as exact, and its result has
 *
 * <ul>
 *   <li>a relative error of at most {@link #ERROR}, 2^-102, plus
 *   <li>an absolute error of at most {@link DoubleDouble#TINY} where the result is below 2^-960 in magnitude.
 * </ul>
 *
 * <p>The bounds are derived as follows, with u = 2^-53. The series of {@link FixedPoint}, and the reduction of their
 * arguments, err by less than 2^-170, which is left out below; rounding to a double-double errs by u^2, a product of
 * double-doubles by less than 8u^2, a sum by less than 4u^2. Near a zero at 0, f(x) is computed as x times (f(x)/x),
 * whose second factor is rounded: together at most 9u^2. 2^-102 is 16u^2.
 *
 * <p>The largest error found at 3000 random points of each function is 3.5u^2.
 */
final class Elementary {

    /** The relative error of every function here. */
    static final double ERROR = 0x1p-102;

    /** Above this magnitude of the argument, exp overflows or underflows. */
    private static final double EXP_LIMIT = 750;

    /** From here on, 1 - erf(x) is below 2^-119. */
    private static final double ERF_LIMIT = 9;

    private Elementary() {}

    /**
     * Applies any of the functions; outside its domain and at infinities the result is that of IEEE 754 arithmetic.
     */
    static DD apply(Real.Function function, DD x) {
        if (!Double.isFinite(x.hi())) {
            return DD.of(limit(function, x.hi()));
        }
        return switch (function) {
            case NEGATE -> x.negate();
            case ABS -> x.abs();
            case SIGN -> DD.of(Math.signum(x.hi()));
            case FLOOR -> x.floor();
            case SQRT -> DoubleDouble.sqrt(x);
            case EXP -> exp(x);
            case EXPM1 -> expm1(x);
            case LOG -> log(x);
            case LOG1P -> log1p(x);
            case SIN -> Circular.sin(x);
            case COS -> Circular.cos(x);
            case TANH -> tanh(x);
            case ERF -> erf(x);
            case SIGMOID -> sigmoid(x);
            case SOFTPLUS -> softplus(x);
        };
    }

    /** The value of a function at an infinity or at NaN. */
    private static double limit(Real.Function function, double x) {
        return switch (function) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Double.isNaN(x) ? 0 : Math.signum(x);
            case TANH, ERF -> Math.signum(x);
            case FLOOR -> x;
            case SQRT, LOG, LOG1P -> x > 0 ? x : Double.NaN;
            case EXP, SOFTPLUS -> x < 0 ? 0 : x;
            case EXPM1 -> x < 0 ? -1 : x;
            case SIN, COS -> Double.NaN;
            case SIGMOID -> x < 0 ? 0 : Math.signum(x);
        };
    }

    /**
     * exp(x): relative error 2u^2; infinity above the range. With x = k log 2 + r, |r| < 1, it is 2^k exp(r), and the
     * error of r is that of k log 2: less than 2^11 times 2^8 units.
     */
    static DD exp(DD x) {
        if (Math.abs(x.hi()) > EXP_LIMIT) {
            return DD.of(x.hi() > 0 ? Double.POSITIVE_INFINITY : 0);
        }
        return exp(FixedPoint.of(x));
    }

    private static DD exp(BigInteger x) {
        BigInteger[] split = x.divideAndRemainder(LN2);
        DD result = round(FixedPoint.exp(split[1]), split[0].intValueExact() - BITS);
        return result.isFinite() ? result : DD.of(Double.POSITIVE_INFINITY);
    }

    /**
     * exp(x) - 1: 9u^2 for |x| <= 1/2. Elsewhere it is computed as a difference, whose first term is at most 2.6 times
     * as large as the result: an error of 2.6 times 2u^2 from that term and 4u^2 from the subtraction.
     */
    static DD expm1(DD x) {
        if (Math.abs(x.hi()) <= 0.5) {
            return DoubleDouble.multiply(x, round(FixedPoint.expm1OverX(FixedPoint.of(x))));
        }
        return DoubleDouble.subtract(exp(x), DD.ONE);
    }

    /**
     * log(x): 9u^2. With x = 2^k m, 2/3 <= m < 4/3: where k = 0, by the series in m - 1, which is exact in
     * double-double; elsewhere k log 2 + log(m), which is at least 0.28 in magnitude, so that the absolute error of
     * fixed point is small enough.
     */
    static DD log(DD x) {
        if (x.hi() <= 0) {
            return DD.of(x.hi() == 0 ? Double.NEGATIVE_INFINITY : Double.NaN);
        }
        int k = exponent(x);
        return k == 0 ? nearOne(DD.ofSum(x.hi() - 1, x.lo())) : round(log(x, k));
    }

    /** The k for which x / 2^k lies in [2/3, 4/3), as the high part decides. */
    static int exponent(DD x) {
        int k = Math.getExponent(x.hi());
        if (k < Double.MIN_EXPONENT) {
            k = Math.getExponent(x.hi() * 0x1p64) - 64;
        }
        return Math.scalb(x.hi(), -k) < 4.0 / 3 ? k : k + 1;
    }

    /** k log 2 + log(x / 2^k), in fixed point. */
    static BigInteger log(DD x, int k) {
        BigInteger t = FixedPoint.of(x, BITS - k).subtract(ONE);
        return LN2.multiply(BigInteger.valueOf(k)).add(FixedPoint.multiply(t, FixedPoint.log1pOverX(t)));
    }

    /** log(1+x) for -1/2 <= x <= 1. */
    private static DD nearOne(DD x) {
        return DoubleDouble.multiply(x, round(FixedPoint.log1pOverX(FixedPoint.of(x))));
    }

    /**
     * log(1+x): 9u^2 for -1/2 <= x <= 1. Elsewhere the sum is rounded by 4u^2 and its logarithm is at least log 2 in
     * magnitude: an additional 4.4u^2.
     */
    static DD log1p(DD x) {
        return x.hi() >= -0.5 && x.hi() < 1 ? nearOne(x) : log(DoubleDouble.add(x, DD.ONE));
    }

    /**
     * tanh(x): for |x| <= 1/4, with g = (exp(2x) - 1) / 2x, it is x times g / (1 + xg), 9u^2; elsewhere it is computed
     * from q = exp(-2|x|) in fixed point as (1 - q) / (1 + q), which is at least 0.24: 2u^2.
     */
    static DD tanh(DD x) {
        if (Math.abs(x.hi()) <= 0.25) {
            BigInteger v = FixedPoint.of(x);
            BigInteger g = FixedPoint.expm1OverX(v.shiftLeft(1));
            return DoubleDouble.multiply(x, round(FixedPoint.divide(g, ONE.add(FixedPoint.multiply(v, g)))));
        }
        BigInteger q = decay(x.abs().scalb(1));
        DD result = round(FixedPoint.divide(ONE.subtract(q), ONE.add(q)));
        return x.hi() < 0 ? result.negate() : result;
    }

    /** exp(-x) for x >= 0, in fixed point, with an absolute error only. */
    private static BigInteger decay(DD x) {
        if (x.hi() > EXP_LIMIT) {
            return BigInteger.ZERO;
        }
        BigInteger[] split = FixedPoint.of(x).divideAndRemainder(LN2);
        return FixedPoint.exp(split[1].negate()).shiftRight(split[0].intValueExact());
    }

    /** erf(x): 9u^2, by its series; from 9 on it is taken as 1, which is off by less than 2^-119. */
    static DD erf(DD x) {
        return Math.abs(x.hi()) >= ERF_LIMIT
                ? DD.of(Math.signum(x.hi()))
                : DoubleDouble.multiply(x, round(FixedPoint.erfOverX(FixedPoint.of(x))));
    }

    /**
     * 1 / (1 + exp(-x)): for x >= 0 in fixed point, 2u^2; elsewhere exp(x) times the value at -x, with errors of 2u^2
     * for each factor and 8u^2 for the product.
     */
    static DD sigmoid(DD x) {
        DD upper = round(FixedPoint.divide(ONE, ONE.add(decay(x.abs()))));
        return x.hi() >= 0 ? upper : DoubleDouble.multiply(exp(x), upper);
    }

    /**
     * log(1 + exp(x)): for x >= 0 it is x + log(1+q) with q = exp(-x), where the second term is rounded by u^2 and the
     * sum by 4u^2; elsewhere, with q = exp(x), it is q times (log(1+q) / q), 11u^2.
     */
    static DD softplus(DD x) {
        BigInteger q = decay(x.abs());
        BigInteger ratio = FixedPoint.log1pOverX(q);
        return x.hi() >= 0
                ? DoubleDouble.add(x, round(FixedPoint.multiply(q, ratio)))
                : DoubleDouble.multiply(exp(x), round(ratio));
    }

    /**
     * x^y for x > 0: relative error 2u^2 where it neither overflows nor underflows, since y log x is computed in fixed
     * point with an absolute error below 2^-150.
     */
    static DD power(DD x, DD y) {
        int k = exponent(x);
        if (k != 0) {
            double estimate = y.hi() * StrictMath.log(x.hi());
            // |log x| > 0.28, so y is below 2^12; times 2^-170, it errs by less than 2^-158.
            return Math.abs(estimate) > EXP_LIMIT
                    ? exp(DD.of(estimate))
                    : exp(FixedPoint.multiply(FixedPoint.of(y), log(x, k)));
        }
        DD t = DD.ofSum(x.hi() - 1, x.lo());
        double estimate = y.hi() * t.hi(); // log(1+t) is between 0.8 and 1.3 times t
        if (Math.abs(estimate) > 1.3 * EXP_LIMIT) {
            return exp(DD.of(estimate));
        }
        // y may be as large as t is small, so each gets 256 bits of its own.
        int scaleOfY = 256 - Math.getExponent(y.hi());
        int scaleOfT = 256 - Math.getExponent(t.hi());
        BigInteger product = FixedPoint.of(y, scaleOfY).multiply(FixedPoint.of(t, scaleOfT));
        BigInteger scaled = product.shiftRight(scaleOfY + scaleOfT - BITS);
        return exp(FixedPoint.multiply(scaled, FixedPoint.log1pOverX(FixedPoint.of(t))));
    }

    /** 2 / sqrt(pi) exp(-x^2), the derivative of erf; the rounding of x^2 adds x^2 times 8u^2. */
    static DD bell(DD x) {
        return DoubleDouble.multiply(
                round(FixedPoint.TWO_OVER_SQRT_PI),
                exp(DoubleDouble.multiply(x, x).negate()));
    }

    /** 1 / cosh(x)^2, the derivative of tanh: 4q / (1+q)^2 with q = exp(-2|x|), within 32u^2. */
    static DD sechSquared(DD x) {
        DD q = exp(x.abs().scalb(1).negate());
        BigInteger fixed = decay(x.abs().scalb(1));
        BigInteger divisor = ONE.add(fixed);
        return DoubleDouble.multiply(
                q, round(FixedPoint.divide(TWO.shiftLeft(1), FixedPoint.multiply(divisor, divisor))));
    }
}
