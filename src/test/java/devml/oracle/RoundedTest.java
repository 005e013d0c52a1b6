package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The error analysis, on what floating point does. That it bounds the errors of networks, EnclosureTest shows. */
class RoundedTest {
    private static final Precision FLOAT64 = Precision.FLOAT64;

    private static Rounded of(double value) {
        return Rounded.exactly(Ball.of(value));
    }

    @Test
    void boundsSumsInEveryOrder() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            int n = random.nextInt(2, 60);
            double[] terms = random.doubles(n, -1, 1).toArray();
            terms[0] = 1e6 * terms[0];
            Rounded sum = Rounded.ZERO;
            BigDecimal exact = BigDecimal.ZERO;
            double size = 0;
            for (double term : terms) {
                sum = sum.add(of(term));
                exact = exact.add(new BigDecimal(term));
                size += Math.abs(term);
            }
            double computed = inAnyOrder(terms, random);
            double error = new BigDecimal(computed).subtract(exact).abs().doubleValue();
            assertThat(error).isLessThanOrEqualTo(sum.error(FLOAT64));
            assertThat(sum.error(FLOAT64)).isLessThanOrEqualTo(1.001 * (n - 1) * 0x1p-53 * size);
        }
    }

    /** Adds up two of the numbers at a time, whichever. */
    private static double inAnyOrder(double[] terms, SplittableRandom random) {
        double[] left = terms.clone();
        for (int n = left.length; n > 1; n--) {
            int i = random.nextInt(n);
            double x = left[i];
            left[i] = left[n - 1];
            int j = random.nextInt(n - 1);
            left[j] += x;
        }
        return left[0];
    }

    @Test
    void exactZerosAddNoRounding() {
        assertThat(of(0.1).add(Rounded.ZERO).add(Rounded.ZERO).error(FLOAT64)).isZero();
        assertThat(of(0.1).add(of(0.2)).error(FLOAT64)).isBetween(0x1p-53 * 0.3, 0x1p-53 * 0.3001);
    }

    @Test
    void productsAndQuotientsRoundUnlessTheyScale() {
        assertThat(of(0.1).multiply(of(4), FLOAT64).error(FLOAT64)).isZero();
        assertThat(of(0.1).divide(of(4), FLOAT64).error(FLOAT64)).isZero();
        assertThat(of(0.1).multiply(Rounded.ZERO, FLOAT64).error(FLOAT64)).isZero();
        assertThat(of(0.1).multiply(of(3), FLOAT64).error(FLOAT64)).isBetween(0x1p-53 * 0.3, 0x1p-53 * 0.3001);
        assertThat(of(1).divide(of(3), FLOAT64).error(FLOAT64)).isBetween(0x1p-53 / 3, 0x1p-53);
    }

    @Test
    void errorsOfOperandsCount() {
        Rounded sum = of(0.1).add(of(0.2));
        double error = sum.error(FLOAT64);
        assertThat(sum.multiply(of(3), FLOAT64).error(FLOAT64)).isBetween(3 * error, 3 * error + 1e-16);
        Rounded difference = of(1e16).add(of(1)).closed(FLOAT64).add(of(-1e16));
        assertThat(difference.exact().mid().hi()).isEqualTo(1);
        assertThat(difference.error(FLOAT64))
                .as("what cancels leaves its error")
                .isGreaterThan(1);
        assertThat(of(2).divide(difference, FLOAT64).error(FLOAT64)).isInfinite();
    }

    @Test
    void whatMayOverflowHasNoBound() {
        assertThat(of(1e20).multiply(of(1e20), Precision.FLOAT32).error(Precision.FLOAT32))
                .isInfinite();
        assertThat(of(1e20).multiply(of(1e20), FLOAT64).error(FLOAT64)).isLessThan(1e25);
    }
}
