package devml.format;

import static devml.format.Golden.floats;
import static devml.format.Golden.longs;
import static devml.format.Golden.ramp;
import static devml.format.Golden.vector;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @TempDir
    Path folder;

    @Test
    void writesShapeTypeAndNestedLists() throws IOException {
        Path file = folder.resolve("x.json");
        Json.write(file, Map.of("w", new Doubles(Shape.of(2, 2), new double[] {1, -0.5, Double.NaN, 1e300})));
        assertThat(Files.readString(file)).isEqualTo("""
                {"w": {"shape": [2, 2], "dtype": "float64", "data": [[1.0, -0.5], ["NaN", 1.0E300]]}}""");
    }

    @Test
    void readsBackWhatItWrote() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        double infinity = Double.POSITIVE_INFINITY;
        tensors.put("z \"quoted\"\n", vector(infinity, -infinity, Double.NaN, -0.0, 0.1, Double.MIN_VALUE));
        tensors.put("floats", floats(0.1f, Float.MIN_VALUE, Float.POSITIVE_INFINITY));
        tensors.put("longs", longs(Long.MIN_VALUE, Long.MAX_VALUE));
        tensors.put("integral", vector(1, 2));
        tensors.put("scalar", ramp("f8"));
        tensors.put("deep", ramp("f8", 2, 1, 3, 2));
        tensors.put("none", ramp("f4", 0));
        tensors.put("empty", ramp("i8", 2, 0, 3));
        Json.write(folder.resolve("x.json"), tensors);
        assertSame(Json.readAll(folder.resolve("x.json")), tensors);
    }

    @Test
    void readsWhatPythonWrites() {
        assertSame(Json.readAll(Golden.file("small.json")), NpzTest.small());
    }

    @Test
    void readsListsAlone() throws IOException {
        assertSame(read("[[1, 2, 3], [4, 5, 6]]").get("x"), new Longs(Shape.of(2, 3), new long[] {1, 2, 3, 4, 5, 6}));
        assertSame(read("{\"a\": [1.5, 2], \"b\": 3, \"c\": [[], []]}"), new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            {
                put("a", vector(1.5, 2));
                put("b", new Longs(Shape.SCALAR, new long[] {3}));
                put("c", new Doubles(Shape.of(2, 0), new double[0]));
            }
        });
        assertSame(read("{\"a\": {\"data\": [1], \"dtype\": \"float32\"}}").get("a"), floats(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": [[1, 2], [3]]}   | at $.a[2]: a list of 1 elements; those before have 2",
                "{\"a\": [[1], 2]}        | a number and a list stand side by side",
                "{\"a\": [1, [2]]}        | a number and a list stand side by side",
                "{\"a\": [[], [[]]]}      | a list of 1 elements; those before have 0",
                "{\"a\": [1, null]}       | at $.a[1]: expected a number, found null",
                "{\"a\": [true]}          | at $.a[0]: expected a number, found true or false",
                "{\"a\": [\"1\"]}         | not a number: '1'; as strings are allowed: NaN, Infinity, -Infinity",
                "{\"a\": [NaN]}           | not valid JSON",
                "{\"a\": [1,]}            | not valid JSON",
                "{\"a\": [1]              | not valid JSON",
                "{\"a\": [1]} x           | not valid JSON",
                "{'a': [1]}               | not valid JSON: Unexpected characters at line 1 column 3",
                "{\"a\": [1], \"a\": [1]} | at $.a: the name stands here for the second time",
                "{\"a\": {\"shape\": [1]}} | a tensor without 'data'",
                "{\"a\": {\"date\": [1]}} | unknown member 'date'; did you mean 'data'?",
                "{\"a\": {\"data\": [1], \"dtype\": \"float16\"}} | unknown dtype 'float16'; allowed: float64",
                "{\"a\": {\"data\": [1.5], \"dtype\": \"int64\"}} | not all numbers are integers",
                "{\"a\": {\"data\": [1], \"shape\": [2]}} | shape (2,), but the lists have shape (1,)",
                "{\"a\": {\"data\": [], \"shape\": [3, 0]}} | shape (3, 0), but the lists have shape (0,)",
                "{\"a\": {\"data\": [1], \"shape\": [-1]}} | shape [-1] has a negative extent",
                "{\"a\": {\"data\": [1], \"shape\": [99999, 99999]}} | shape [99999, 99999] is too large",
                "{\"a\": {\"data\": [1], \"shape\": [1.5]}} | expected an integer of at most 64 bits, found 1.5",
                "7                        | expected an object, found a number",
            })
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith(folder.resolve("x.json").toString())
                .hasMessageContaining(message);
    }

    @Test
    void refusesDepthsThatOnlyAnAttackReaches() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("not valid JSON");
    }

    private Map<String, Tensor> read(String text) throws IOException {
        return Json.readAll(Files.writeString(folder.resolve("x.json"), text));
    }
}
