package devml.check;

import static org.assertj.core.api.Assertions.assertThat;

import devml.run.Enclosure;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
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

    private static Tolerance justified(double[] exact, double[] errors) {
        return JustifiedTolerance.of(List.of(enclosure(exact, errors)))
                .tolerance()
                .orElseThrow();
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
            Tolerance tolerance = justified(exact, errors);
            assertThat(covers(tolerance, exact, errors)).isTrue();
            assertThat(covers(new Tolerance(tolerance.rtol() * 0.9, tolerance.atol() * 0.9), exact, errors))
                    .isFalse();
        }
    }

    @Test
    void relativeErrorsNeedNoAbsolutePart() {
        double[] exact = {1e-3, 1, 1e3};
        double[] errors = {2e-19, 2e-16, 2e-13};
        Tolerance tolerance = justified(exact, errors);
        assertThat(tolerance.rtol()).isEqualTo(2.1e-16);
        assertThat(tolerance.atol()).isZero();
    }

    @Test
    void equalErrorsNeedNoRelativePart() {
        double[] exact = {0, 0, 1};
        double[] errors = {3e-16, 3e-16, 3e-16};
        Tolerance tolerance = justified(exact, errors);
        assertThat(tolerance.atol()).isEqualTo(3.1e-16);
        assertThat(tolerance.rtol()).isZero();
    }

    @Test
    void whatHasNoBoundOrIsDoubtfulIsLeftOut() {
        double[] exact = {1, 1, 1};
        double[] errors = {1e-16, Double.POSITIVE_INFINITY, 1};
        JustifiedTolerance justified = JustifiedTolerance.of(List.of(enclosure(exact, errors, 2)));
        assertThat(justified).isEqualTo(new JustifiedTolerance(Optional.of(new Tolerance(1.1e-16, 0)), 2));
    }

    @Test
    void whereAllIsLeftOutNothingIsJustified() {
        double[] errors = {1e-16, Double.POSITIVE_INFINITY};
        assertThat(JustifiedTolerance.of(List.of(enclosure(new double[] {1, 1}, errors, 0))))
                .isEqualTo(new JustifiedTolerance(Optional.empty(), 2));
        assertThat(justified(new double[0], new double[0])).isEqualTo(Tolerance.EXACT);
    }

    /** Bounds that hardly differ: the best pair has an rtol far below a rounding, and allows a thousandth less. */
    @Test
    void aPartThatHardlyHelpsIsLeftAway() {
        double[] exact = {0.1, 0.5, 2};
        double[] errors = {1.9e-15, 1.901e-15, 1.903e-15};
        assertThat(justified(exact, errors)).isEqualTo(new Tolerance(0, 2e-15));
        assertThat(justified(new double[] {0.041}, new double[] {8.32e-16})).isEqualTo(new Tolerance(2.1e-14, 0));
        double[] others = {2.001e-16, 1e-15, 4e-15};
        assertThat(justified(exact, others)).isEqualTo(new Tolerance(2.1e-15, 0));
    }
}
