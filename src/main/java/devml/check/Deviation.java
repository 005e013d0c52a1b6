package devml.check;

/**
 * The distance of one value from its reference, in the measures that reports show.
 *
 * @param absolute {@code |value - reference|}
 * @param relative the absolute error divided by {@code |reference|}; infinite for a reference of 0
 * @param ulps the distance in units in the last place
 * @param bound the largest absolute error allowed
 * @param multiple the absolute error as a multiple of the bound: more than 1 fails
 */
public record Deviation(double absolute, double relative, double ulps, double bound, double multiple) {

    /** Above this magnitude, sums and differences of two numbers may overflow. */
    private static final double LARGE = Double.MAX_VALUE / 4;

    /**
     * Compares real numbers. NaN equals NaN, an infinity equals itself, and -0 equals 0; any other pair with a number
     * that is not finite is infinitely far apart.
     */
    static Deviation of(double value, double reference, Tolerance tolerance, Ulps unit) {
        double bound = tolerance.bound(reference);
        if (value == reference || (Double.isNaN(value) && Double.isNaN(reference))) {
            return new Deviation(0, 0, 0, bound, 0);
        }
        if (!Double.isFinite(value) || !Double.isFinite(reference)) {
            double infinite = Double.POSITIVE_INFINITY;
            return new Deviation(infinite, infinite, infinite, bound, infinite);
        }
        // Very large numbers are divided by 4 before ratios are formed, so that infinity is not divided by infinity.
        double scale = Math.abs(value) > LARGE || Math.abs(reference) > LARGE ? 0.25 : 1;
        double error = Math.abs(value * scale - reference * scale);
        double size = Math.abs(reference) * scale;
        return new Deviation(
                Math.abs(value - reference),
                error / size,
                unit.between(value, reference),
                bound,
                error / (tolerance.atol() * scale + tolerance.rtol() * size));
    }

    /** Compares integers, which must be equal whatever the tolerance. One ulp is 1. */
    static Deviation of(long value, long reference) {
        double error = Ulps.distance(value, reference);
        return error == 0
                ? new Deviation(0, 0, 0, 0, 0)
                : new Deviation(error, error / Math.abs((double) reference), error, 0, Double.POSITIVE_INFINITY);
    }

    boolean fails() {
        return multiple > 1;
    }

    /**
     * Whether this deviation is graver than the other. Where bounds are 0, all multiples are infinite and the errors
     * decide.
     */
    boolean isWorseThan(Deviation other) {
        int order = Double.compare(multiple, other.multiple);
        if (order == 0) {
            order = Double.compare(relative, other.relative);
        }
        return order > 0 || (order == 0 && absolute > other.absolute);
    }
}
