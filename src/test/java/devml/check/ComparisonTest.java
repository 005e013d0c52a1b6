package devml.check;

import static devml.check.Tensors.doubles;
import static devml.check.Tensors.floats;
import static devml.check.Tensors.longs;
import static devml.check.Tensors.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import devml.check.TensorResult.Compared;
import devml.check.TensorResult.Missing;
import devml.check.TensorResult.ShapeMismatch;
import devml.check.TensorResult.Unexpected;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static Comparison equalNames(Map<String, Tensor> values, Map<String, Tensor> references) {
        return Comparison.ofEqualNames(values, references, Tolerance::between);
    }

    private static Compared compare(Tensor value, Tensor reference) {
        return (Compared)
                equalNames(Map.of("w", value), Map.of("w", reference)).results().getFirst();
    }

    @Test
    void equalTensorsPass() {
        Comparison comparison =
                equalNames(Map.of("w", doubles(1, NAN, INF, 0.0)), Map.of("w", doubles(1, NAN, INF, -0.0)));
        assertThat(comparison.verdict()).isEqualTo(Verdict.PASS);
        Compared w = (Compared) comparison.results().getFirst();
        assertThat(w.failing()).isZero();
        assertThat(List.of(w.maxAbsolute(), w.maxRelative(), w.maxUlps(), w.maxNorm(), w.multiple()))
                .containsOnly(0.0);
    }

    @Test
    void findsTheWorstEntry() {
        Tensor value = new Tensor.Doubles(Shape.of(2, 3), new double[] {1, 2, 3, 4 + 2e-6, 5, 6 - 1e-6});
        Tensor reference = new Tensor.Doubles(Shape.of(2, 3), new double[] {1, 2, 3, 4, 5, 6});
        Compared w = compare(value, reference);
        assertThat(w.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(w.failing()).isEqualTo(2);
        // the differences carry the rounding of 4 + 2e-6 to a double, 2^-51 at most
        assertThat(w.maxAbsolute()).isCloseTo(2e-6, within(0x1p-51));
        assertThat(w.maxRelative()).isCloseTo(5e-7, within(0x1p-51));
        assertThat(w.maxNorm()).isCloseTo(2e-6 / 6, within(0x1p-51));
        assertThat(w.maxUlps()).isEqualTo(Math.rint(2e-6 * 0x1p50));
        Entry worst = w.worst().orElseThrow();
        assertThat(worst.index()).containsExactly(1, 0);
        assertThat(worst.value()).isEqualTo(4 + 2e-6);
        assertThat(worst.reference()).isEqualTo(4.0);
        assertThat(worst.deviation().bound()).isEqualTo(1e-7 + 1e-7 * 4);
        assertThat(w.multiple()).isCloseTo(4, within(1e-8));
    }

    /** The worst is measured by its bound, so a large error beside a large reference may be harmless. */
    @Test
    void theWorstEntryIsNotThatWithTheLargestError() {
        Compared w = compare(doubles(1e6 + 1e-3, 1e-6), doubles(1e6, 0));
        assertThat(w.worst().orElseThrow().index()).containsExactly(1);
        assertThat(w.maxAbsolute()).isGreaterThan(9e-4);
        assertThat(w.failing()).isEqualTo(1);
    }

    @Test
    void theFirstOfEquallyBadEntriesIsNamed() {
        assertThat(compare(doubles(0, 1, 1), doubles(0, 2, 2))
                        .worst()
                        .orElseThrow()
                        .index())
                .containsExactly(1);
    }

    @Test
    void nanAgainstANumberFailsWhateverTheTolerance() {
        Comparison comparison = Comparison.ofEqualNames(
                Map.of("w", doubles(1, NAN)), Map.of("w", doubles(1, 2)), (_, _) -> new Tolerance(1e300, 1e300));
        Compared w = (Compared) comparison.results().getFirst();
        assertThat(comparison.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(w.multiple()).isEqualTo(INF);
        assertThat(w.maxNorm()).isEqualTo(INF);
        assertThat(w.worst().orElseThrow().index()).containsExactly(1);
    }

    @Test
    void infiniteReferencesDoNotDiluteTheMaximumNorm() {
        assertThat(compare(doubles(INF, 3), doubles(INF, 2)).maxNorm()).isEqualTo(0.5);
    }

    @Test
    void maximumNormOfZerosIsInfiniteUnlessAllAreEqual() {
        assertThat(compare(doubles(0, 1e-12), doubles(0, 0)).maxNorm()).isEqualTo(INF);
        assertThat(compare(doubles(0, 0), doubles(0, 0)).maxNorm()).isZero();
    }

    @Test
    void keepsTheTypesOfTheNumbers() {
        Entry worst = compare(floats(0.1f), doubles(0.1)).worst().orElseThrow();
        assertThat(worst.value()).isEqualTo(0.1f);
        assertThat(worst.reference()).isEqualTo(0.1);
        assertThat(worst.deviation().ulps()).isZero();
        assertThat(worst.deviation().absolute()).isGreaterThan(1e-9);
    }

    @Test
    void integersAreComparedExactly() {
        long large = 1L << 53;
        Comparison comparison = Comparison.ofEqualNames(
                Map.of("w", longs(7, large + 1)), Map.of("w", longs(7, large)), (_, _) -> new Tolerance(1, 1));
        Compared w = (Compared) comparison.results().getFirst();
        assertThat(w.failing()).isEqualTo(1);
        assertThat(w.maxAbsolute()).isEqualTo(1);
        assertThat(w.worst().orElseThrow().value()).isEqualTo(large + 1);
    }

    @Test
    void comparesScalars() {
        Compared w = compare(scalar(1), scalar(2));
        assertThat(w.worst().orElseThrow().index()).isEmpty();
        assertThat(w.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void shapesNeverBroadcastOrTranspose() {
        Tensor row = new Tensor.Doubles(Shape.of(1, 2), new double[] {1, 1});
        Tensor column = new Tensor.Doubles(Shape.of(2, 1), new double[] {1, 1});
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("transposed", row);
        values.put("squeezed", row);
        values.put("broadcast", scalar(1));
        Comparison comparison =
                equalNames(values, Map.of("transposed", column, "squeezed", doubles(1, 1), "broadcast", doubles(1)));
        assertThat(comparison.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(comparison.results())
                .containsExactly(
                        new ShapeMismatch("transposed", Shape.of(1, 2), Shape.of(2, 1)),
                        new ShapeMismatch("squeezed", Shape.of(1, 2), Shape.of(2)),
                        new ShapeMismatch("broadcast", Shape.SCALAR, Shape.of(1)));
    }

    @Test
    void equalNamesAreRequiredOnBothSides() {
        Comparison comparison = equalNames(Map.of("conv.weight", doubles(1)), Map.of("conv.wieght", doubles(1)));
        assertThat(comparison.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(comparison.results())
                .containsExactly(
                        new Unexpected("conv.weight", Shape.of(1), true),
                        new Missing("conv.wieght", Shape.of(1), "; did you mean 'conv.weight'?"));
    }

    @Test
    void hintsNameOnlyWhatHasNoReferenceYet() {
        Comparison comparison =
                equalNames(Map.of("fc1.bias", doubles(1)), Map.of("fc1.bias", doubles(1), "fc2.bias", doubles(1)));
        assertThat(comparison.results().getLast()).isEqualTo(new Missing("fc2.bias", Shape.of(1), ""));
    }

    @Test
    void hintsAreGuessesNotLists() {
        Comparison comparison = equalNames(Map.of("conv.weight", doubles(1)), Map.of("loss", doubles(1)));
        assertThat(comparison.results().getLast()).isEqualTo(new Missing("loss", Shape.of(1), ""));
    }

    @Test
    void aReferenceMayHoldAPart() {
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("w", doubles(1));
        values.put("b", doubles(1));
        values.put("values/y", doubles(1));
        Map<String, Tensor> references = Map.of("w", doubles(1));
        Comparison lenient = Comparison.of(values, references, Tolerance::between, Set.of("w", "b"), false);
        assertThat(lenient.verdict()).isEqualTo(Verdict.PASS);
        assertThat(lenient.count(Verdict.UNCHECKED)).isEqualTo(1);
        assertThat(lenient.results()).hasSize(2).contains(new Unexpected("b", Shape.of(1), false));
        Comparison strict = Comparison.of(values, references, Tolerance::between, Set.of("w", "b"), true);
        assertThat(strict.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(strict.results()).hasSize(2).contains(new Unexpected("b", Shape.of(1), true));
    }

    @Test
    void whatTheReferenceNamesMustHaveBeenComputed() {
        Comparison comparison = Comparison.of(
                Map.of("w", doubles(1)),
                Map.of("w", doubles(1), "values/y", doubles(1)),
                Tolerance::between,
                Set.of("w"),
                false);
        assertThat(comparison.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void anEmptyReferenceFails() {
        Comparison comparison =
                Comparison.of(Map.of("w", doubles(1)), Map.of(), Tolerance::between, Set.of("w"), false);
        assertThat(comparison.isVacuous()).isTrue();
        assertThat(comparison.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(equalNames(Map.of(), Map.of()).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void tensorsWithoutEntriesProveNothing() {
        Comparison empty = equalNames(Map.of("w", doubles()), Map.of("w", doubles()));
        assertThat(empty.isVacuous()).isTrue();
        assertThat(empty.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(equalNames(Map.of("w", doubles(), "b", doubles(1)), Map.of("w", doubles(), "b", doubles(1)))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void namesTheWorstTensor() {
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("a", doubles(1));
        values.put("b", doubles(3));
        values.put("c", doubles(2));
        Comparison comparison = equalNames(values, Map.of("a", doubles(1), "b", doubles(1), "c", doubles(1)));
        assertThat(comparison.worst().orElseThrow().name()).isEqualTo("b");
        assertThat(comparison.count(Verdict.FAIL)).isEqualTo(2);
        assertThat(comparison.count(Verdict.PASS)).isEqualTo(1);
    }

    @Test
    void theGravestFileDecides() {
        FileComparison good =
                new FileComparison("good.yaml", equalNames(Map.of("w", doubles(1)), Map.of("w", doubles(1))), Map.of());
        FileComparison bad =
                new FileComparison("bad.yaml", equalNames(Map.of("w", doubles(1)), Map.of("w", doubles(2))), Map.of());
        assertThat(FileComparison.verdict(List.of(good, good))).isEqualTo(Verdict.PASS);
        assertThat(FileComparison.verdict(List.of(good, bad, good))).isEqualTo(Verdict.FAIL);
        assertThat(FileComparison.verdict(List.of())).isEqualTo(Verdict.FAIL);
    }
}
