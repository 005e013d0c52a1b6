package devml.equation;

/**
 * The greatest whole number up to a quotient. Not the floor of the quotient as it is rounded, which may be one more: 1 by
 * 0.1 is a little less than 10, and rounded 10. So it is computed of the remainder, which is exact, as Python and PyTorch
 * do, with their special values: an infinite dividend yields NaN, a divisor of 0 what division does.
 */
public final class FloorDivision {
    private FloorDivision() {}

    /** In float64: exact up to 2^50, where three roundings are less than a half; beyond, off by 2^-50 of it at most. */
    public static double floor(double x, double y) {
        if (y == 0) {
            return x / y;
        }
        double remainder = x % y;
        double quotient = (x - remainder) / y;
        if (remainder != 0 && (remainder < 0) != (y < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0, x / y);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    /** In float32: exact up to 2^21; beyond, off by 2^-21 of it at most. */
    public static float floor(float x, float y) {
        if (y == 0) {
            return x / y;
        }
        float remainder = x % y;
        float quotient = (x - remainder) / y;
        if (remainder != 0 && (remainder < 0) != (y < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0f, x / y);
        }
        float floor = (float) Math.floor(quotient);
        return quotient - floor > 0.5f ? floor + 1 : floor;
    }
}
