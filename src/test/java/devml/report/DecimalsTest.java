package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "0.5, 0.5",
        "1.0000000001, 1.01",
        "0.3334, 0.334",
        "99999, 100000",
        "100000, 1.00e+05",
        "0.001, 0.001",
        "0.00099991, 1.00e-03",
        "1e-7, 1.00e-07",
        "1.7976931348623157e308, 1.80e+308",
        "4.9e-324, 4.90e-324",
        "Infinity, inf",
        "NaN, nan",
    })
    void errorsAreRoundedUp(double error, String text) {
        assertThat(Decimals.error(error)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "999999, 999999", "1000000, 1.00e+06", "Infinity, inf"})
    void ulpsAreCounted(double ulps, String text) {
        assertThat(Decimals.ulps(ulps)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.10000000000000001",
        "-1, -1.0000000000000000",
        "0.30000000000000004, 0.30000000000000004",
        "123456789.125, 123456789.12500000",
        "1e16, 1.0000000000000000e+16",
        "1e-4, 0.00010000000000000000",
        "1e-5, 1.0000000000000001e-05",
        "9e-6, 9.0000000000000002e-06",
        "0.99999999999999989, 0.99999999999999989",
        "-0.0, -0",
        "0.0, 0",
        "NaN, nan",
        "-Infinity, -inf",
    })
    void doublesHaveSeventeenDigits(double number, String text) {
        assertThat(Decimals.exact(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.100000001", "1e20, 1.00000002e+20", "NaN, nan"})
    void floatsHaveNineDigits(float number, String text) {
        assertThat(Decimals.exact(number)).isEqualTo(text);
    }

    @Test
    void integersHaveAll() {
        assertThat(Decimals.exact(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    }
}
