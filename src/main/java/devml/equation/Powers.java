package devml.equation;

/** Powers of float64 numbers, with the special values that IEEE 754 and C give them, and so PyTorch and NumPy. */
public final class Powers {
    private Powers() {}

    /** As {@link StrictMath#pow}, but for what Java says is NaN: 1 to any power is 1, and -1 to an infinite one. */
    public static double power(double x, double exponent) {
        return isOne(x, exponent) ? 1 : StrictMath.pow(x, exponent);
    }

    /** Whether a power is 1 whatever the exponent, or because it is infinite. */
    public static boolean isOne(double x, double exponent) {
        return x == 1 || (x == -1 && Double.isInfinite(exponent));
    }
}
