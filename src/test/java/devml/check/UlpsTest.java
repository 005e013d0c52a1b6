package devml.check;

import static devml.check.Tensors.doubles;
import static devml.check.Tensors.floats;
import static devml.check.Tensors.longs;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UlpsTest {

    @Test
    void countsDoubles() {
        assertThat(Ulps.DOUBLE.between(1, Math.nextUp(1.0))).isEqualTo(1);
        assertThat(Ulps.DOUBLE.between(Math.nextDown(1.0), Math.nextUp(1.0))).isEqualTo(2);
        assertThat(Ulps.DOUBLE.between(1, 2)).isEqualTo(0x1p52);
        assertThat(Ulps.DOUBLE.between(-1, Math.nextDown(-1.0))).isEqualTo(1);
    }

    @Test
    void countsAcrossZero() {
        assertThat(Ulps.DOUBLE.between(0.0, -0.0)).isZero();
        assertThat(Ulps.DOUBLE.between(Double.MIN_VALUE, -0.0)).isEqualTo(1);
        assertThat(Ulps.DOUBLE.between(Double.MIN_VALUE, -Double.MIN_VALUE)).isEqualTo(2);
        assertThat(Ulps.FLOAT.between(0.0, -0.0)).isZero();
        assertThat(Ulps.FLOAT.between(Float.MIN_VALUE, -Float.MIN_VALUE)).isEqualTo(2);
    }

    @Test
    void countsFartherThanALongCan() {
        double half = Double.doubleToLongBits(Double.MAX_VALUE);
        assertThat(Ulps.DOUBLE.between(-Double.MAX_VALUE, Double.MAX_VALUE)).isEqualTo(2 * half);
        assertThat(Ulps.distance(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(0x1p64);
        assertThat(Ulps.distance(3, -4)).isEqualTo(7);
    }

    @Test
    void countsFloats() {
        assertThat(Ulps.FLOAT.between(1, Math.nextUp(1f))).isEqualTo(1);
        assertThat(Ulps.FLOAT.between(1, 2)).isEqualTo(0x1p23);
        assertThat(Ulps.FLOAT.between(1, 1 + 0x1p-40)).isZero();
    }

    @Test
    void theLowerPrecisionIsTheUnit() {
        assertThat(Ulps.of(doubles(1), doubles(1))).isEqualTo(Ulps.DOUBLE);
        assertThat(Ulps.of(doubles(1), floats(1))).isEqualTo(Ulps.FLOAT);
        assertThat(Ulps.of(floats(1), doubles(1))).isEqualTo(Ulps.FLOAT);
        assertThat(Ulps.of(longs(1), doubles(1))).isEqualTo(Ulps.DOUBLE);
    }
}
