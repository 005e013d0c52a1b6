package devml.check;

import devml.fault.Fault;
import devml.tensor.DType;
import devml.tensor.Tensor;

/**
 * The bound on the distance of a value from its reference: {@code |value - reference| <= atol + rtol * |reference|}.
 *
 * @param rtol the relative part, without unit
 * @param atol the absolute part, in the unit of the tensor
 */
public record Tolerance(double rtol, double atol) {

    /** Requires equality. */
    public static final Tolerance EXACT = new Tolerance(0, 0);

    /** @throws Fault if a part is negative, infinite or NaN: such a tolerance would pass, or fail, everything */
    public Tolerance {
        require("rtol", rtol);
        require("atol", atol);
    }

    /** The default tolerance for a precision, that of {@code torch.testing.assert_close}. */
    public static Tolerance of(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> new Tolerance(1e-7, 1e-7);
            case FLOAT32 -> new Tolerance(1.3e-6, 1e-5);
        };
    }

    /**
     * The default tolerance for two tensors: the looser one if their types differ, as {@code assert_close} chooses.
     */
    public static Tolerance between(Tensor value, Tensor reference) {
        return of(value).looser(of(reference));
    }

    private static Tolerance of(Tensor tensor) {
        return switch (tensor) {
            case Tensor.Doubles _ -> of(DType.FLOAT64);
            case Tensor.Floats _ -> of(DType.FLOAT32);
            case Tensor.Longs _ -> EXACT;
        };
    }

    private Tolerance looser(Tolerance other) {
        return new Tolerance(Math.max(rtol, other.rtol), Math.max(atol, other.atol));
    }

    /** The largest error allowed for a reference; 0 if it is infinite or NaN, which only itself equals. */
    double bound(double reference) {
        return Double.isFinite(reference) ? atol + rtol * Math.abs(reference) : 0;
    }

    private static void require(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw Fault.of(name + " is " + value + "; a tolerance is a finite number that is not negative");
        }
    }
}
