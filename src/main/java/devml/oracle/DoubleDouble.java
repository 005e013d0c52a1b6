package devml.oracle;

import org.apache.commons.numbers.core.DD;

/**
 * Adds to the arithmetic of Commons Numbers' {@link DD} what it leaves open: a bound on the rounding error of each
 * operation, and results that are not finite.
 *
 * <p>A bound is a relative error, in terms of u = 2^-53. Where the result, or a part of the computation, can fall below
 * 2^-960 in magnitude, low parts underflow and {@link #TINY} is added to the bound. A result that overflows, or that a
 * factor above 2^996 spoils, is replaced by that of float64. {@code DD} holds normalised numbers: the high part is the
 * double nearest to the whole.
 */
final class DoubleDouble {
    /**
     * Addition and subtraction: 3u^2 / (1-4u) (Joldes, Muller &amp; Popescu 2017, "Tight and rigorous error bounds for
     * basic building blocks of double-word arithmetic", Theorem 3.1, of the same operations in the same order). No sum
     * underflows.
     */
    static final double ADD = 0x4p-106;

    /** Multiplication: 7u^2 (the same paper, Theorem 5.1, of the same operations in the same order). */
    static final double MULTIPLY = 0x8p-106;

    /**
     * Division. The quotient is the sum of three quotients of doubles q0 + q1 + q2, the second and third of remainders.
     * q0 errs by less than 4u, so the first remainder x - q0 y is at most 4u|x|; it is computed from a product of a
     * double-double and a double (an error of 3u^2 of |x|, which is never corrected) by an expansion that errs by at
     * most u^2 of |x|. q1 errs by less than 4u of it, which q2 corrects up to terms in u^3. Rounding q1 + q2 errs by u
     * times 5u. Together this is less than 10u^2.
     */
    static final double DIVIDE = 0x10p-106;

    /**
     * The square root, Dekker's: c = sqrt(x.hi) rounded, plus (x - c^2) / 2c. c^2 is exact in two parts and x.hi - c^2
     * is a double; adding x.lo rounds by 3u^2 of x, which is 1.5u^2 of the root; the quotient, at most 1.5u of c,
     * rounds by 1.5u^2; and the square of the correction, which is left out, is 9/8 u^2. Together this is less than
     * 5u^2.
     */
    static final double SQRT = 0x8p-106;

    /** The magnitude below which low parts may underflow. */
    static final double SMALL = 0x1p-960;

    /** Bounds what a few parts that underflow lose together; each of them loses at most 2^-1075. */
    static final double TINY = 0x1p-1066;

    private DoubleDouble() {}

    static DD add(DD a, DD b) {
        DD sum = a.add(b);
        return sum.isFinite() ? sum : DD.of(a.hi() + b.hi());
    }

    static DD subtract(DD a, DD b) {
        return add(a, b.negate());
    }

    static DD multiply(DD a, DD b) {
        DD product = a.multiply(b);
        return product.isFinite() ? product : DD.of(a.hi() * b.hi());
    }

    /**
     * Divides. Where the dividend or the quotient is small, the absolute error is TINY / |b| + TINY, since a remainder
     * may lose as much.
     */
    static DD divide(DD a, DD b) {
        DD quotient = a.divide(b);
        return quotient.isFinite() ? quotient : DD.of(a.hi() / b.hi());
    }

    /** The square root, scaled by an even power of 2 where a square would underflow, so that TINY is never needed. */
    static DD sqrt(DD x) {
        if (x.hi() > 0 && x.hi() < 0x1p-500) {
            return x.scalb(600).sqrt().scalb(-300);
        }
        return x.sqrt();
    }

    /** Compares exactly; neither number may be NaN. */
    static int compare(DD a, DD b) {
        return a.hi() == b.hi() ? Double.compare(a.lo() + 0.0, b.lo() + 0.0) : Double.compare(a.hi(), b.hi());
    }

    static boolean isZero(DD x) {
        return x.hi() == 0;
    }
}
