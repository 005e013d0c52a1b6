package devml.fast.elementary;

/**
 * sigmoid, softplus and tanh in float64: quotients of exponentials of -|x|, which cannot overflow. The exponential comes in
 * two parts and the division's remainder is made good, so that little but the last rounding is left. Largest error
 * found: sigmoid 1.0 ulp (below -350, where it is exp), softplus 1.2 ulp, tanh 0.9 ulp.
 */
final class DoubleLogistic {
    /** Up to here exp(-2|x|) is a normal number. */
    private static final double USUAL = 350;

    private DoubleLogistic() {}

    private static boolean usual(double x) {
        return Math.abs(x) <= USUAL;
    }

    static double sigmoid(double x) {
        if (!usual(x)) {
            return x > 0 ? 1 : DoubleExp.exp(x);
        }
        return sigmoid(x, Exponent.scale(-Math.abs(x)), Exponent.beyond(-Math.abs(x)));
    }

    /** @param scale n elements to work in */
    static void sigmoid(double[] x, double[] y, int n, double[] scale) {
        for (int i = 0; i < n; i++) {
            scale[i] = Exponent.scale(-Math.abs(x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = Exponent.beyond(-Math.abs(x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = sigmoid(x[i], scale[i], y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = sigmoid(x[i]);
            }
        }
    }

    /** e / (1 + e) of e = exp(-|x|) or, for a positive x, what 1 has more. */
    private static double sigmoid(double x, double scale, double beyond) {
        double sign = Math.signum(x);
        double positive = Math.fma(0.5, sign, 0.5); // 1/2 for x = 0, where the sign takes the quotient away
        return Math.fma(-sign, shareOfExp(-Math.abs(x), scale, beyond, 1), positive);
    }

    static double softplus(double x) {
        if (!usual(x)) {
            return x > 0 ? x : DoubleExp.exp(x);
        }
        double t = -Math.abs(x);
        return softplus(x, shareOfExp(t, Exponent.scale(t), Exponent.beyond(t), 2));
    }

    /** @param scale n elements to work in */
    static void softplus(double[] x, double[] y, int n, double[] scale) {
        for (int i = 0; i < n; i++) {
            scale[i] = Exponent.scale(-Math.abs(x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = Exponent.beyond(-Math.abs(x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = shareOfExp(-Math.abs(x[i]), scale[i], y[i], 2);
        }
        for (int i = 0; i < n; i++) {
            y[i] = softplus(x[i], y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = softplus(x[i]);
            }
        }
    }

    /** max(x, 0) + 2 atanh(z), where the first sum carries its rounding error along; with z = e / (2 + e), log(1 + e). */
    private static double softplus(double x, double z) {
        double w = z * z;
        double positive = 0.5 * (x + Math.abs(x));
        double sum = Math.fma(2, z, positive);
        double other = sum - positive;
        double error = (positive - (sum - other)) + Math.fma(2, z, -other);
        return sum + Math.fma(z * w, atanhRest(w), error);
    }

    static double tanh(double x) {
        if (!usual(x)) {
            return Math.signum(x);
        }
        return tanh(x, Exponent.scale(-2 * Math.abs(x)), Exponent.beyond(-2 * Math.abs(x)));
    }

    /** @param scale n elements to work in */
    static void tanh(double[] x, double[] y, int n, double[] scale) {
        for (int i = 0; i < n; i++) {
            scale[i] = Exponent.scale(-2 * Math.abs(x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = Exponent.beyond(-2 * Math.abs(x[i]));
        }
        for (int i = 0; i < n; i++) {
            y[i] = tanh(x[i], scale[i], y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = tanh(x[i]);
            }
        }
    }

    /** E / (2 + E) of E = expm1(-2|x|), with the sign of x. */
    private static double tanh(double x, double scale, double beyond) {
        double r = Exponent.reduced(-2 * Math.abs(x));
        double base = scale - 1;
        double sum = Math.fma(scale, r, base);
        double error = Math.fma(scale, r, base - sum) + (scale - (base + 1));
        double rest = Math.fma(scale, beyond, error);
        double high = sum + rest;
        double low = (sum - high) + rest;
        return Math.signum(x) * Math.abs(share(high, low, 2));
    }

    /** e / (c + e) of e = exp(t) = scale (1 + r + beyond). */
    private static double shareOfExp(double t, double scale, double beyond, double c) {
        double r = Exponent.reduced(t);
        double f = r + beyond;
        double fLow = (r - f) + beyond;
        double high = 1 + f;
        double low = (1 - high) + f + fLow;
        return share(scale * high, scale * low, c);
    }

    /** (high + low) / (c + high + low): a first quotient, then its remainder divided too. */
    private static double share(double high, double low, double c) {
        double d = c + high;
        double dLow = (c - d) + high + low;
        double inverse = 1 / d;
        double q = high * inverse;
        double remainder = Math.fma(-q, d, high) + Math.fma(-q, dLow, low);
        return Math.fma(inverse, remainder, q);
    }

    /** (2 atanh(z) - 2z) / z³ of w = z² for 0 &le; z &le; 1/3: minimax, relative error of softplus 2<sup>-58</sup>. */
    private static double atanhRest(double w) {
        double p = 0x1.42aa6bae002d3p-3;
        p = Math.fma(p, w, 0x1.81964e6f05dacp-5);
        p = Math.fma(p, w, 0x1.817f7b52e6322p-4);
        p = Math.fma(p, w, 0x1.8208f1acb076bp-4);
        p = Math.fma(p, w, 0x1.af89e497b2266p-4);
        p = Math.fma(p, w, 0x1.e1db868008802p-4);
        p = Math.fma(p, w, 0x1.1111363277151p-3);
        p = Math.fma(p, w, 0x1.3b13b00eadf08p-3);
        p = Math.fma(p, w, 0x1.745d174c379a9p-3);
        p = Math.fma(p, w, 0x1.c71c71c7060dcp-3);
        p = Math.fma(p, w, 0x1.2492492492604p-2);
        p = Math.fma(p, w, 0x1.9999999999998p-2);
        return Math.fma(p, w, 0x1.5555555555555p-1);
    }
}
