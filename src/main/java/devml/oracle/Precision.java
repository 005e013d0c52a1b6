package devml.oracle;

import static devml.oracle.Ball.up;

import devml.equation.Real;
import devml.tensor.DType;

/**
 * The rounding errors that {@link Rounded} assumes of a floating-point type: the standard model (Higham 2002, "Accuracy
 * and Stability of Numerical Algorithms", section 2.2) with gradual underflow.
 */
enum Precision {
    FLOAT64(0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE),
    FLOAT32(0x1p-24, 0x1p-150, Float.MAX_VALUE);

    /** Half a unit in the last place of 1. */
    private final double unit;

    /**
     * At least the cost of an underflow: half the smallest number, or the smallest number itself where half of it
     * cannot be represented.
     */
    private final double least;

    private final double greatest;

    Precision(double unit, double least, double greatest) {
        this.unit = unit;
        this.least = least;
        this.greatest = greatest;
    }

    static Precision of(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> FLOAT64;
            case FLOAT32 -> FLOAT32;
        };
    }

    /** Whether the type can represent this double exactly. */
    boolean holds(double value) {
        return this == FLOAT64 || (float) value == value;
    }

    /** Bounds the error of rounding a result of at most this magnitude; infinite where it may overflow. */
    double rounding(double magnitude) {
        return magnitude <= greatest ? up(unit * magnitude + least) : Double.POSITIVE_INFINITY;
    }

    /**
     * Bounds the error of a sum of n terms, in whatever order they are added up: gamma(n-1) times the sum of their
     * magnitudes (Higham 2002, section 4.2). Sums do not underflow.
     */
    double summation(long terms, double magnitude) {
        double k = (terms - 1) * unit;
        return k < 0.5 && magnitude <= greatest ? up(k / (1 - k) * magnitude) : Double.POSITIVE_INFINITY;
    }

    /**
     * The error that is granted to an elementary function, a number of units in the last place, each of which is at
     * most twice {@code unit} of the value. The mathematical libraries in use stay below it, and OpenCL requires it, or
     * nearly so, of single precision.
     */
    double elementary(Real.Function function, double magnitude) {
        int ulps = switch (function) {
            case EXP, EXPM1, LOG, LOG1P, SIN, COS -> 4;
            case TANH, ERF, SIGMOID, SOFTPLUS -> 8;
            case SQRT -> 1;
            case NEGATE, ABS, SIGN, FLOOR -> 0;
        };
        return ulps == 0 ? 0 : 2 * ulps * rounding(magnitude);
    }

    /**
     * The error granted to a floor division. An exact remainder makes the quotient a whole number except for three
     * roundings, and rounding to a whole number corrects them as long as they are less than a half. Beyond that, it
     * moves the quotient by at most the size of four more roundings.
     */
    double floorDivision(double magnitude) {
        return magnitude <= 0.125 / unit ? 0 : 8 * rounding(magnitude);
    }

    /** The error granted to a power: that of an elementary function, with 8 units. */
    double power(double magnitude) {
        return 16 * rounding(magnitude);
    }
}
