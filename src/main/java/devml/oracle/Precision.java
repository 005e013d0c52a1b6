package devml.oracle;

import static devml.oracle.Ball.up;

import devml.equation.Real;
import devml.tensor.DType;

/**
 * What a type of floating-point numbers can do: the standard model (Higham 2002, "Accuracy and Stability of Numerical
 * Algorithms", section 2.2) with gradual underflow.
 */
enum Precision {
    FLOAT64(0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE),
    FLOAT32(0x1p-24, 0x1p-150, Float.MAX_VALUE);

    /** Half a unit in the last place of 1. */
    private final double unit;

    /** More than what underflow costs: half the smallest number, or that where half of it is none. */
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

    /** Whether a number of the type is this double. */
    boolean holds(double value) {
        return this == FLOAT64 || (float) value == value;
    }

    /** Bounds the error of rounding a result of at most that magnitude; infinite where it may overflow. */
    double rounding(double magnitude) {
        return magnitude <= greatest ? up(unit * magnitude + least) : Double.POSITIVE_INFINITY;
    }

    /**
     * Bounds the error of a sum of n terms, in whatever order it is added up: gamma(n-1) times the sum of their magnitudes
     * (Higham 2002, section 4.2). Sums do not underflow.
     */
    double summation(long terms, double magnitude) {
        double k = (terms - 1) * unit;
        return k < 0.5 && magnitude <= greatest ? up(k / (1 - k) * magnitude) : Double.POSITIVE_INFINITY;
    }

    /**
     * The error that is granted to an elementary function, in units in the last place, of which each is at most twice
     * {@code unit} of the value: what the mathematical libraries in use stay below, and OpenCL asks of single precision or
     * nearly so.
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
     * That of a floor division: an exact remainder makes the quotient a whole number, but for three roundings, and rounding
     * to a whole number mends them as long as they are less than a half. Beyond, it moves the quotient by four more at most.
     */
    double floorDivision(double magnitude) {
        return magnitude <= 0.125 / unit ? 0 : 8 * rounding(magnitude);
    }

    /** That of a power: as an elementary function, 8 units. */
    double power(double magnitude) {
        return 16 * rounding(magnitude);
    }
}
