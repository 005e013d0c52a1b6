package devml.fast.elementary;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Exact results: at zeros, infinities and where a function has reached its limit. */
class SpecialValuesTest {

    @ParameterizedTest
    @CsvSource({
        "EXP, 0, 1",
        "EXP, -0.0, 1",
        "EXP, Infinity, Infinity",
        "EXP, -Infinity, 0",
        "EXP, 800, Infinity",
        "EXP, -800, 0",
        "EXPM1, 0, 0",
        "EXPM1, -0.0, -0.0",
        "EXPM1, Infinity, Infinity",
        "EXPM1, -Infinity, -1",
        "EXPM1, -800, -1",
        "LOG, 0, -Infinity",
        "LOG, -0.0, -Infinity",
        "LOG, 1, 0",
        "LOG, Infinity, Infinity",
        "LOG, -1, NaN",
        "LOG, -Infinity, NaN",
        "LOG1P, 0, 0",
        "LOG1P, -0.0, -0.0",
        "LOG1P, -1, -Infinity",
        "LOG1P, Infinity, Infinity",
        "LOG1P, -2, NaN",
        "LOG1P, -Infinity, NaN",
        "SIN, 0, 0",
        "SIN, -0.0, -0.0",
        "SIN, Infinity, NaN",
        "SIN, -Infinity, NaN",
        "COS, 0, 1",
        "COS, -0.0, 1",
        "COS, Infinity, NaN",
        "COS, -Infinity, NaN",
        "TANH, 0, 0",
        "TANH, -0.0, -0.0",
        "TANH, 20, 1",
        "TANH, -20, -1",
        "TANH, Infinity, 1",
        "TANH, -Infinity, -1",
        "ERF, 0, 0",
        "ERF, -0.0, -0.0",
        "ERF, 6, 1",
        "ERF, -6, -1",
        "ERF, Infinity, 1",
        "ERF, -Infinity, -1",
        "SIGMOID, 0, 0.5",
        "SIGMOID, -0.0, 0.5",
        "SIGMOID, 40, 1",
        "SIGMOID, Infinity, 1",
        "SIGMOID, -Infinity, 0",
        "SIGMOID, -800, 0",
        "SOFTPLUS, 800, 800",
        "SOFTPLUS, Infinity, Infinity",
        "SOFTPLUS, -Infinity, 0",
        "SOFTPLUS, -800, 0",
        "SQRT, -0.0, -0.0",
        "SQRT, -1, NaN",
        "FLOOR, -0.5, -1",
        "SIGN, -0.0, -0.0",
        "SIGN, -7, -1",
        "SIGN, NaN, 0",
        "ABS, -0.0, 0"
    })
    void areExact(Real.Function function, double x, double expected) {
        double[] doubles = {x};
        new DoubleElementary().apply(function, doubles, 0, 1);
        assertThat(Double.doubleToLongBits(doubles[0])).isEqualTo(Double.doubleToLongBits(expected));

        float[] floats = {(float) x};
        new FloatElementary().apply(function, floats, 0, 1);
        assertThat(Float.floatToIntBits(floats[0])).isEqualTo(Float.floatToIntBits((float) expected));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SIGN")
    void notANumberStaysOne(Real.Function function) {
        double[] doubles = {Double.NaN};
        new DoubleElementary().apply(function, doubles, 0, 1);
        assertThat(doubles[0]).isNaN();

        float[] floats = {Float.NaN};
        new FloatElementary().apply(function, floats, 0, 1);
        assertThat(floats[0]).isNaN();
    }

    @Test
    void subnormalArgumentsAreTheirOwnValue() {
        for (Real.Function function :
                new Real.Function[] {Real.Function.EXPM1, Real.Function.LOG1P, Real.Function.SIN, Real.Function.TANH}) {
            assertThat(Scalars.apply(function, -Double.MIN_VALUE)).isEqualTo(-Double.MIN_VALUE);
            assertThat(Scalars.apply(function, -Float.MIN_VALUE)).isEqualTo(-Float.MIN_VALUE);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.0, -3", "-8, 3", "-8, 0.5", "Infinity, -1", "0, -2", "2, NaN", "NaN, 0"})
    void powersHaveTheCasesOfStrictMath(double x, double p) {
        double[] doubles = {x};
        new DoubleElementary().power(doubles, new double[] {p}, 0, 1);
        assertThat(Double.doubleToLongBits(doubles[0])).isEqualTo(Double.doubleToLongBits(StrictMath.pow(x, p)));

        float[] floats = {(float) x};
        new FloatElementary().power(floats, new float[] {(float) p}, 0, 1);
        assertThat(Float.floatToIntBits(floats[0])).isEqualTo(Float.floatToIntBits((float) StrictMath.pow(x, p)));
    }

    @ParameterizedTest
    @CsvSource({"1, NaN", "1, Infinity", "1, -Infinity", "-1, Infinity", "-1, -Infinity"})
    void powersOfOneAreOne(double x, double p) {
        double[] doubles = {x};
        new DoubleElementary().power(doubles, new double[] {p}, 0, 1);
        assertThat(doubles[0]).isEqualTo(1);

        float[] floats = {(float) x};
        new FloatElementary().power(floats, new float[] {(float) p}, 0, 1);
        assertThat(floats[0]).isEqualTo(1);
    }

    /** Where neighbouring results are an ulp apart, an error could make a function fall or pass its limit. */
    @ParameterizedTest
    @CsvSource({
        "TANH, 15, 21",
        "ERF, 4.5, 6.1",
        "SIGMOID, 30, 40",
        "EXPM1, -40, -33",
        "EXP, -746, -700",
        "EXP, 700, 710",
        "SIGMOID, -746, -340",
        "SOFTPLUS, -746, -340",
        "SOFTPLUS, 340, 360"
    })
    void limitsAreReachedFromOneSide(Real.Function function, double low, double high) {
        int steps = 200_000;
        double before = Scalars.apply(function, low);
        for (int i = 1; i <= steps; i++) {
            double x = low + (high - low) * i / steps;
            double y = Scalars.apply(function, x);
            if (y < before) {
                assertThat(y).as("%s(%s)", function, x).isGreaterThanOrEqualTo(before);
            }
            before = y;
        }
        assertThat(before).isEqualTo(Scalars.apply(function, high));
    }
}
