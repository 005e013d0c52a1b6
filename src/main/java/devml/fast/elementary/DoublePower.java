package devml.fast.elementary;

import devml.equation.Powers;

/**
 * x^p in float64: exp(p log x), where the logarithm is an unevaluated sum of two float64 that is good to 66 bits, as p
 * times its error becomes the power's relative error (Muller et al., Handbook of Floating-Point Arithmetic).
 * Largest error found: 0.7 ulp.
 */
final class DoublePower {
    /** p log x up to here has an exponential that neither overflows nor is subnormal. */
    private static final double USUAL = 708;

    /** 1/3 is THIRD + THIRD_LOW. */
    private static final double THIRD = 0x1.5555555555555p-2;

    private static final double THIRD_LOW = 0x1.5555555555555p-56;

    /** 1/5 likewise. */
    private static final double FIFTH = 0x1.9999999999999p-3;

    private static final double FIFTH_LOW = 0x1.3333333333333p-56;

    private DoublePower() {}

    static double power(double x, double p) {
        if (!DoubleLog.logUsual(x)) {
            return Powers.power(x, p); // zero, infinite, negative: rare, and it knows the many cases
        }
        double minusK = DoubleLog.minusExponent(x);
        double f = DoubleLog.fraction(x) - 1;

        // z = f / (2 + f)
        double d = 2 + f;
        double inverse = 1 / d;
        double z = f * inverse;
        double zLow = (Math.fma(-z, d, f) - z * ((2 - d) + f)) * inverse;

        // u = w (1/3 + w (1/5 + w P(w))), w = z²
        double w = z * z;
        double wLow = Math.fma(z, z, -w) + 2 * z * zLow;
        double rest = w * atanhRest(w);
        double fifth = FIFTH + rest;
        double fifthLow = (FIFTH - fifth) + rest + FIFTH_LOW;
        double tail = w * fifth;
        double tailLow = Math.fma(w, fifth, -tail) + Math.fma(w, fifthLow, wLow * fifth);
        double third = THIRD + tail;
        double thirdLow = (THIRD - third) + tail + THIRD_LOW + tailLow;
        double u = w * third;
        double uLow = Math.fma(w, third, -u) + Math.fma(w, thirdLow, wLow * third);

        // log(1 + f) = 2 (z + z u)
        double product = z * u;
        double productLow = Math.fma(z, u, -product) + Math.fma(z, uLow, zLow * u);
        double half = z + product;
        double halfLow = (z - half) + product + productLow + zLow;

        // log x = k log 2 + log(1 + f)
        double whole = minusK * -Exponent.LN2_HIGH;
        double log = Math.fma(2, half, whole);
        double logLow = Math.fma(2, half, whole - log) + Math.fma(minusK, -Exponent.LN2_LOW, 2 * halfLow);

        double t = p * log;
        return Math.abs(t) <= USUAL ? exp(t, Math.fma(p, log, -t) + p * logLow) : Powers.power(x, p);
    }

    /** exp(t + low). */
    private static double exp(double t, double low) {
        double k = Exponent.whole(t);
        double high = Math.fma(k, -Exponent.LN2_HIGH, t);
        double cut = Math.fma(k, Exponent.LN2_LOW, -low);
        double r = high - cut;
        double beyond = Math.fma(r * r, Exponent.rest(r), (high - r) - cut);
        double f = r + beyond;
        double fLow = (r - f) + beyond;
        double sum = 1 + f;
        return Exponent.power(k) * (sum + ((1 - sum) + f + fLow));
    }

    /** (atanh(z)/z - 1 - w/3 - w²/5) / w³ of w = z² for |z| &le; 0.172: minimax, relative error of log 2<sup>-72</sup>. */
    private static double atanhRest(double w) {
        double p = 0x1.e7dcf02c99a49p-5;
        p = Math.fma(p, w, 0x1.de9ed84ad8469p-5);
        p = Math.fma(p, w, 0x1.111dcc8612648p-4);
        p = Math.fma(p, w, 0x1.3b13783f71c57p-4);
        p = Math.fma(p, w, 0x1.745d17d73f035p-4);
        p = Math.fma(p, w, 0x1.c71c71c65a457p-4);
        return Math.fma(p, w, 0x1.24924924927ccp-3);
    }
}
