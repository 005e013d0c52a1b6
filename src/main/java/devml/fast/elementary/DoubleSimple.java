package devml.fast.elementary;

/** The functions of float64 that are one exact or correctly rounded operation, in place. */
final class DoubleSimple {
    private DoubleSimple() {}

    static void negate(double[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = -r[i];
        }
    }

    static void abs(double[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = Math.abs(r[i]);
        }
    }

    static void sign(double[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            double sign = Math.signum(r[i]);
            r[i] = Double.isNaN(sign) ? 0 : sign;
        }
    }

    static void floor(double[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = Math.floor(r[i]);
        }
    }

    static void sqrt(double[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = Math.sqrt(r[i]);
        }
    }
}
