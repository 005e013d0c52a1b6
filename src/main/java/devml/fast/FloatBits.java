package devml.fast;

/** As {@link DoubleBits}, of float32 numbers. */
final class FloatBits {
    private FloatBits() {}

    static float choose(boolean first, float a, float b) {
        int all = -(first ? 1 : 0);
        int other = Float.floatToRawIntBits(b);
        return Float.intBitsToFloat(other ^ ((Float.floatToRawIntBits(a) ^ other) & all));
    }

    static float of(int integer) {
        return Float.intBitsToFloat(integer);
    }

    static long integer(float bits) {
        return Float.floatToRawIntBits(bits);
    }

    static float rounded(double value) {
        return (float) value;
    }
}
