package devml.fast.elementary;

/** The functions of float32 that are one exact or correctly rounded operation, in place. */
final class FloatSimple {
    private FloatSimple() {}

    static void negate(float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = -r[i];
        }
    }

    static void abs(float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = Math.abs(r[i]);
        }
    }

    static void sign(float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            float sign = Math.signum(r[i]);
            r[i] = Float.isNaN(sign) ? 0 : sign;
        }
    }

    static void floor(float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = (float) Math.floor(r[i]);
        }
    }

    static void sqrt(float[] r, int low, int high) {
        for (int i = low; i < high; i++) {
            r[i] = (float) Math.sqrt(r[i]);
        }
    }
}
