package devml.check;

import static devml.check.Tensors.doubles;
import static devml.check.Tensors.floats;
import static devml.check.Tensors.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToleranceTest {

    /** The table in the documentation of torch.testing.assert_close. */
    @Test
    void hasTheDefaultsOfAssertClose() {
        assertThat(Tolerance.of(DType.FLOAT64)).isEqualTo(new Tolerance(1e-7, 1e-7));
        assertThat(Tolerance.of(DType.FLOAT32)).isEqualTo(new Tolerance(1.3e-6, 1e-5));
    }

    @Test
    void theLooserTypeDecides() {
        Tolerance single = Tolerance.of(DType.FLOAT32);
        assertThat(Tolerance.between(doubles(1), doubles(1))).isEqualTo(Tolerance.of(DType.FLOAT64));
        assertThat(Tolerance.between(doubles(1), floats(1))).isEqualTo(single);
        assertThat(Tolerance.between(floats(1), doubles(1))).isEqualTo(single);
        assertThat(Tolerance.between(longs(1), floats(1))).isEqualTo(single);
        assertThat(Tolerance.between(longs(1), longs(1))).isEqualTo(Tolerance.EXACT);
    }

    @Test
    void theBoundGrowsWithTheReference() {
        Tolerance tolerance = new Tolerance(0.5, 2);
        assertThat(tolerance.bound(-8)).isEqualTo(6);
        assertThat(tolerance.bound(0)).isEqualTo(2);
        assertThat(tolerance.bound(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(tolerance.bound(Double.NaN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoTolerance(double bad) {
        assertThatThrownBy(() -> new Tolerance(bad, 0))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("rtol is " + bad);
        assertThatThrownBy(() -> new Tolerance(0, bad))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("atol is " + bad);
    }
}
