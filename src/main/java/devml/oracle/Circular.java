package devml.oracle;

import static devml.oracle.FixedPoint.BITS;

import java.math.BigInteger;
import org.apache.commons.numbers.core.DD;

/**
 * Sine and cosine of double-doubles of any size, with the error that {@link Elementary} states: 9u^2. The argument is
 * reduced by a multiple of pi/2, using as many bits of pi as that takes, so that the remainder r has a relative error
 * of less than 2^-140; r is then rounded, with an error of u^2.
 */
final class Circular {
    /** The number of correct bits that r must have, counted from its first. */
    private static final int RIGHT = 140;

    /** Less than pi/4. */
    private static final double SMALL = 0.75;

    /** As many bits of pi as the reduction of any double takes, except by rare chance. */
    private static final int PI_BITS = Double.MAX_EXPONENT + 2 * RIGHT;

    private static final BigInteger PI = FixedPoint.pi(PI_BITS);

    private Circular() {}

    static DD sin(DD x) {
        return of(x, 0);
    }

    static DD cos(DD x) {
        return of(x, 1);
    }

    /** sin(x + quarters * pi/2). */
    private static DD of(DD x, int quarters) {
        if (Math.abs(x.hi()) <= SMALL) {
            return reduced(x, quarters);
        }
        int exponent = Math.max(Math.getExponent(x.hi()), 0);
        // A double-double comes close to a multiple of pi/2 only by chance, so twice its own bits are almost always
        // enough.
        for (int bits = exponent + 2 * RIGHT; ; bits *= 2) {
            BigInteger half = pi(bits).shiftRight(1);
            BigInteger v = FixedPoint.of(x, bits);
            BigInteger quarter = half.shiftRight(1);
            BigInteger r = v.add(quarter).mod(half).subtract(quarter);
            BigInteger multiple = v.subtract(r).divide(half);
            // In units of 2^-bits, r errs by the error of pi times the multiple: 2^(15 + exponent), for which 2^(25 +
            // exponent) is a generous bound.
            if (r.bitLength() >= RIGHT + 25 + exponent) {
                return reduced(
                        FixedPoint.round(r, -bits),
                        quarters + multiple.mod(BigInteger.valueOf(4)).intValueExact());
            }
        }
    }

    private static BigInteger pi(int bits) {
        return bits <= PI_BITS ? PI.shiftRight(PI_BITS - bits) : FixedPoint.pi(bits);
    }

    /** sin(r + quarters * pi/2), for |r| at most 1. */
    private static DD reduced(DD r, int quarters) {
        BigInteger v = FixedPoint.of(r);
        DD value = quarters % 2 == 0
                ? DoubleDouble.multiply(r, FixedPoint.round(FixedPoint.sine(v, true)))
                : FixedPoint.round(FixedPoint.sine(v, false), -BITS);
        return quarters % 4 < 2 ? value : value.negate();
    }
}
