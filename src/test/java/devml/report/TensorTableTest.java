package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class TensorTableTest {
    private static final Optional<Tensor> LOSS = Optional.of(Samples.doubles(Shape.SCALAR, 46.215193346));

    private static SequencedMap<String, Tensor> tensors() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv.weight", Samples.doubles(Shape.of(2, 2), 1, -2, 4, 2));
        tensors.put("conv.bias", Samples.doubles(Shape.of(1), -0.75));
        return tensors;
    }

    @Test
    void alignsNumbersAtThePoint() {
        assertThat(TensorTable.of(tensors(), LOSS)).isEqualTo("""
                tensor       shape   norm    min    max
                conv.weight  (2, 2)  5.    -2.     4.
                conv.bias    (1,)    0.75  -0.75  -0.75
                loss 46.215193346
                """);
    }

    @Test
    void doesWithoutALoss() {
        assertThat(TensorTable.of(tensors(), Optional.empty()))
                .doesNotContain("loss")
                .endsWith("-0.75\n");
    }

    @Test
    void showsWhatIsNotFiniteOrEmpty() {
        SequencedMap<String, Tensor> tensors = tensors();
        tensors.put("nan", Samples.doubles(Shape.of(2), Double.NaN, 1));
        tensors.put("inf", Samples.doubles(Shape.of(2), Double.NEGATIVE_INFINITY, 1));
        tensors.put("empty", Samples.doubles(Shape.of(0, 3)));
        assertThat(TensorTable.of(tensors, Optional.empty())).isEqualTo("""
                tensor       shape   norm    min    max
                conv.weight  (2, 2)  5.    -2.     4.
                conv.bias    (1,)    0.75  -0.75  -0.75
                nan          (2,)     nan    nan    nan
                inf          (2,)     inf   -inf   1.
                empty        (0, 3)  0.        -      -
                """);
    }

    /** In double precision 0.1f is 0.10000000149, in its own 0.1. */
    @Test
    void singlePrecisionHasItsOwnDigits() {
        Tensor floats = new Tensor.Floats(Shape.of(2), new float[] {0.1f, 1e-7f});
        assertThat(TensorTable.of(Map.of("w", floats), Optional.empty())).isEqualTo("""
                tensor  shape  norm     min  max
                w       (2,)    0.1  1.e-07  0.1
                """);
    }

    @Test
    void writesJson() {
        assertThat(JsonParser.parseString(TensorTable.json(tensors(), LOSS))).isEqualTo(JsonParser.parseString("""
                {"loss": 46.215193346, "tensors": [
                  {"tensor": "conv.weight", "shape": [2, 2], "norm": 5.0, "min": -2.0, "max": 4.0},
                  {"tensor": "conv.bias", "shape": [1], "norm": 0.75, "min": -0.75, "max": -0.75}]}
                """));
        Map<String, Tensor> odd = Map.of("w", Samples.doubles(Shape.of(0)));
        assertThat(JsonParser.parseString(TensorTable.json(odd, Optional.empty())))
                .isEqualTo(JsonParser.parseString("""
                        {"loss": null, "tensors": [{"tensor": "w", "shape": [0], "norm": 0.0}]}
                        """));
    }

    @Test
    void writesALossOfSeveralNumbersAsAList() {
        Tensor rows = Samples.doubles(Shape.of(2, 1), 0.5, Double.NaN);
        assertThat(TensorTable.json(Map.of(), Optional.of(rows))).contains("\"loss\": [[0.5], [\"NaN\"]],");
    }
}
