package devml.equation;

/**
 * Floor division of floating-point numbers: the greatest whole number that is at most the quotient. Taking the floor of
 * the rounded quotient may give one more: 1 / 0.1 is slightly less than 10, since 0.1 in floating point is slightly
 * more than 1/10, but it rounds to 10. So the result is computed from the remainder, which is exact, as Python and
 * PyTorch do. Special values are theirs too: an infinite dividend yields NaN, and a divisor of 0 yields what division
 * does.
 */
public final class FloorDivision {
    private FloorDivision() {}

    /**
     * Exact up to 2^50, where three roundings together are less than a half; beyond that, the relative error is at most
     * 2^-50.
     */
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

    /** Exact up to 2^21; beyond that, the relative error is at most 2^-21. */
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
