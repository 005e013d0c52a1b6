package devml.reference;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Elementary functions at special values, and where naive formulas lose digits. */
class ElementaryTest {

    @ParameterizedTest
    @CsvSource({
        "NEGATE, 0.0, -0.0",
        "NEGATE, NaN, NaN",
        "ABS, -0.0, 0.0",
        "ABS, -Infinity, Infinity",
        "SIGN, -3.5, -1",
        "SIGN, -0.0, -0.0",
        "SIGN, NaN, 0",
        "FLOOR, -0.5, -1",
        "FLOOR, 2.0, 2",
        "SQRT, -0.0, -0.0",
        "SQRT, -1, NaN",
        "SQRT, Infinity, Infinity",
        "EXP, 0, 1",
        "EXP, -Infinity, 0",
        "EXP, 710, Infinity",
        "EXPM1, -Infinity, -1",
        "EXPM1, 1e-300, 1e-300",
        "LOG, 0, -Infinity",
        "LOG, -1, NaN",
        "LOG1P, -1, -Infinity",
        "LOG1P, 1e-300, 1e-300",
        "SIN, 0, 0",
        "SIN, Infinity, NaN",
        "COS, 0, 1",
        "TANH, Infinity, 1",
        "TANH, -Infinity, -1",
        "ERF, 0, 0",
        "ERF, Infinity, 1",
        "ERF, -Infinity, -1",
        "ERF, NaN, NaN",
        "SIGMOID, 0, 0.5",
        "SIGMOID, Infinity, 1",
        "SIGMOID, -Infinity, 0",
        "SIGMOID, 800, 1",
        "SIGMOID, -800, 0",
        "SIGMOID, NaN, NaN",
        "SOFTPLUS, 1000, 1000",
        "SOFTPLUS, -1000, 0",
        "SOFTPLUS, Infinity, Infinity",
        "SOFTPLUS, -Infinity, 0",
        "SOFTPLUS, NaN, NaN"
    })
    void specialValues(Function function, double x, double expected) {
        assertThat(Double.compare(Elementary.apply(function, x), expected)).isZero(); // -0.0 is not 0.0, NaN is NaN
    }

    @Test
    void sigmoidKeepsItsDigitsFarBelowZero() {
        // e^-40/(1 + e^-40), rounded from decimal arithmetic of 40 digits; StrictMath.exp is within 1 ulp, the quotient
        // adds half
        // of one
        assertThat(Elementary.apply(Function.SIGMOID, -40)).isCloseTo(4.248354255291589e-18, Offset.offset(2e-33));
        assertThat(Elementary.apply(Function.SIGMOID, -740)).isPositive();
    }

    @Test
    void softplusKeepsItsDigits() {
        // log(1 + e^-40) = e^-40 - e^-80/2, rounded from decimal arithmetic of 40 digits; within 2 ulp
        assertThat(Elementary.apply(Function.SOFTPLUS, -40)).isCloseTo(4.248354255291589e-18, Offset.offset(2e-33));
        assertThat(Elementary.apply(Function.SOFTPLUS, 0)).isEqualTo(StrictMath.log(2));
    }
}
