package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the texts that NumPy printed (testdata/printing/make.py). */
class ArrayTextTest {

    record Case(String name, String dtype, int[] shape, List<String> values, List<String> text) {
        @Override
        public String toString() {
            return name;
        }

        Tensor tensor() {
            Shape shape = Shape.of(this.shape);
            IntStream all = IntStream.range(0, shape.size());
            return switch (dtype) {
                case "int64" ->
                    new Tensor.Longs(
                            shape, all.mapToLong(i -> Long.parseLong(value(i))).toArray());
                case "float64" ->
                    new Tensor.Doubles(
                            shape, all.mapToDouble(i -> parse(value(i))).toArray());
                case "float32" ->
                    new Tensor.Doubles(
                                    shape, all.mapToDouble(i -> parse(value(i))).toArray())
                            .toFloats();
                default -> throw new IllegalArgumentException(dtype);
            };
        }

        private String value(int i) {
            return values.get(i % values.size());
        }

        private static double parse(String hex) {
            return switch (hex) {
                case "nan" -> Double.NaN;
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(hex);
            };
        }
    }

    static Stream<Case> cases() throws IOException {
        String json = Files.readString(Path.of("testdata/printing/cases.json"));
        return Stream.of(new Gson().fromJson(json, Case[].class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsWhatNumPyPrints(Case expected) {
        assertThat(ArrayText.of(expected.tensor())).isEqualTo(String.join("\n", expected.text()));
    }

    @Test
    void coversEveryKindOfArray() throws IOException {
        assertThat(cases().map(Case::dtype))
                .contains("float64", "float32", "int64")
                .hasSizeGreaterThan(150);
        assertThat(cases().map(Case::name)).doesNotHaveDuplicates();
    }
}
