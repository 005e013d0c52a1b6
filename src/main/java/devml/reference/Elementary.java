package devml.reference;

import devml.equation.Real;
import org.apache.commons.numbers.gamma.Erf;

/**
 * The elementary functions in float64. {@link StrictMath} computes them, so that they yield the same bits on every
 * machine.
 */
final class Elementary {
    private Elementary() {}

    static double apply(Real.Function function, double x) {
        return switch (function) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Double.isNaN(x) ? 0 : Math.signum(x);
            case FLOOR -> Math.floor(x);
            case SQRT -> Math.sqrt(x);
            case EXP -> StrictMath.exp(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TANH -> StrictMath.tanh(x);
            case ERF -> Erf.value(x);
            case SIGMOID -> sigmoid(x);
            case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
        };
    }

    /** Returns 1 / (1 + exp(-x)), computed so that exp never overflows. */
    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }
}
