package devml.random;

/**
 * The logarithms of the C library that NumPy calls, equal to the last bit, for the arguments that normal numbers need.
 *
 * <p>The library is glibc (2.28 or later for {@link #log}, 2.36 as Debian 12 builds it for {@link #log1p}) on a
 * processor with fused multiply-add, as NumPy's wheels for Linux call it. Each fma below is one that its machine code
 * has; correctly rounded logarithms would change 4 in 10,000 legacy normal numbers. Without fused multiply-add (x86-64
 * before 2013), or with another C library, NumPy itself draws other last bits: 6 in 100,000 in the first case.
 */
final class Libm {

    /** log 2 to 42 bits, so that its multiples are exact, and the remainder. */
    private static final double LN2_HIGH = 0x1.62e42fefa38p-1;

    private static final double LN2_LOW = 0x1.ef35793c7673p-45;

    /** log 2 to 32 bits and the remainder, for log1p. */
    private static final double FDLIBM_LN2_HIGH = 0x1.62e42feep-1;

    private static final double FDLIBM_LN2_LOW = 0x1.a39ef35793c76p-33;

    /** 1/c for a point c near the middle of each of 128 intervals of [0.6875, 1.375), and log c. */
    private static final double[] RECIPROCAL = Table.read("log-reciprocals.txt");

    private static final double[] LOG = new double[RECIPROCAL.length];

    static {
        for (int i = 0; i < LOG.length; i++) {
            // These c were chosen so that their logarithms are within 2^-66 of a multiple of 2^-43.
            LOG[i] = Math.rint(-StrictMath.log(RECIPROCAL[i]) * 0x1p43) * 0x1p-43;
        }
    }

    private Libm() {}

    /**
     * log x by a table: x = 2<sup>k</sup> z, log x = k log 2 + log c + log(z/c). The method, its table and its
     * coefficients are those of the Arm Optimized Routines.
     *
     * @param x normal, above 0 and below 1
     */
    static double log(double x) {
        if (x >= 0.9375) {
            return logNearOne(x - 1);
        }
        long bits = Double.doubleToRawLongBits(x);
        long fromStart = bits - Double.doubleToRawLongBits(0.6875);
        int interval = (int) (fromStart >>> 45) & 127;
        int k = (int) (fromStart >> 52);
        double z = Double.longBitsToDouble(bits - ((long) k << 52));

        double r = Math.fma(z, RECIPROCAL[interval], -1);
        double r2 = r * r;
        double whole = k * LN2_HIGH + LOG[interval];
        double high = whole + r;
        double low = Math.fma(r2, -0x1.0000000000001p-1, Math.fma(k, LN2_LOW, whole - high + r));
        double p = Math.fma(r, -0x1.fffffffeb459p-3, 0x1.555555551305bp-2);
        double q = Math.fma(r, -0x1.55575e506c89fp-3, 0x1.999b324f10111p-3);
        return Math.fma(r * r2, Math.fma(q, r2, p), low) + high;
    }

    /**
     * log(1 + r) for -0.0625 ≤ r ≤ 0, by a polynomial of degree 12 whose first two terms are split into high and low
     * parts.
     */
    private static double logNearOne(double r) {
        double r2 = r * r;
        double r3 = r * r2;
        double a = Math.fma(r2, 0x1.999999995dd0cp-3, Math.fma(r, -0x1.ffffffffffdcbp-3, 0x1.5555555555577p-2));
        double b = Math.fma(r2, -0x1.fffffa4423d65p-4, Math.fma(r, 0x1.24924a344de3p-3, -0x1.55555556745a7p-3));
        double c = Math.fma(r, -0x1.999eb43b068ffp-4, 0x1.c7184282ad6cap-4);
        double d = Math.fma(r3, -0x1.5521375d145cdp-4, Math.fma(r2, 0x1.78182f7afd085p-4, c));
        double p = Math.fma(Math.fma(d, r3, b), r3, a);

        double top = Math.fma(-0x1p27, r, Math.fma(r, 0x1p27, r));
        double top2 = top * top;
        double high = Math.fma(top2, -0.5, r);
        double low = Math.fma(-0.5 * (r - top), r + top, Math.fma(top2, -0.5, r - high));
        return high + Math.fma(p, r3, low);
    }

    /**
     * log(1 + x) by the method that glibc has from fdlibm (Sun Microsystems 1993): 1 + x = 2<sup>k</sup> (1 + f). Two
     * things are left out: the correction for the rounding of 1 + x, since there is none; and a shorter series for f
     * below 2<sup>-20</sup> where k is not 0, since the two differ by less than 2<sup>-79</sup> there.
     *
     * @param x above -1, not above 0, a multiple of 2<sup>-53</sup>
     */
    static double log1p(double x) {
        if (x > -0x1p-29) {
            return Math.fma(-0.5, x * x, x);
        }
        int k = Math.getExponent(1 + x);
        double y = Math.scalb(1 + x, -k);
        if (y >= 0x1.6a09ep0) {
            y /= 2;
            k++;
        }
        double f = y - 1;
        double half = 0.5 * f * f;
        double s = f / (2 + f);
        double z = s * s;
        double z2 = z * z;
        double z4 = z2 * z2;
        double p = Math.fma(z, 0x1.2492494229359p-2, 0x1.999999997fa04p-2);
        double q = Math.fma(z, 0x1.7466496cb03dep-3, 0x1.c71c51d8e78afp-3);
        double t = Math.fma(z, 0x1.2f112df3e5244p-3, 0x1.39a09d078c69fp-3);
        double series = Math.fma(z2 * z4, t, Math.fma(z4, q, Math.fma(z, 0x1.5555555555593p-1, z2 * p)));
        double sum = s * (half + series);
        return Math.fma(k, FDLIBM_LN2_HIGH, f - (half - (sum + k * FDLIBM_LN2_LOW)));
    }
}
