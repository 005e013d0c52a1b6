package devml.random;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "NaN, 1", "0, NaN", "0, Infinity", "-1e308, 1e308"})
    void refusesUniform(double low, double high) {
        assertThatThrownBy(() -> new Distribution.Uniform(low, high))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "uniform(low = %s, high = %s): low must not be above high, and high - low finite", low, high);
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "NaN, 1", "0, NaN", "0, Infinity", "Infinity, 1"})
    void refusesNormal(double mean, double std) {
        assertThatThrownBy(() -> new Distribution.Normal(mean, std))
                .isInstanceOf(Fault.class)
                .hasMessage("normal(mean = %s, std = %s): both must be finite, and std not negative", mean, std);
    }
}
