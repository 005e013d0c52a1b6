package devml.fast.elementary;

/**
 * log and log1p in float64: with x = 2<sup>k</sup> (1 + f) and |f| small, log x = k log 2 + 2 atanh(f / (2 + f)) (Muller et
 * al., Handbook of Floating-Point Arithmetic). Largest error found: 1.0 ulp both.
 */
final class DoubleLog {
    /** The first bits of sqrt(1/2): 1 + f lies between it and its double. */
    private static final long LEAST = 0x3fe6a09e00000000L;

    private DoubleLog() {}

    static double log(double x) {
        return logUsual(x) ? log(fraction(x) - 1, 0, minusExponent(x)) : logExtreme(x);
    }

    /** @param minusK n elements to work in */
    static void log(double[] x, double[] y, int n, double[] minusK) {
        for (int i = 0; i < n; i++) {
            y[i] = fraction(x[i]);
            minusK[i] = minusExponent(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = log(y[i] - 1, 0, minusK[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!logUsual(x[i])) {
                y[i] = log(x[i]);
            }
        }
    }

    static boolean logUsual(double x) {
        return x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE;
    }

    private static double logExtreme(double x) {
        if (x > 0 && x < Double.MIN_NORMAL) {
            double normal = x * 0x1p54;
            return log(fraction(normal) - 1, 0, minusExponent(normal) + 54);
        }
        if (x == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return x == Double.POSITIVE_INFINITY ? x : Double.NaN;
    }

    static double log1p(double x) {
        return log1pUsual(x) ? log1p(x, inverse(1 + x), minusExponent(1 + x)) : log1pExtreme(x);
    }

    /** @param minusK n elements to work in */
    static void log1p(double[] x, double[] y, int n, double[] minusK) {
        for (int i = 0; i < n; i++) {
            double sum = 1 + x[i];
            y[i] = inverse(sum);
            minusK[i] = minusExponent(sum);
        }
        for (int i = 0; i < n; i++) {
            y[i] = log1p(x[i], y[i], minusK[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!log1pUsual(x[i])) {
                y[i] = log1p(x[i]);
            }
        }
    }

    private static boolean log1pUsual(double x) {
        return x > -1 && x < 0x1p1000 && Double.doubleToRawLongBits(x) != Long.MIN_VALUE; // -0 would lose its sign
    }

    private static double log1pExtreme(double x) {
        if (x == 0) {
            return x;
        }
        return x >= 0x1p1000 ? log(x) : x == -1 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }

    /** f = 2<sup>-k</sup> (1 + x) - 1 in two parts: no bit of a small x is lost, though 1 + x was rounded to find k. */
    private static double log1p(double x, double scale, double minusK) {
        double base = scale - 1;
        double f = Math.fma(scale, x, base);
        double rest = Math.fma(scale, x, base - f);
        return log(f, rest * Math.fma(f, f - 1, 1), minusK); // rest / (1 + f), nearly
    }

    /** k log 2 + log(1 + f) + rest, where the first sum carries its rounding error along. */
    private static double log(double f, double rest, double minusK) {
        double z = f / (2 + f);
        double w = z * z;
        double sum = Math.fma(minusK, -Exponent.LN2_HIGH, f);
        double error = Math.fma(minusK, -Exponent.LN2_HIGH, -sum) + f;
        double low = Math.fma(minusK, -Exponent.LN2_LOW, error + rest);
        return sum + Math.fma(-z, Math.fma(-w, atanhRest(w), f), low);
    }

    /** -k for a normal x. */
    static double minusExponent(double x) {
        return (int) -((Double.doubleToRawLongBits(x) - LEAST) >> 52);
    }

    /** 1 + f = 2<sup>-k</sup> x for a normal x. */
    static double fraction(double x) {
        long bits = Double.doubleToRawLongBits(x);
        return Double.longBitsToDouble(bits - ((bits - LEAST) & 0xfff0000000000000L));
    }

    /** 2<sup>-k</sup> for an x of at least 2<sup>-1000</sup> and at most 2<sup>1000</sup>. */
    static double inverse(double x) {
        return Double.longBitsToDouble(
                0x3ff0000000000000L - ((Double.doubleToRawLongBits(x) - LEAST) & 0xfff0000000000000L));
    }

    /** (2 atanh(z) - 2z) / z³ of w = z² for |z| &le; 0.172: minimax, relative error of log 2<sup>-58</sup>. */
    private static double atanhRest(double w) {
        double p = 0x1.2f05639f47338p-3;
        p = Math.fma(p, w, 0x1.39a1bab9faffbp-3);
        p = Math.fma(p, w, 0x1.74663ee8104ecp-3);
        p = Math.fma(p, w, 0x1.c71c52096097ep-3);
        p = Math.fma(p, w, 0x1.24924941f11dcp-2);
        p = Math.fma(p, w, 0x1.999999997fdb8p-2);
        return Math.fma(p, w, 0x1.5555555555592p-1);
    }
}
