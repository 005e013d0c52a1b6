package devml.fast.elementary;

import devml.equation.Real;
import java.util.EnumSet;
import java.util.Set;

/** The scalar bodies, which strips must agree with. */
final class Scalars {
    /** The functions that are more than one operation. */
    static final Set<Real.Function> APPROXIMATED = EnumSet.complementOf(EnumSet.of(
            Real.Function.NEGATE, Real.Function.ABS, Real.Function.SIGN, Real.Function.FLOOR, Real.Function.SQRT));

    private Scalars() {}

    static double apply(Real.Function function, double x) {
        return switch (function) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Double.isNaN(x) ? 0 : Math.signum(x);
            case FLOOR -> Math.floor(x);
            case SQRT -> Math.sqrt(x);
            case EXP -> DoubleExp.exp(x);
            case EXPM1 -> DoubleExp.expm1(x);
            case LOG -> DoubleLog.log(x);
            case LOG1P -> DoubleLog.log1p(x);
            case SIN -> DoubleTrigonometric.sin(x);
            case COS -> DoubleTrigonometric.cos(x);
            case TANH -> DoubleLogistic.tanh(x);
            case ERF -> DoubleErf.erf(x);
            case SIGMOID -> DoubleLogistic.sigmoid(x);
            case SOFTPLUS -> DoubleLogistic.softplus(x);
        };
    }

    static float apply(Real.Function function, float x) {
        return switch (function) {
            case NEGATE, ABS, SIGN, FLOOR, SQRT -> (float) apply(function, (double) x);
            case EXP -> FloatExp.exp(x);
            case EXPM1 -> FloatExp.expm1(x);
            case LOG -> FloatLog.log(x);
            case LOG1P -> FloatLog.log1p(x);
            case SIN -> FloatTrigonometric.sin(x);
            case COS -> FloatTrigonometric.cos(x);
            case TANH -> FloatExp.tanh(x);
            case ERF -> FloatErf.erf(x);
            case SIGMOID -> FloatExp.sigmoid(x);
            case SOFTPLUS -> FloatExp.softplus(x);
        };
    }
}
