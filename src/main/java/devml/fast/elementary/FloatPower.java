package devml.fast.elementary;

import devml.equation.Powers;

/** x^p in float32: exp(p log x) in float64, rounded once; largest error 0.52 ulp. */
final class FloatPower {
    /** p log x up to here has an exponential in float64, and past it the power is 0 or infinite in float32. */
    private static final double USUAL = 350;

    private FloatPower() {}

    static float power(float x, float p) {
        return FloatLog.logUsual(x)
                ? power(x, p, p * FloatLog.logarithm(FloatLog.fractionAndExponent(x)))
                : extreme(x, p);
    }

    /** @param work n elements to work in */
    static void power(float[] x, float[] p, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = FloatLog.fractionAndExponent(x[i]);
        }
        for (int i = 0; i < n; i++) {
            work[i] = p[i] * FloatLog.logarithm(work[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = FloatLog.logUsual(x[i]) ? power(x[i], p[i], work[i]) : extreme(x[i], p[i]);
        }
    }

    private static float power(float x, float p, double logarithm) {
        boolean usual = Math.abs(logarithm) <= USUAL;
        return usual ? (float) FloatExp.exponential(logarithm, Exponent.scale(logarithm)) : extreme(x, p);
    }

    /** Zeros, infinities, negative bases: rare, and {@link Powers} knows their many cases. */
    private static float extreme(float x, float p) {
        return (float) Powers.power(x, p);
    }
}
