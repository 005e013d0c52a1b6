package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TensorStatisticsTest {

    private static TensorStatistics of(double... values) {
        return TensorStatistics.of(Samples.doubles(Shape.of(values.length), values));
    }

    @Test
    void normMinMax() {
        assertThat(of(3, -4)).isEqualTo(new TensorStatistics(5, -4, 3));
        assertThat(TensorStatistics.of(new Tensor.Longs(Shape.of(2), new long[] {3, 4})))
                .isEqualTo(new TensorStatistics(5, 3, 4));
    }

    @Test
    void squaresNeitherOverflowNorUnderflow() {
        assertThat(of(0x3p1000, 0x4p1000).norm()).isEqualTo(0x5p1000);
        assertThat(of(0x3p-1072, 0x4p-1072).norm()).isEqualTo(0x5p-1072);
        assertThat(of(Double.MIN_VALUE).norm()).isEqualTo(Double.MIN_VALUE);
        assertThat(of(0, 0).norm()).isZero();
    }

    @Test
    void nanAndInfinity() {
        assertThat(of(1, Double.NaN, Double.POSITIVE_INFINITY))
                .isEqualTo(new TensorStatistics(Double.NaN, Double.NaN, Double.NaN));
        assertThat(of(1, Double.NEGATIVE_INFINITY).norm()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void noElements() {
        assertThat(of().norm()).isZero();
    }
}
