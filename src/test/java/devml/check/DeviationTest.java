package devml.check;

import static java.lang.Double.MAX_VALUE;
import static java.lang.Double.MIN_VALUE;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviationTest {
    private static final Tolerance LOOSE = new Tolerance(0.5, 2);

    private static Deviation of(double value, double reference, Tolerance tolerance) {
        return Deviation.of(value, reference, tolerance, Ulps.DOUBLE);
    }

    @Test
    void measuresErrors() {
        assertThat(of(7, 4, LOOSE)).isEqualTo(new Deviation(3, 0.75, Ulps.DOUBLE.between(7, 4), 4, 0.75));
        assertThat(of(1, -4, LOOSE)).isEqualTo(new Deviation(5, 1.25, Ulps.DOUBLE.between(1, -4), 4, 1.25));
    }

    @Test
    void theBoundItselfPasses() {
        assertThat(of(8, 4, LOOSE).fails()).isFalse();
        assertThat(of(Math.nextUp(8.0), 4, LOOSE).fails()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "0.0, -0.0",
        "-0.0, 0.0",
    })
    void areEqual(double value, double reference) {
        assertThat(of(value, reference, Tolerance.EXACT)).isEqualTo(new Deviation(0, 0, 0, 0, 0));
        assertThat(of(value, reference, LOOSE).fails()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 1",
        "1, NaN",
        "Infinity, -Infinity",
        "Infinity, 1e308",
        "1e308, -Infinity",
        "NaN, Infinity",
        "Infinity, NaN",
    })
    void isInfinitelyFarFromWhatIsNotFinite(double value, double reference) {
        Deviation deviation = of(value, reference, LOOSE);
        assertThat(deviation.fails()).isTrue();
        assertThat(deviation.multiple()).isEqualTo(POSITIVE_INFINITY);
        assertThat(deviation.absolute()).isEqualTo(POSITIVE_INFINITY);
        assertThat(deviation.relative()).isEqualTo(POSITIVE_INFINITY);
        assertThat(deviation.ulps()).isEqualTo(POSITIVE_INFINITY);
    }

    @Test
    void isInfiniteRelativeToZero() {
        Deviation deviation = of(1e-9, 0, Tolerance.of(DType.FLOAT64));
        assertThat(deviation.relative()).isEqualTo(POSITIVE_INFINITY);
        assertThat(deviation.fails()).isFalse();
    }

    @Test
    void zeroToleranceAcceptsNoError() {
        Deviation deviation = of(MIN_VALUE, 0, Tolerance.EXACT);
        assertThat(deviation.multiple()).isEqualTo(POSITIVE_INFINITY);
        assertThat(deviation.absolute()).isEqualTo(MIN_VALUE);
    }

    /** In double precision, the error 2.5 * 2^1023 and the bound 2^1024 are both infinite. */
    @Test
    void infiniteErrorsDoNotHideBehindInfiniteBounds() {
        assertThat(of(0x1.8p1023, -0x1p1023, new Tolerance(2, 0)).multiple()).isEqualTo(1.25);
        assertThat(of(0x1.8p1023, -0x1p1023, new Tolerance(4, 0)).multiple()).isEqualTo(0.625);
        assertThat(of(MAX_VALUE, -MAX_VALUE, new Tolerance(1e-7, 0)).multiple()).isBetween(1.9e7, 2.1e7);
        assertThat(of(MAX_VALUE, -MAX_VALUE, new Tolerance(1e-7, 0)).relative()).isEqualTo(2);
        assertThat(of(1, MAX_VALUE, new Tolerance(1e300, 0)).multiple()).isZero();
        assertThat(of(NEGATIVE_INFINITY, MAX_VALUE, new Tolerance(1e300, 0)).fails())
                .isTrue();
    }

    @Test
    void integersAreEqualOrNot() {
        long large = 1L << 53;
        assertThat(Deviation.of(large, large).fails()).isFalse();
        assertThat(Deviation.of(large + 1, large)).isEqualTo(new Deviation(1, 0x1p-53, 1, 0, POSITIVE_INFINITY));
        assertThat(Deviation.of(Long.MIN_VALUE, Long.MAX_VALUE).absolute()).isEqualTo(0x1p64);
        assertThat(Deviation.of(1, 0).relative()).isEqualTo(POSITIVE_INFINITY);
    }

    @Test
    void ranksByMultipleThenByError() {
        Deviation none = new Deviation(0, 0, 0, 1, 0);
        assertThat(of(8, 4, LOOSE).isWorseThan(of(7, 4, LOOSE))).isTrue();
        assertThat(of(7, 4, LOOSE).isWorseThan(of(8, 4, LOOSE))).isFalse();
        assertThat(none.isWorseThan(none)).isFalse();
        assertThat(of(9, 8, Tolerance.EXACT).isWorseThan(of(99, 98, Tolerance.EXACT)))
                .isTrue();
        assertThat(of(2, 0, Tolerance.EXACT).isWorseThan(of(1, 0, Tolerance.EXACT)))
                .isTrue();
        assertThat(of(NaN, 1, LOOSE).isWorseThan(of(1e9, 1, LOOSE))).isTrue();
    }
}
