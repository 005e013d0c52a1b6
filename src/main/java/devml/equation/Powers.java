package devml.equation;

/**
 * Powers of float64 numbers with the special values of IEEE 754 and C, which PyTorch and NumPy follow. Every evaluator
 * takes its special cases from here.
 */
public final class Powers {
    private Powers() {}

    /**
     * {@link StrictMath#pow}, except in two cases that Java defines as NaN: 1 to any power is 1, and -1 to an infinite
     * power is 1.
     */
    public static double power(double x, double exponent) {
        return isOne(x, exponent) ? 1 : StrictMath.pow(x, exponent);
    }

    /** Whether the power is 1 by one of these two rules. */
    public static boolean isOne(double x, double exponent) {
        return x == 1 || (x == -1 && Double.isInfinite(exponent));
    }
}
