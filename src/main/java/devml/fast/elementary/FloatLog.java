package devml.fast.elementary;

/** log and log1p of float32, computed in float64 and rounded once: largest error 0.51 ulp. The method is {@link DoubleLog}'s. */
final class FloatLog {
    private static final double LN2 = 0x1.62e42fefa39efp-1;

    private FloatLog() {}

    static float log(float x) {
        return logUsual(x) ? (float) logarithm(fractionAndExponent(x)) : logExtreme(x);
    }

    /** @param work n elements to work in */
    static void log(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = fractionAndExponent(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = (float) logarithm(work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!logUsual(x[i])) {
                y[i] = log(x[i]);
            }
        }
    }

    static boolean logUsual(float x) {
        return x > 0 && x <= Float.MAX_VALUE;
    }

    private static float logExtreme(float x) {
        if (x == 0) {
            return Float.NEGATIVE_INFINITY;
        }
        return x == Float.POSITIVE_INFINITY ? x : Float.NaN;
    }

    /** k + f: the 24 bits of f and the 8 of k have room in one float64. Subnormal float32s are normal ones here. */
    static double fractionAndExponent(double x) {
        return (DoubleLog.fraction(x) - 1) - DoubleLog.minusExponent(x);
    }

    static double logarithm(double fractionAndExponent) {
        double k = Math.rint(fractionAndExponent);
        return logarithm(fractionAndExponent - k, -k);
    }

    static float log1p(float x) {
        return log1pUsual(x) ? log1p(x, 1.0 + x) : log1pExtreme(x);
    }

    private static float log1p(float x, double sum) {
        double scale = DoubleLog.inverse(sum);
        return (float) logarithm(Math.fma(scale, x, -(1 - scale)), DoubleLog.minusExponent(sum));
    }

    /** @param work n elements to work in */
    static void log1p(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            double sum = 1.0 + x[i];
            work[i] = DoubleLog.inverse(sum);
            y[i] = (float) DoubleLog.minusExponent(sum);
        }
        for (int i = 0; i < n; i++) {
            y[i] = (float) logarithm(Math.fma(work[i], x[i], -(1 - work[i])), y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!log1pUsual(x[i])) {
                y[i] = log1p(x[i]);
            }
        }
    }

    private static boolean log1pUsual(float x) {
        return x > -1 && x <= Float.MAX_VALUE;
    }

    private static float log1pExtreme(float x) {
        if (x == -1) {
            return Float.NEGATIVE_INFINITY;
        }
        return x == Float.POSITIVE_INFINITY ? x : Float.NaN;
    }

    /** k log 2 + log(1 + f). The signs are such that f = -0 with k = 0 stays -0. */
    private static double logarithm(double f, double minusK) {
        double z = f / (2 + f);
        double w = z * z;
        return Math.fma(minusK, -LN2, f - z * Math.fma(-w, atanhRest(w), f));
    }

    /** (2 atanh(z) - 2z) / z³ of w = z² for |z| &le; 0.172: minimax, relative error of log 2<sup>-37</sup>. */
    private static double atanhRest(double w) {
        double p = 0x1.e2f663f53db63p-3;
        p = Math.fma(p, w, 0x1.2438d79257696p-2);
        p = Math.fma(p, w, 0x1.999a7a8afb54ep-2);
        return Math.fma(p, w, 0x1.555554fd9cac3p-1);
    }
}
