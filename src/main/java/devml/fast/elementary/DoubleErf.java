package devml.fast.elementary;

/**
 * erf in float64: x + x p(x²) below 1, from there 1 - exp(-x²) h(x - 2) (Cody 1969 divides the line likewise); 1 from 6 on.
 * Largest error found: 1.2 ulp.
 */
final class DoubleErf {
    /** From here on erf rounds to 1. */
    private static final double USUAL = 6;

    private DoubleErf() {}

    static double erf(double x) {
        return usual(x) ? erf(x, DoubleExp.exp(-x * x), small(x)) : Math.signum(x);
    }

    /** @param work n elements to work in */
    static void erf(double[] x, double[] y, int n, double[] work) {
        for (int i = 0; i < n; i++) {
            work[i] = Exponent.scale(-x[i] * x[i]);
        }
        for (int i = 0; i < n; i++) {
            work[i] = DoubleExp.exp(-x[i] * x[i], work[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = small(x[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = erf(x[i], work[i], y[i]);
        }
        for (int i = 0; i < n; i++) {
            if (!usual(x[i])) {
                y[i] = erf(x[i]);
            }
        }
    }

    private static boolean usual(double x) {
        return Math.abs(x) <= USUAL;
    }

    private static double small(double x) {
        return Math.fma(x, series(x * x), x);
    }

    /** Both ways everywhere, and the one that is due has weight 1: lanes cannot branch. */
    private static double erf(double x, double exponential, double small) {
        double size = Math.abs(x);
        double large = Math.signum(x) * Math.fma(-exponential, scaledComplement(size - 2), 1);
        double weight = Math.fma(0.5, Math.signum(size - 1), 0.5);
        return Math.fma(weight, large, (1 - weight) * small);
    }

    /** erf(x)/x - 1 of w = x² for |x| &le; 1: minimax, absolute error 2<sup>-56</sup>. */
    private static double series(double w) {
        double p = 0x1.062759c5be8ecp-34;
        p = Math.fma(p, w, -0x1.38ac2290d3965p-30);
        p = Math.fma(p, w, 0x1.f7b99d7c8709ap-27);
        p = Math.fma(p, w, -0x1.5f1f40faeea79p-23);
        p = Math.fma(p, w, 0x1.b9df305cad6f7p-20);
        p = Math.fma(p, w, -0x1.f4d1e434bc0cfp-17);
        p = Math.fma(p, w, 0x1.f9a321e4b84f9p-14);
        p = Math.fma(p, w, -0x1.c02db3db49762p-11);
        p = Math.fma(p, w, 0x1.565bcd0dbd921p-8);
        p = Math.fma(p, w, -0x1.b82ce31284f38p-6);
        p = Math.fma(p, w, 0x1.ce2f21a042b34p-4);
        p = Math.fma(p, w, -0x1.812746b0379e6p-2);
        return Math.fma(p, w, 0x1.06eba8214db69p-3);
    }

    /** erfc(x) exp(x²) of t = x - 2 for 1 &le; x &le; 6: minimax, absolute error of erf 2<sup>-55.7</sup>. */
    private static double scaledComplement(double t) {
        double p = 0x1.4a09bc53d8073p-40;
        p = Math.fma(p, t, -0x1.16371f0849681p-36);
        p = Math.fma(p, t, 0x1.a4ec00bce0ac5p-34);
        p = Math.fma(p, t, -0x1.a9cc8357e53fep-32);
        p = Math.fma(p, t, 0x1.8cbf4c9f62fdbp-30);
        p = Math.fma(p, t, -0x1.8cabe3a52199dp-28);
        p = Math.fma(p, t, 0x1.905ab0b80135ap-26);
        p = Math.fma(p, t, -0x1.866324c2ffdfbp-24);
        p = Math.fma(p, t, 0x1.725c29a0515afp-22);
        p = Math.fma(p, t, -0x1.576e10a46a0bep-20);
        p = Math.fma(p, t, 0x1.369685410312dp-18);
        p = Math.fma(p, t, -0x1.115d5dd3de304p-16);
        p = Math.fma(p, t, 0x1.d37baf700e37p-15);
        p = Math.fma(p, t, -0x1.83821d232289p-13);
        p = Math.fma(p, t, 0x1.369ff9f97c539p-11);
        p = Math.fma(p, t, -0x1.e028e8be41651p-10);
        p = Math.fma(p, t, 0x1.64907215486p-8);
        p = Math.fma(p, t, -0x1.fa9d3ac91ca9dp-7);
        p = Math.fma(p, t, 0x1.5672b9ea1556ap-5);
        p = Math.fma(p, t, -0x1.b57034efd414fp-4);
        return Math.fma(p, t, 0x1.058671b52c76ep-2);
    }
}
