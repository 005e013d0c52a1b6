package devml.format;

import static devml.format.Golden.file;
import static devml.format.Golden.floats;
import static devml.format.Golden.longs;
import static devml.format.Golden.ramp;
import static devml.format.Golden.vector;
import static devml.format.TensorAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.fault.Source;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatNumpySaves() {
        assertSame(Csv.read(file("csv/vector.csv")), ramp("f8", 5));
        assertSame(Csv.read(file("csv/matrix.csv")), ramp("f8", 2, 3));
        assertSame(Csv.read(file("csv/blanks.csv")), ramp("f8", 2, 3));
        assertSame(Csv.read(file("csv/integers.csv")), ramp("i8", 2, 3));
        double infinity = Double.POSITIVE_INFINITY;
        assertSame(Csv.read(file("csv/special.csv")), vector(Double.NaN, infinity, -infinity, -0.0, Double.MIN_VALUE));
    }

    @Test
    void writesValuesOrRowsOrAShapeAndRows() {
        assertThat(written(vector(1, 0.1, Double.NaN))).isEqualTo("1.0\n0.1\nnan\n");
        assertThat(written(ramp("f8", 2, 3))).isEqualTo("-1.0,-0.75,-0.5\n-0.25,0.0,0.25\n");
        assertThat(written(ramp("i8", 2, 1, 2))).isEqualTo("# shape: (2, 1, 2)\n-2,-1\n0,1\n");
        assertThat(written(ramp("f8"))).isEqualTo("# shape: ()\n-1.0\n");
        assertThat(written(ramp("f8", 2, 1))).isEqualTo("# shape: (2, 1)\n-1.0\n-0.75\n");
        assertThat(written(ramp("f8", 1, 2))).isEqualTo("-1.0,-0.75\n");
        assertThat(written(ramp("f8", 2, 0))).isEqualTo("# shape: (2, 0)\n");
        assertThat(written(floats(0.1f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)))
                .isEqualTo("0.1\n-inf\ninf\n");
    }

    static Stream<Tensor> shapes() {
        return Stream.of(
                ramp("f8"),
                ramp("f8", 0),
                ramp("f8", 1),
                ramp("f8", 5),
                ramp("f8", 1, 4),
                ramp("f8", 4, 1),
                ramp("f8", 1, 1),
                ramp("f8", 0, 3),
                ramp("f8", 3, 0),
                ramp("f8", 2, 0, 3),
                ramp("f8", 2, 3, 0),
                ramp("f8", 2, 2, 2, 2),
                ramp("i8", 3, 2, 1),
                new Longs(Shape.of(2), new long[] {Long.MIN_VALUE, Long.MAX_VALUE}),
                vector(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 1e22, Double.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void readsBackWhatItWrote(Tensor tensor) {
        Path file = folder.resolve("x.csv");
        Csv.write(file, tensor);
        assertSame(Csv.read(file), tensor);
    }

    @Test
    void everyDoubleAndFloatComesBack() {
        Random random = new Random(42);
        Tensor doubles = new Doubles(
                Shape.of(10_000),
                random.longs()
                        .mapToDouble(Double::longBitsToDouble)
                        .filter(Double::isFinite)
                        .limit(10_000)
                        .toArray());
        Csv.write(folder.resolve("x.csv"), doubles);
        assertSame(Csv.read(folder.resolve("x.csv")), doubles);
        float[] bits = new float[10_000];
        for (int i = 0; i < bits.length; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            bits[i] = Float.isFinite(value) ? value : i;
        }
        Csv.write(folder.resolve("y.csv"), floats(bits));
        assertSame(Csv.read(folder.resolve("y.csv")).toFloats(), floats(bits));
    }

    @Test
    void readsTextsAsPeopleWriteThem() {
        assertSame(
                read("\uFEFF1, 2 ,3\r\n\r\n 4,5,6 # the last\r\n"),
                new Longs(Shape.of(2, 3), new long[] {1, 2, 3, 4, 5, 6}));
        assertSame(
                read("# data of 2024\n#shape:(1,2)\n.5\t+1e3"), new Doubles(Shape.of(1, 2), new double[] {.5, 1000}));
        assertSame(read("1\n-0\n"), vector(1, -0.0));
        assertSame(read("+7"), longs(7));
        assertSame(read("9223372036854775808"), vector(0x1p63));
        assertSame(read("NaN Inf -Infinity"), new Doubles(Shape.of(1, 3), new double[] {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        }));
        assertSame(read("1\n# shape: (9, 9)\n2\n"), longs(1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "1d", "1f", "1_000", "1e", ".", "--1", "abc", "1;2", "½", "1e5.5", "True"})
    void refusesWhatIsNoNumber(String text) {
        assertRefused("1.5, " + text + "\n", "x.csv:1:6: error: not a number: '" + text + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2\\n3\\n             | 2:1: error: a row of 1 values; those above have 2",
                "1 2\\n3 4 5\\n         | 2:1: error: a row of 3 values; those above have 2",
                "1,,2\\n                | 1:3: error: a value is missing",
                "1,2,\\n                | 1:5: error: a value is missing",
                ",1                     | 1:1: error: a value is missing",
                "1 2,3                  | 1:1: error: not a number: '1 2'",
                "# shape: (2, 2)\\n1,2,3,4 | 2:1: error: a row of 4 values; the shape asks for 2",
                "# shape: (2, 2)\\n1,2  | 2:4: error: 2 values; shape (2, 2) asks for 4",
                "# shape: ()\\n1\\n2\\n | 4:1: error: 2 values; shape () asks for 1",
                "# shape: (2, -2)\\n1   | 1:1: error: the text: shape [2, -2] has a negative extent",
                "# shape: (99999, 99999)\\n1 | 1:1: error: the text: shape [99999, 99999] is too large",
                "# shape: (2, x)\\n1    | 1:14: error: expected an integer",
                "# shape: 2, 2\\n1      | 1:10: error: expected '('",
                "# shape: (2,) more\\n1 | 1:15: error: expected the end",
            })
    void saysWhereATextIsWrong(String text, String message) {
        assertRefused(text.translateEscapes(), "x.csv:" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n"})
    void refusesATextWithoutValues(String text) {
        assertRefused(text, "x.csv: holds no values");
    }

    private static Tensor read(String text) {
        return Csv.read(new Source("x.csv", text));
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.render()).contains(message));
    }

    private String written(Tensor tensor) {
        Path file = folder.resolve("x.csv");
        Csv.write(file, tensor);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
