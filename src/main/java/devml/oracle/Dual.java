package devml.oracle;

import devml.equation.FloorDivision;
import devml.equation.Powers;
import devml.equation.Real;
import org.apache.commons.numbers.core.DD;

/**
 * A number and its derivative in one direction, in double-double without error bounds; the numerical check of a layer's
 * backward equations computes with it. The derivatives, including those at kinks, are those of the language's table:
 * abs'(0) = 0, a tie of two arguments is halved unless one of them is a constant, which then takes it (relu'(0) = 0),
 * the derivative of x^0 is 0, sign' = floor' = 0, sqrt'(0) = inf. A value that does not depend on the direction keeps
 * the derivative 0, even where another derivative is infinite.
 *
 * @param value the number
 * @param tangent its derivative
 * @param isConstant whether it depends on nothing that has a gradient, whatever the direction
 */
public record Dual(DD value, DD tangent, boolean isConstant) {

    /** A number that depends on something that has a gradient. */
    Dual(DD value, DD tangent) {
        this(value, tangent, false);
    }

    static Dual constant(DD value) {
        return new Dual(value, DD.ZERO, true);
    }

    Dual apply(Real.Function function) {
        return new Dual(Elementary.apply(function, value), chain(function), isConstant);
    }

    /** Returns a result computed from this number and another; it is a constant if both are. */
    private Dual with(Dual other, DD value, DD tangent) {
        return new Dual(value, tangent, isConstant && other.isConstant);
    }

    private DD chain(Real.Function function) {
        DD x = value;
        if (DoubleDouble.isZero(tangent)) {
            return DD.ZERO;
        }
        return switch (function) {
            case NEGATE -> tangent.negate();
            case ABS -> scaled(DD.of(Math.signum(x.hi())));
            case SIGN, FLOOR -> DD.ZERO;
            case SQRT -> DoubleDouble.divide(tangent, DoubleDouble.sqrt(x).scalb(1));
            case EXP, EXPM1 -> scaled(Elementary.apply(Real.Function.EXP, x));
            case LOG -> DoubleDouble.divide(tangent, x);
            case LOG1P -> DoubleDouble.divide(tangent, DoubleDouble.add(x, DD.ONE));
            case SIN -> scaled(Elementary.apply(Real.Function.COS, x));
            case COS -> scaled(Elementary.apply(Real.Function.SIN, x).negate());
            case TANH -> scaled(Double.isFinite(x.hi()) ? Elementary.sechSquared(x) : DD.of(0 / x.hi()));
            case ERF -> scaled(Double.isFinite(x.hi()) ? Elementary.bell(x) : DD.of(0 / x.hi()));
            case SIGMOID ->
                scaled(DoubleDouble.multiply(
                        Elementary.apply(Real.Function.SIGMOID, x),
                        Elementary.apply(Real.Function.SIGMOID, x.negate())));
            case SOFTPLUS -> scaled(Elementary.apply(Real.Function.SIGMOID, x));
        };
    }

    /**
     * Returns the tangent times a factor, which is 0 where either is, so that an infinite factor does not make it NaN.
     */
    private DD scaled(DD factor) {
        return DoubleDouble.isZero(tangent) || DoubleDouble.isZero(factor)
                ? DD.ZERO
                : DoubleDouble.multiply(tangent, factor);
    }

    Dual add(Dual other) {
        return with(other, DoubleDouble.add(value, other.value), DoubleDouble.add(tangent, other.tangent));
    }

    Dual subtract(Dual other) {
        return with(other, DoubleDouble.subtract(value, other.value), DoubleDouble.subtract(tangent, other.tangent));
    }

    Dual multiply(Dual other) {
        return with(
                other,
                DoubleDouble.multiply(value, other.value),
                DoubleDouble.add(scaled(other.value), other.scaled(value)));
    }

    /** (x/y)' = (x' - (x/y) y') / y. */
    Dual divide(Dual other) {
        DD quotient = DoubleDouble.divide(value, other.value);
        DD numerator = DoubleDouble.subtract(tangent, other.scaled(quotient));
        return with(
                other,
                quotient,
                DoubleDouble.isZero(numerator) ? DD.ZERO : DoubleDouble.divide(numerator, other.value));
    }

    /** The result is a whole number; its derivative is 0. */
    Dual floorDivide(Dual other) {
        DD x = value;
        DD y = other.value;
        boolean isUsual = x.isFinite() && y.isFinite() && !DoubleDouble.isZero(y);
        DD quotient = isUsual
                ? Elementary.apply(Real.Function.FLOOR, DoubleDouble.divide(x, y))
                : DD.of(FloorDivision.floor(x.hi(), y.hi()));
        return with(other, quotient, DD.ZERO);
    }

    /** (x^y)' = y x^(y-1) x' + x^y log(x) y'. */
    Dual power(Dual other) {
        DD power = power(value, other.value);
        DD lower = power(value, DoubleDouble.subtract(other.value, DD.ONE));
        DD byBase = DoubleDouble.isZero(tangent) || DoubleDouble.isZero(other.value)
                ? DD.ZERO
                : scaled(DoubleDouble.multiply(other.value, lower));
        DD byExponent = DoubleDouble.isZero(other.tangent) || DoubleDouble.isZero(power)
                ? DD.ZERO
                : other.scaled(DoubleDouble.multiply(power, Elementary.apply(Real.Function.LOG, value)));
        return with(other, power, DoubleDouble.add(byBase, byExponent));
    }

    private static DD power(DD x, DD y) {
        boolean whole = y.lo() == 0 && y.hi() == Math.rint(y.hi());
        if (x.hi() == 0 || !Double.isFinite(x.hi()) || !Double.isFinite(y.hi()) || (x.hi() < 0 && !whole)) {
            return DD.of(Powers.power(x.hi(), y.hi()));
        }
        DD power = Elementary.power(x.abs(), y);
        return x.hi() < 0 && y.hi() % 2 != 0 ? power.negate() : power;
    }

    /**
     * Returns the greater number. Where both are equal, each contributes half its derivative, but where either is a
     * constant the derivative is 0. The result is NaN if either number is.
     */
    Dual max(Dual other) {
        double greater = Math.max(value.hi(), other.value.hi());
        if (Double.isNaN(greater)) {
            return Double.isNaN(value.hi()) ? this : other;
        }
        int order = DoubleDouble.compare(value, other.value);
        if (order == 0) {
            boolean isHalved = !isConstant && !other.isConstant;
            return with(
                    other,
                    value,
                    isHalved ? DoubleDouble.add(tangent, other.tangent).scalb(-1) : DD.ZERO);
        }
        return order > 0 ? this : other;
    }

    Dual min(Dual other) {
        return negate().max(other.negate()).negate();
    }

    private Dual negate() {
        return new Dual(value.negate(), tangent.negate(), isConstant);
    }
}
