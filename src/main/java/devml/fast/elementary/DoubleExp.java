package devml.fast.elementary;

/**
 * exp and expm1 in float64: exp(x) = 2<sup>k</sup> (1 + r + r² q(r)) after {@link Exponent}. Largest error found: exp
 * 1.0 ulp, expm1 1.2 ulp.
 */
final class DoubleExp {
    /** Up to here in size no power of two overflows and no result is subnormal. */
    private static final double USUAL = 708;

    private DoubleExp() {}

    static double exp(double x) {
        return expUsual(x) ? exp(x, Exponent.scale(x)) : expExtreme(x);
    }

    /** @param scale n elements to work in */
    static void exp(double[] x, double[] y, int n, double[] scale) {
        for (int i = 0; i < n; i++) {
            scale[i] = Exponent.scale(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = exp(x[i], scale[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!expUsual(x[i])) {
                y[i] = exp(x[i]);
            }
        }
    }

    private static boolean expUsual(double x) {
        return Math.abs(x) <= USUAL;
    }

    /** For a usual x, given its {@link Exponent#scale}. */
    static double exp(double x, double scale) {
        return Math.fma(scale, fraction(x), scale);
    }

    /** exp(x) / 2<sup>k</sup> - 1. */
    private static double fraction(double x) {
        double r = Exponent.reduced(x);
        return Math.fma(r * r, Exponent.rest(r), r);
    }

    /** Near and past overflow and underflow: 2<sup>k</sup> in two factors, so that only the last product rounds. */
    private static double expExtreme(double x) {
        double t = Math.min(Math.max(x, -750), 711);
        double far = t < 0 ? 0x1p-1000 : 0x1p1000;
        double near = Exponent.power(Exponent.whole(t) + (t < 0 ? 1000 : -1000));
        return (1 + fraction(t)) * far * near;
    }

    static double expm1(double x) {
        return expm1Usual(x) ? expm1(x, Exponent.scale(x)) : expm1Extreme(x);
    }

    /** @param scale n elements to work in */
    static void expm1(double[] x, double[] y, int n, double[] scale) {
        for (int i = 0; i < n; i++) {
            scale[i] = Exponent.scale(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = expm1(x[i], scale[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!expm1Usual(x[i])) {
                y[i] = expm1(x[i]);
            }
        }
    }

    private static boolean expm1Usual(double x) {
        return Math.abs(x) <= USUAL && Double.doubleToRawLongBits(x) != Long.MIN_VALUE; // -0 would lose its sign
    }

    /** 2<sup>k</sup> - 1 + 2<sup>k</sup> (r + s), where the first sum carries its rounding error along. */
    private static double expm1(double x, double scale) {
        double r = Exponent.reduced(x);
        double base = scale - 1;
        double sum = Math.fma(scale, r, base);
        double error = Math.fma(scale, r, base - sum);
        return sum + Math.fma(scale, Exponent.beyond(x), error);
    }

    private static double expm1Extreme(double x) {
        if (x == 0) {
            return x;
        }
        return x < 0 ? -1 : expExtreme(x);
    }
}
