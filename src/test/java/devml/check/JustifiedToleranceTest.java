package devml.check;

import static org.assertj.core.api.Assertions.assertThat;

import devml.run.Enclosure;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The tolerance covers every bound, and none that is smaller in both its parts does. */
class JustifiedToleranceTest {

    private static Enclosure enclosure(double[] exact, double[] errors, int... doubtful) {
        Shape shape = Shape.of(exact.length);
        List<BitSet> doubts = new ArrayList<>();
        for (int i = 0; i < exact.length; i++) {
            doubts.add(new BitSet());
        }
        for (int i : doubtful) {
            doubts.get(i).set(0);
        }
        Tensor.Doubles zeros = new Tensor.Doubles(shape, new double[exact.length]);
        return new Enclosure(new Tensor.Doubles(shape, exact), zeros, zeros, new Tensor.Doubles(shape, errors), doubts);
    }

    private static boolean covers(Tolerance tolerance, double[] exact, double[] errors) {
        for (int i = 0; i < exact.length; i++) {
            if (tolerance.bound(exact[i]) < errors[i]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void coversAllAndNothingSmallerDoes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 100; round++) {
            double[] exact = random.doubles(20, -1, 1).toArray();
            double[] errors = new double[20];
            for (int i = 0; i < 20; i++) {
                errors[i] = random.nextDouble(1e-16, 1e-14) * (i % 3 == 0 ? 1 : Math.abs(exact[i]));
            }
            Tolerance tolerance = JustifiedTolerance.of(List.of(enclosure(exact, errors)));
            assertThat(covers(tolerance, exact, errors)).isTrue();
            assertThat(covers(new Tolerance(tolerance.rtol() * 0.9, tolerance.atol() * 0.9), exact, errors))
                    .isFalse();
        }
    }

    @Test
    void relativeErrorsNeedNoAbsolutePart() {
        double[] exact = {1e-3, 1, 1e3};
        double[] errors = {2e-19, 2e-16, 2e-13};
        Tolerance tolerance = JustifiedTolerance.of(List.of(enclosure(exact, errors)));
        assertThat(tolerance.rtol()).isEqualTo(2.1e-16);
        assertThat(tolerance.atol()).isZero();
    }

    @Test
    void equalErrorsNeedNoRelativePart() {
        double[] exact = {0, 0, 1};
        double[] errors = {3e-16, 3e-16, 3e-16};
        Tolerance tolerance = JustifiedTolerance.of(List.of(enclosure(exact, errors)));
        assertThat(tolerance.atol()).isEqualTo(3.1e-16);
        assertThat(tolerance.rtol()).isLessThan(1e-18);
    }

    @Test
    void whatHasNoBoundOrIsDoubtfulIsLeftOut() {
        double[] exact = {1, 1, 1};
        double[] errors = {1e-16, Double.POSITIVE_INFINITY, 1};
        assertThat(JustifiedTolerance.of(List.of(enclosure(exact, errors, 2))).rtol())
                .isEqualTo(1.1e-16);
    }
}
