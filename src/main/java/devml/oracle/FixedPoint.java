package devml.oracle;

import java.math.BigInteger;
import org.apache.commons.numbers.core.DD;

/**
 * Power series in fixed point, from which {@link Elementary} and {@link Circular} compute their functions: an integer
 * {@code v} stands for {@code v / 2^192}. The error of a result, in units of 2^-192, is found by counting truncations,
 * each of which errs by less than one unit.
 *
 * <p>The bound that holds for every function here: <b>2^12 units, that is 2^-180</b>, plus the effect of the error of
 * the argument. No series below has more than 500 terms. A term is made from the one before by at most two truncated
 * multiplications or divisions and one factor below 1 in magnitude (those of {@link #erfOverX} are treated there), so
 * its error is at most 2 units plus that of the one before times that factor: less than 4 units where the factors stay
 * below 1/2, as they do for all but a few terms. What is cut off is less than the last unit added, since the factors
 * only shrink. So a sum errs by less than 4 times 500 units.
 */
final class FixedPoint {
    static final int BITS = 192;

    /** More bits than decide how a number is rounded to a double-double, up to a relative 2^-140. */
    private static final int ROUNDED = 256;

    static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);
    static final BigInteger TWO = ONE.shiftLeft(1);

    /** The logarithm of 2, within 2^8 units: the 61 terms of the series at 1 err by 3 units each. */
    static final BigInteger LN2 = log1pOverX(ONE);

    /** 2 over the square root of pi, computed as the square root of 4/pi, which halves the relative error of pi. */
    static final BigInteger TWO_OVER_SQRT_PI =
            ONE.shiftLeft(BITS + 2).divide(pi(BITS)).shiftLeft(BITS).sqrt();

    private FixedPoint() {}

    static BigInteger multiply(BigInteger a, BigInteger b) {
        return a.multiply(b).shiftRight(BITS);
    }

    static BigInteger divide(BigInteger a, BigInteger b) {
        return a.shiftLeft(BITS).divide(b);
    }

    /** Returns a double-double times {@code 2^bits}, each part rounded down: less than 2 units too small. */
    static BigInteger of(DD x, int bits) {
        return of(x.hi(), bits).add(of(x.lo(), bits));
    }

    private static BigInteger of(double x, int bits) {
        if (x == 0) {
            return BigInteger.ZERO;
        }
        int exponent = Math.max(Math.getExponent(x), Double.MIN_EXPONENT) - (Double.PRECISION - 1);
        return BigInteger.valueOf((long) Math.scalb(x, -exponent)).shiftLeft(bits + exponent);
    }

    static BigInteger of(DD x) {
        return of(x, BITS);
    }

    /**
     * Returns the double-double nearest to {@code v * 2^exponent}. It is rounded to nearest twice, so it has a relative
     * error of hardly more than 2^-106, and an absolute one of 2^-1074 where it leaves the normal range.
     */
    static DD round(BigInteger v, int exponent) {
        int excess = Math.max(0, v.bitLength() - ROUNDED); // a long integer may exceed every double
        BigInteger kept = v.shiftRight(excess);
        double hi = kept.doubleValue();
        double lo = kept.subtract(of(hi, 0)).doubleValue();
        return DD.ofSum(hi, lo).scalb(exponent + excess);
    }

    static DD round(BigInteger v) {
        return round(v, -BITS);
    }

    /** exp(x) for |x| at most 1. */
    static BigInteger exp(BigInteger x) {
        return ONE.add(multiply(x, expm1OverX(x)));
    }

    /** (exp(x) - 1) / x, that is the sum of x^n / (n+1)!, for |x| at most 1. */
    static BigInteger expm1OverX(BigInteger x) {
        BigInteger sum = ONE;
        BigInteger term = ONE;
        for (int n = 2; term.signum() != 0; n++) {
            term = multiply(term, x).divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        return sum;
    }

    /**
     * log(1+x) / x for -1/2 <= x <= 1: with s = x / (2+x), log(1+x) = 2 artanh(s) = 2s times the sum of s^2n / (2n+1).
     */
    static BigInteger log1pOverX(BigInteger x) {
        BigInteger divisor = TWO.add(x);
        BigInteger s = divide(x, divisor);
        return multiply(divide(TWO, divisor), oddSeries(multiply(s, s)));
    }

    /** The sum of z^n / (2n+1), for 0 <= z < 1. */
    private static BigInteger oddSeries(BigInteger z) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger power = ONE;
        for (int n = 1; power.signum() != 0; n += 2) {
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
            power = multiply(power, z);
        }
        return sum;
    }

    /**
     * sin(x) / x if {@code overX}, otherwise cos(x), for |x| at most 1: the sum of (-x^2)^n / (2n+1)!, or over (2n)!.
     */
    static BigInteger sine(BigInteger x, boolean overX) {
        BigInteger square = multiply(x, x);
        BigInteger sum = ONE;
        BigInteger term = ONE;
        for (int n = overX ? 2 : 1; term.signum() != 0; n += 2) {
            term = multiply(term, square)
                    .divide(BigInteger.valueOf((long) n * (n + 1)))
                    .negate();
            sum = sum.add(term);
        }
        return sum;
    }

    /**
     * erf(x) / x for |x| at most 9: 2/sqrt(pi) exp(-x^2) times the sum of (2x^2)^n / (2n+1)!! (DLMF 7.6.2).
     *
     * <p>All terms are positive. They rise to at most exp(81). Truncations while they rise are relative errors of 2
     * units per term, and multiplying by exp(-x^2), taken as 2^-k exp(r) with |r| < 1, leaves the relative error of the
     * sum as it is; truncations while they fall are absolute errors, which that factor makes smaller.
     */
    static BigInteger erfOverX(BigInteger x) {
        BigInteger square = multiply(x, x);
        BigInteger sum = ONE;
        BigInteger term = ONE;
        for (int n = 3; term.signum() != 0; n += 2) {
            term = multiply(term, square.shiftLeft(1)).divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        BigInteger[] split = square.divideAndRemainder(LN2);
        BigInteger bell = exp(split[1].negate());
        return multiply(multiply(sum, bell), TWO_OVER_SQRT_PI).shiftRight(split[0].intValueExact());
    }

    /**
     * pi times {@code 2^bits}, by Machin's formula 16 arctan(1/5) - 4 arctan(1/239): within 2^14 units for up to 2000
     * bits.
     */
    static BigInteger pi(int bits) {
        return inverseTangent(5, bits)
                .shiftLeft(4)
                .subtract(inverseTangent(239, bits).shiftLeft(2));
    }

    private static BigInteger inverseTangent(int inverse, int bits) {
        BigInteger square = BigInteger.valueOf((long) inverse * inverse).negate();
        BigInteger power = BigInteger.ONE.shiftLeft(bits).divide(BigInteger.valueOf(inverse));
        BigInteger sum = BigInteger.ZERO;
        for (int n = 1; power.signum() != 0; n += 2) {
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
            power = power.divide(square);
        }
        return sum;
    }
}
