package devml.fast;

/**
 * float64 numbers by their bits: to choose between two without a jump, and to keep integers among numbers. What the build
 * cannot make a twin of by another name for the type.
 */
final class DoubleBits {
    private DoubleBits() {}

    /** One of two numbers. */
    static double choose(boolean first, double a, double b) {
        long all = -(first ? 1L : 0L);
        long other = Double.doubleToRawLongBits(b);
        return Double.longBitsToDouble(other ^ ((Double.doubleToRawLongBits(a) ^ other) & all));
    }

    /** What stands for an integer: no number to compute with. */
    static double of(int integer) {
        return Double.longBitsToDouble(integer);
    }

    /** The integer for which something stands. */
    static long integer(double bits) {
        return Double.doubleToRawLongBits(bits);
    }

    static double rounded(double value) {
        return value;
    }
}
