package devml.fast.elementary;

/**
 * sin and cos in float64: x = n pi/2 + r with |r| &le; pi/4 (Cody and Waite's reduction in three parts), then both
 * polynomials, of which the quadrant takes one. From {@value #USUAL} on {@link StrictMath} serves, whose bits are the
 * same everywhere too. Largest error found: 0.9 ulp.
 */
final class DoubleTrigonometric {
    /** Up to here the three parts of pi/2 suffice. */
    private static final double USUAL = 0x1p13;

    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

    /** pi/2 to 40 and to 80 bits, so that n times a part is exact for n below 2<sup>13</sup>, and the rest. */
    private static final double HALF_PI_HIGH = 0x1.921fb54442p0;

    private static final double HALF_PI_MIDDLE = 0x1.a308d31318p-41;

    private static final double HALF_PI_LOW = 0x1.8a2e03707344ap-81;

    private static final double ROUNDER = 0x1.8p52;

    private DoubleTrigonometric() {}

    static double sin(double x) {
        return sinUsual(x) ? ofQuadrant(whole(x), sine(x), cosine(x)) : StrictMath.sin(x);
    }

    /** @param work n elements to work in */
    static void sin(double[] x, double[] y, int n, double[] work) {
        polynomials(x, y, n, work);
        for (int i = 0; i < n; i++) {
            y[i] = ofQuadrant(whole(x[i]), work[i], y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!sinUsual(x[i])) {
                y[i] = sin(x[i]);
            }
        }
    }

    private static boolean sinUsual(double x) {
        return Math.abs(x) <= USUAL && Double.doubleToRawLongBits(x) != Long.MIN_VALUE; // -0 would lose its sign
    }

    static double cos(double x) {
        return cosUsual(x) ? ofQuadrant(whole(x) + 1, sine(x), cosine(x)) : StrictMath.cos(x);
    }

    /** @param work n elements to work in */
    static void cos(double[] x, double[] y, int n, double[] work) {
        polynomials(x, y, n, work);
        for (int i = 0; i < n; i++) {
            y[i] = ofQuadrant(whole(x[i]) + 1, work[i], y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!cosUsual(x[i])) {
                y[i] = cos(x[i]);
            }
        }
    }

    private static boolean cosUsual(double x) {
        return Math.abs(x) <= USUAL;
    }

    private static void polynomials(double[] x, double[] cosine, int n, double[] sine) {
        for (int i = 0; i < n; i++) {
            sine[i] = sine(x[i]);
        }
        for (int i = 0; i < n; i++) {
            cosine[i] = cosine(x[i]);
        }
    }

    /** n. */
    private static double whole(double x) {
        return Math.fma(x, TWO_OVER_PI, ROUNDER) - ROUNDER;
    }

    /** r but for its {@link #rest}. */
    private static double reduced(double x) {
        double n = whole(x);
        return Math.fma(n, -HALF_PI_MIDDLE, Math.fma(n, -HALF_PI_HIGH, x));
    }

    private static double rest(double x) {
        double n = whole(x);
        double exact = Math.fma(n, -HALF_PI_HIGH, x);
        return Math.fma(n, -HALF_PI_LOW, Math.fma(n, -HALF_PI_MIDDLE, exact - reduced(x)));
    }

    /** sin r. */
    private static double sine(double x) {
        double r = reduced(x) + rest(x);
        double low = (reduced(x) - r) + rest(x);
        double w = r * r;
        return r + Math.fma(r * w, sinRest(w), low);
    }

    /** cos r. */
    private static double cosine(double x) {
        double r = reduced(x) + rest(x);
        double low = (reduced(x) - r) + rest(x);
        double w = r * r;
        double high = Math.fma(-0.5, w, 1);
        return high + Math.fma(w * w, cosRest(w), Math.fma(-0.5, w, 1 - high) - r * low);
    }

    /**
     * sin(r + quadrant pi/2): the quadrant's parity takes sine or cosine, the next bit the sign, without a branch. With
     * these signs a sine of -0 stays -0.
     */
    static double ofQuadrant(double quadrant, double sine, double cosine) {
        double half = Math.floor(0.5 * quadrant);
        double minusOdd = Math.fma(2, half, -quadrant);
        double sign = Math.fma(4, Math.floor(0.5 * half), Math.fma(-2, half, 1));
        return sign * Math.fma(minusOdd, -cosine, (1 + minusOdd) * sine);
    }

    /** (sin(r) - r) / r³ of w = r²: minimax, relative error of sin 2<sup>-57</sup>. */
    private static double sinRest(double w) {
        double p = 0x1.5d929ee7f5decp-33;
        p = Math.fma(p, w, -0x1.ae5e64f37ce3ep-26);
        p = Math.fma(p, w, 0x1.71de35762434fp-19);
        p = Math.fma(p, w, -0x1.a01a019c0fdc6p-13);
        p = Math.fma(p, w, 0x1.111111110f86dp-7);
        return Math.fma(p, w, -0x1.5555555555549p-3);
    }

    /** (cos(r) - 1 + r²/2) / r⁴ of w = r²: minimax, absolute error of cos 2<sup>-59</sup>. */
    private static double cosRest(double w) {
        double p = -0x1.8fae30d9d951p-37;
        p = Math.fma(p, w, 0x1.1ee9eb20918afp-29);
        p = Math.fma(p, w, -0x1.27e4f808d4baap-22);
        p = Math.fma(p, w, 0x1.a01a019cb0454p-16);
        p = Math.fma(p, w, -0x1.6c16c16c1516fp-10);
        return Math.fma(p, w, 0x1.555555555554cp-5);
    }
}
