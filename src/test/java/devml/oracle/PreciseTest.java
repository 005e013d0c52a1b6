package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Real;
import devml.tensor.DType;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constants that float64 does not hold, in balls and in duals. */
class PreciseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"0.1", "-0.3333333333333333333333333333333333333", "3.1415926535897932384626433832795", "1e-320"
            })
    void isEnclosedClosely(String digits) {
        BigDecimal exact = new BigDecimal(digits);
        Ball ball = new OracleNumbers(DType.FLOAT64, 0, 0)
                .precise(Real.Precise.of(exact))
                .exact();
        assertThat(exact.subtract(Decimal.of(ball.mid())).abs())
                .isLessThan(new BigDecimal(ball.radius()))
                .isGreaterThan(BigDecimal.ZERO);
        assertThat(ball.radius()).isLessThan(Math.abs(exact.doubleValue()) * 0x1p-104 + 0x1p-1069);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "3.1415926535897932384626433832795"})
    void isADualOfTheNearestDoubleDouble(String digits) {
        BigDecimal exact = new BigDecimal(digits);
        Dual dual = new DualNumbers(0).precise(Real.Precise.of(exact));
        assertThat(exact.subtract(Decimal.of(dual.value())).abs()).isLessThan(new BigDecimal("1e-32"));
        assertThat(dual.tangent().hi()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e600", "-1e600"})
    void beyondTheRangeNothingIsKnown(String digits) {
        assertThat(new OracleNumbers(DType.FLOAT64, 0, 0)
                        .precise(Real.Precise.of(new BigDecimal(digits)))
                        .exact()
                        .isUnknown())
                .isTrue();
    }
}
