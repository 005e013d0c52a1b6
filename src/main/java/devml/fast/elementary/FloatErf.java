package devml.fast.elementary;

/** erf of float32, computed in float64 and rounded once: largest error 0.51 ulp. The method is {@link DoubleErf}'s. */
final class FloatErf {
    /** From here on erf rounds to 1. */
    private static final float USUAL = 4;

    private FloatErf() {}

    static float erf(float x) {
        return usual(x) ? erf(x, small(x), complement(x, Exponent.scale(-(double) x * x))) : Math.signum(x);
    }

    /** @param work n elements to work in */
    static void erf(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(-(double) x[i] * x[i]);
        }
        for (int i = 0; i < n; i++) {
            work[i] = complement(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = erf(x[i], small(x[i]), work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = erf(x[i]);
            }
        }
    }

    private static boolean usual(float x) {
        return Math.abs(x) <= USUAL;
    }

    /** Both ways everywhere, and the one that is due has weight 1: lanes cannot branch. */
    private static float erf(double x, double small, double complement) {
        double large = Math.signum(x) * (1 - complement);
        double weight = Math.fma(0.5, Math.signum(Math.abs(x) - 1), 0.5);
        return (float) Math.fma(weight, large, (1 - weight) * small);
    }

    private static double small(double x) {
        return x * (1 + series(x * x));
    }

    private static double complement(double x, double scale) {
        return FloatExp.exponential(-x * x, scale) * scaledComplement(Math.abs(x) - 2);
    }

    /** erf(x)/x - 1 of w = x² for |x| &le; 1: minimax, absolute error 2<sup>-34</sup>. */
    private static double series(double w) {
        double p = -0x1.44cfc60e9e84ep-17;
        p = Math.fma(p, w, 0x1.d8b890aec76b4p-14);
        p = Math.fma(p, w, -0x1.bcd7df357e374p-11);
        p = Math.fma(p, w, 0x1.562b19e7fe9c9p-8);
        p = Math.fma(p, w, -0x1.b829d8cdb3acep-6);
        p = Math.fma(p, w, 0x1.ce2f09abf3a77p-4);
        p = Math.fma(p, w, -0x1.812746682b839p-2);
        return Math.fma(p, w, 0x1.06eba82031207p-3);
    }

    /** erfc(x) exp(x²) of t = x - 2 for 1 &le; x &le; 4: minimax, absolute error of erf 2<sup>-31</sup>. */
    private static double scaledComplement(double t) {
        double p = -0x1.d5ab20f368942p-16;
        p = Math.fma(p, t, 0x1.1e0821cf3c237p-14);
        p = Math.fma(p, t, -0x1.49556c4146663p-13);
        p = Math.fma(p, t, 0x1.3544da358196fp-11);
        p = Math.fma(p, t, -0x1.e54ce62320416p-10);
        p = Math.fma(p, t, 0x1.643cae933674bp-8);
        p = Math.fma(p, t, -0x1.fa811d4279d43p-7);
        p = Math.fma(p, t, 0x1.56755fa513e68p-5);
        p = Math.fma(p, t, -0x1.b5703c49315cdp-4);
        return Math.fma(p, t, 0x1.0586701fed236p-2);
    }
}
