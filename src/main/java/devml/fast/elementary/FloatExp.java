package devml.fast.elementary;

/**
 * The functions of float32 that contain an exponential, computed in float64 and rounded once: largest error 0.51 ulp.
 *
 * <p>In float64 neither the reduction nor a quotient needs correction terms, nor overflow, underflow and subnormal results
 * any care. The polynomial, of 6 coefficients, takes a quarter of exp's time and the passes around it the rest, so that
 * the twice as many lanes of float32 could save little.
 */
final class FloatExp {
    /** Up to here exp(2x) is a normal float64, and past it every function has long reached its limit in float32. */
    private static final float USUAL = 350;

    private FloatExp() {}

    private static boolean usual(float x) {
        return Math.abs(x) <= USUAL;
    }

    static float exp(float x) {
        return usual(x) ? exp(x, Exponent.scale(x)) : limit(x, 0, Float.POSITIVE_INFINITY);
    }

    /** @param work n elements to work in */
    static void exp(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = exp(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = exp(x[i]);
            }
        }
    }

    private static float exp(float x, double scale) {
        return (float) exponential(x, scale);
    }

    static float expm1(float x) {
        return usual(x) ? expm1(x, Exponent.scale(x)) : limit(x, -1, Float.POSITIVE_INFINITY);
    }

    /** @param work n elements to work in */
    static void expm1(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = expm1(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = expm1(x[i]);
            }
        }
    }

    private static float expm1(float x, double scale) {
        return (float) Math.fma(scale, fraction(x), -(1 - scale)); // -0 for a scale of 1 keeps the sign of x = -0
    }

    static float sigmoid(float x) {
        return usual(x) ? sigmoid(x, Exponent.scale(-Math.abs((double) x))) : limit(x, 0, 1);
    }

    /** @param work n elements to work in */
    static void sigmoid(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(-Math.abs((double) x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = sigmoid(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = sigmoid(x[i]);
            }
        }
    }

    /** e / (1 + e) of e = exp(-|x|) or, for a positive x, what 1 has more. */
    private static float sigmoid(float x, double scale) {
        double sign = Math.signum((double) x);
        double positive = Math.fma(0.5, sign, 0.5); // 1/2 for x = 0, where the sign takes the quotient away
        double e = exponential(-Math.abs((double) x), scale);
        return (float) Math.fma(-sign, e / (1 + e), positive);
    }

    static float tanh(float x) {
        return usual(x) ? tanh(x, Exponent.scale(-2 * Math.abs((double) x))) : limit(x, -1, 1);
    }

    /** @param work n elements to work in */
    static void tanh(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(-2 * Math.abs((double) x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = tanh(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = tanh(x[i]);
            }
        }
    }

    /** E / (2 + E) of E = expm1(-2|x|), with the sign of x. */
    private static float tanh(float x, double scale) {
        double e = Math.fma(scale, fraction(-2 * Math.abs((double) x)), scale - 1);
        return (float) (Math.signum((double) x) * Math.abs(e / (2 + e)));
    }

    static float softplus(float x) {
        return usual(x) ? softplus(x, Exponent.scale(-Math.abs((double) x))) : limit(x, 0, x);
    }

    /** @param work n elements to work in */
    static void softplus(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(-Math.abs((double) x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = softplus(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = softplus(x[i]);
            }
        }
    }

    /** max(x, 0) + log(1 + e), which is 2 atanh(e / (2 + e)). */
    private static float softplus(float x, double scale) {
        double size = Math.abs((double) x);
        double e = exponential(-size, scale);
        double z = e / (2 + e);
        double positive = 0.5 * (x + size);
        return (float) Math.fma(z, Math.fma(z * z, atanhRest(z * z), 2), positive);
    }

    /** exp(x) for |x| up to {@link #USUAL}, before it is rounded to float32. */
    static double exponential(double x, double scale) {
        return Math.fma(scale, fraction(x), scale);
    }

    /** exp(x) / 2<sup>k</sup> - 1. */
    private static double fraction(double x) {
        double r = Exponent.reduced(x);
        return r * Math.fma(r, Exponent.roughRest(r), 1);
    }

    private static float limit(float x, float left, float right) {
        return Float.isNaN(x) ? x : x < 0 ? left : right;
    }

    /** (2 atanh(z) - 2z) / z³ of w = z² for 0 &le; z &le; 1/3: minimax, relative error of softplus 2<sup>-38</sup>. */
    private static double atanhRest(double w) {
        double p = 0x1.be4ee44c41e15p-3;
        p = Math.fma(p, w, 0x1.5f3020fe775fdp-3);
        p = Math.fma(p, w, 0x1.c8bc16b0fefa7p-3);
        p = Math.fma(p, w, 0x1.248a561575d9bp-2);
        p = Math.fma(p, w, 0x1.9999bd2af48fdp-2);
        return Math.fma(p, w, 0x1.5555553aea90ep-1);
    }
}
