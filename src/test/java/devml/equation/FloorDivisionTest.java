package devml.equation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloorDivisionTest {

    /** As {@code torch.div(x, y, rounding_mode='floor')} has it, in float32 as well. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.1, 9",
        "-1, 0.1, -10",
        "7, -2, -4",
        "-7, -2, 3",
        "6, 3, 2",
        "0, 1, 0",
        "-0.0, 1, -0.0",
        "0, -1, -0.0",
        "-0.0, -1, 0",
        "1e-40, 3, 0",
        "-1e-40, 3, -1",
        "1, Infinity, 0",
        "1, -Infinity, -1",
        "-1, Infinity, -1",
        "-1, -Infinity, 0",
        "0, Infinity, 0",
        "0, -Infinity, -0.0",
        "Infinity, 1, NaN",
        "-Infinity, 1, NaN",
        "Infinity, -Infinity, NaN",
        "Infinity, 0, Infinity",
        "1, 0, Infinity",
        "1, -0.0, -Infinity",
        "-1, 0, -Infinity",
        "0, 0, NaN",
        "NaN, 1, NaN",
        "1, NaN, NaN"
    })
    void specialValues(double x, double y, double expected) {
        assertThat(Double.compare(FloorDivision.floor(x, y), expected)).isZero(); // -0.0 is not 0.0, NaN is NaN
        assertThat(Float.compare(FloorDivision.floor((float) x, (float) y), (float) expected))
                .isZero();
    }

    @Test
    void overflowsAsTheQuotientDoes() {
        assertThat(FloorDivision.floor(1e308, -1e-10)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(FloorDivision.floor(1e30f, 1e-30f)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    /** Dividends at and beside multiples, where the rounded quotient is whole and the exact one often is not. */
    @Test
    void isTheFloorOfTheExactQuotient() {
        SplittableRandom random = new SplittableRandom(1);
        int corrected = 0;
        for (int i = 0; i < 20_000; i++) {
            double y = random.nextDouble(-10, 10);
            double x = random.nextLong(-1L << random.nextInt(1, 50), 1L << 49) * y;
            double dividend = i % 3 == 0 ? Math.nextUp(x) : i % 3 == 1 ? Math.nextDown(x) : x;
            double floor = FloorDivision.floor(dividend, y);
            assertThat(floor)
                    .as("%s by %s", dividend, y)
                    .isEqualTo(exact(dividend, y).doubleValue());
            corrected += floor == Math.floor(dividend / y) ? 0 : 1;

            float b = (float) y;
            float a = random.nextInt(-1 << random.nextInt(1, 21), 1 << 20) * b;
            float beside = i % 3 == 0 ? Math.nextUp(a) : i % 3 == 1 ? Math.nextDown(a) : a;
            assertThat(FloorDivision.floor(beside, b))
                    .as("%s by %s", beside, b)
                    .isEqualTo(exact(beside, b).floatValue());
        }
        assertThat(corrected).as("that the quotient as rounded has wrong").isGreaterThan(1_000);
    }

    /** By the bound of {@link FloorDivision}. */
    @Test
    void largeQuotientsAreNearlyRight() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double y = random.nextDouble(-10, 10);
            double x = Math.scalb(random.nextDouble(-1, 1), random.nextInt(45, 300));
            BigDecimal exact = exact(x, y);
            BigDecimal error = exact.subtract(new BigDecimal(FloorDivision.floor(x, y)));
            assertThat(error.abs()).isLessThanOrEqualTo(exact.abs().multiply(power(-50)));

            float b = (float) y;
            float a = Math.scalb((float) random.nextDouble(-1, 1), random.nextInt(16, 100));
            BigDecimal of = exact(a, b);
            error = of.subtract(new BigDecimal(FloorDivision.floor(a, b)));
            assertThat(error.abs()).isLessThanOrEqualTo(of.abs().multiply(power(-21)));
        }
    }

    private static BigDecimal power(int exponent) {
        return new BigDecimal(Math.scalb(1.0, exponent));
    }

    private static BigDecimal exact(double x, double y) {
        return new BigDecimal(x).divide(new BigDecimal(y), 0, RoundingMode.FLOOR);
    }
}
