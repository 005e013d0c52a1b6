package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.apfloat.ApfloatMath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the series of {@link Decimal} to Apfloat. */
class DecimalTest {
    /** Relative: Apfloat is asked for 80 digits after the point, and loses a few of them. */
    private static final BigDecimal TOLERANCE = new BigDecimal("1e-75");

    @ParameterizedTest
    @ValueSource(
            strings = {"-1000.3", "-745.1", "-30.7", "-1", "-0.01", "1e-30", "0.3", "1", "2.302585092994046", "709.7"})
    void exponentials(BigDecimal x) {
        check(Decimal.exp(x), Decimal.toDecimal(ApfloatMath.exp(Decimal.toApfloat(x))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-350", "5e-324", "0.3", "0.985", "0.995", "1.009", "1.5", "2", "1e15", "1.7e308"})
    void logarithms(BigDecimal x) {
        check(Decimal.log(x), Decimal.toDecimal(ApfloatMath.log(Decimal.toApfloat(x))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.3", "1e-20", "3", "6"})
    void errorFunctions(BigDecimal x) {
        check(Decimal.erf(x), Decimal.toDecimal(ApfloatMath.erf(Decimal.toApfloat(x))));
    }

    private static void check(BigDecimal computed, BigDecimal expected) {
        assertThat(computed.subtract(expected).abs())
                .isLessThanOrEqualTo(expected.abs().multiply(TOLERANCE));
    }
}
