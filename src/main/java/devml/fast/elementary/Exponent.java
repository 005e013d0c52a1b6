package devml.fast.elementary;

/**
 * The reduction x = k log 2 + r with a whole k and |r| &le; log(2)/2, which everything that contains an exponential
 * begins with (Cody and Waite 1980; Muller et al., Handbook of Floating-Point Arithmetic).
 */
final class Exponent {
    private static final double LOG2_E = 0x1.71547652b82fep0;

    /** Adding it rounds a number below 2<sup>51</sup> to a whole one, which the low bits of the sum then hold. */
    private static final double ROUNDER = 0x1.8p52;

    /** log 2 to 42 bits, so that k times it is exact, and the rest. */
    static final double LN2_HIGH = 0x1.62e42fefa38p-1;

    static final double LN2_LOW = 0x1.ef35793c7673p-45;

    private Exponent() {}

    /** k; +0 where x is small, whatever its sign. */
    static double whole(double x) {
        return Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
    }

    /** r, rounded. */
    static double reduced(double x) {
        double k = whole(x);
        return Math.fma(k, -LN2_HIGH, x) - k * LN2_LOW;
    }

    /** exp(r) - 1 - r of {@link #reduced}, with what rounding it lost. */
    static double beyond(double x) {
        double k = whole(x);
        double r = reduced(x);
        double lost = (Math.fma(k, -LN2_HIGH, x) - r) - k * LN2_LOW;
        return Math.fma(r * r, rest(r), lost);
    }

    /**
     * 2<sup>k</sup> for |k| &le; 1022. A pass of its own over a strip: HotSpot does not vectorise a loop that looks at
     * the bits of a double, and would leave the polynomial scalar with it.
     */
    static double scale(double x) {
        return powerOfRounded(Math.fma(x, LOG2_E, ROUNDER));
    }

    /** 2<sup>k</sup> for a whole |k| &le; 1022. */
    static double power(double k) {
        return powerOfRounded(k + ROUNDER);
    }

    private static double powerOfRounded(double rounded) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) << 52) + 0x3ff0000000000000L);
    }

    /** (exp(r) - 1 - r) / r²: minimax, absolute error 2<sup>-58</sup>. */
    static double rest(double r) {
        double p = 0x1.1f8b448eddfefp-29;
        p = Math.fma(p, r, 0x1.af4ddf670089fp-26);
        p = Math.fma(p, r, 0x1.27e4ccd29142dp-22);
        p = Math.fma(p, r, 0x1.71de0236569fep-19);
        p = Math.fma(p, r, 0x1.a01a01acf8df8p-16);
        p = Math.fma(p, r, 0x1.a01a01abe6882p-13);
        p = Math.fma(p, r, 0x1.6c16c16c15201p-10);
        p = Math.fma(p, r, 0x1.11111111100dep-7);
        p = Math.fma(p, r, 0x1.5555555555558p-5);
        p = Math.fma(p, r, 0x1.5555555555557p-3);
        return Math.fma(p, r, 0x1p-1);
    }

    /** The same to 2<sup>-29</sup>, for float32. */
    static double roughRest(double r) {
        double p = 0x1.a17df68962e51p-13;
        p = Math.fma(p, r, 0x1.6d431dfff2066p-10);
        p = Math.fma(p, r, 0x1.1110ab797187p-7);
        p = Math.fma(p, r, 0x1.5554e908c7b26p-5);
        p = Math.fma(p, r, 0x1.555555742a982p-3);
        return Math.fma(p, r, 0x1.0000000b9168dp-1);
    }
}
