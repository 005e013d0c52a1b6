package devml.fast.elementary;

/**
 * sin and cos of float32, computed in float64 and rounded once: largest error 0.51 ulp. The method is {@link
 * DoubleTrigonometric}'s.
 */
final class FloatTrigonometric {
    /** Up to here the two parts of pi/2 suffice. */
    private static final float USUAL = 0x1p20f;

    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

    /** pi/2 to 33 bits, so that n times it is exact for n below 2<sup>20</sup>, and the rest. */
    private static final double HALF_PI_HIGH = 0x1.921fb544p0;

    private static final double HALF_PI_LOW = 0x1.0b4611a626331p-34;

    private static final double ROUNDER = 0x1.8p52;

    private FloatTrigonometric() {}

    private static boolean usual(float x) {
        return Math.abs(x) <= USUAL;
    }

    static float sin(float x) {
        return usual(x) ? sin(x, sine(x)) : (float) StrictMath.sin(x);
    }

    /** @param work n elements to work in */
    static void sin(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = sine(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = sin(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = sin(x[i]);
            }
        }
    }

    private static float sin(double x, double sine) {
        return (float) DoubleTrigonometric.ofQuadrant(whole(x), sine, cosine(x));
    }

    static float cos(float x) {
        return usual(x) ? cos(x, sine(x)) : (float) StrictMath.cos(x);
    }

    /** @param work n elements to work in */
    static void cos(float[] x, float[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = sine(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = cos(x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = cos(x[i]);
            }
        }
    }

    private static float cos(double x, double sine) {
        return (float) DoubleTrigonometric.ofQuadrant(whole(x) + 1, sine, cosine(x));
    }

    private static double whole(double x) {
        return Math.fma(x, TWO_OVER_PI, ROUNDER) - ROUNDER;
    }

    private static double reduced(double x) {
        double n = whole(x);
        return Math.fma(n, -HALF_PI_LOW, Math.fma(n, -HALF_PI_HIGH, x));
    }

    private static double sine(double x) {
        double r = reduced(x);
        double w = r * r;
        return r * Math.fma(w, sinRest(w), 1);
    }

    private static double cosine(double x) {
        double r = reduced(x);
        double w = r * r;
        return Math.fma(w * w, cosRest(w), Math.fma(-0.5, w, 1));
    }

    /** (sin(r) - r) / r³ of w = r²: minimax, relative error of sin 2<sup>-37</sup>. */
    private static double sinRest(double w) {
        double p = 0x1.6cd7aef1e47ep-19;
        p = Math.fma(p, w, -0x1.a00f9ae7c3021p-13);
        p = Math.fma(p, w, 0x1.11110892edf3p-7);
        return Math.fma(p, w, -0x1.5555554cb55a2p-3);
    }

    /** (cos(r) - 1 + r²/2) / r⁴ of w = r²: minimax, absolute error of cos 2<sup>-43</sup>. */
    private static double cosRest(double w) {
        double p = -0x1.242a57931f8fbp-22;
        p = Math.fma(p, w, 0x1.a0111dcb7facap-16);
        p = Math.fma(p, w, -0x1.6c16b89546a88p-10);
        return Math.fma(p, w, 0x1.5555554f4b11bp-5);
    }
}
