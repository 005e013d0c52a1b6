package devml.network;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fault.Fault;
import devml.random.Distribution;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataParserTest {

    @Test
    void inlineNumbers() {
        assertThat(inline("3")).isInstanceOfSatisfying(Tensor.Longs.class, t -> {
            assertThat(t.shape()).isEqualTo(Shape.SCALAR);
            assertThat(t.values()).containsExactly(3);
        });
        assertThat(inline("[[1, -2], [3, 4]]")).isInstanceOfSatisfying(Tensor.Longs.class, t -> {
            assertThat(t.shape()).isEqualTo(Shape.of(2, 2));
            assertThat(t.values()).containsExactly(1, -2, 3, 4);
        });
        assertThat(inline("[[1, 1e-5, .5]]")).isInstanceOfSatisfying(Tensor.Doubles.class, t -> {
            assertThat(t.shape()).isEqualTo(Shape.of(1, 3));
            assertThat(t.values()).containsExactly(1, 1e-5, 0.5);
        });
        assertThat(inline("[]").shape()).isEqualTo(Shape.of(0));
        assertThat(inline("[[], []]").shape()).isEqualTo(Shape.of(2, 0));
    }

    @Test
    void inlineKinds() {
        assertThat(data("[[1, 2]]").kind()).isEqualTo(Kind.INTEGER);
        assertThat(data("[1, 2.0]").kind()).isEqualTo(Kind.REAL);
        assertThat(data("zeros").kind()).isEqualTo(Kind.REAL);
        assertThat(data("[[true, false]]").kind()).isEqualTo(Kind.BOOLEAN);
        assertThat(inline("[[true, false], [false, true]]")).isInstanceOfSatisfying(Tensor.Longs.class, t -> {
            assertThat(t.shape()).isEqualTo(Shape.of(2, 2));
            assertThat(t.values()).containsExactly(1, 0, 0, 1);
        });
        assertThat(inline("true").shape()).isEqualTo(Shape.SCALAR);
        assertFault("[true, 2]", "expected true or false but found '2'");
        assertFault("[yes, no]", "expected a number but found 'yes'");
    }

    @Test
    void raggedLists() {
        assertRendered("[[1, 2, 3], [4, 5]]", """
                net.yaml:5:18: error: the lists are ragged: a list of 2 stands here, where before stood lists of 3
                   5 |   p: [[1, 2, 3], [4, 5]]
                     |                  ^^^^^^""");
        assertFault("[[1, 2], 3]", "the lists are ragged: '3' stands here, where before stood lists");
        assertFault("[1, [2]]", "the lists are ragged: a list stands here, where before stood single numbers");
        assertFault(
                "[[[1]], [[2], [3]]]", "the lists are ragged: a list of 2 stands here, where before stood lists of 1");
        assertFault("[[1], []]", "the lists are ragged: a list of 0 stands here, where before stood lists of 1");
    }

    @Test
    void notANumberInAList() {
        assertRendered("[1, nan]", """
                net.yaml:5:10: error: 'nan' is not a finite number; data that hold NaN or infinity go into an NPY file
                   5 |   p: [1, nan]
                     |          ^^^""");
        assertFault("-.inf", "'-.inf' is not a finite number; data that hold NaN or infinity go into an NPY file");
        assertFault("[1, x]", "expected a number but found 'x'");
        assertFault("[1, ~]", "expected a number but found nothing");
        assertFault("[010]", "'010' is ambiguous: 8 (octal) to YAML 1.1, 10 to YAML 1.2; write 10");
        assertFault("[{a: 1}]", "expected a number but found a mapping");
    }

    @Test
    void files() {
        assertThat(data("w.npz#conv.weight")).isInstanceOfSatisfying(DataSpec.FromFile.class, f -> {
            assertThat(f.file().path()).isEqualTo(Path.of("nets/w.npz"));
            assertThat(f.key()).contains("conv.weight");
            assertThat(f.place().text()).isEqualTo("w.npz#conv.weight");
        });
        assertThat(data("../data/0.npy")).isInstanceOfSatisfying(DataSpec.FromFile.class, f -> {
            assertThat(f.file().path()).isEqualTo(Path.of("data/0.npy"));
            assertThat(f.key()).isEmpty();
        });
        assertThat(data("0.npy")).isInstanceOf(DataSpec.FromFile.class);
        assertFault("w.npz#", "expected FILE#NAME, such as weights.npz#conv.weight");
    }

    @ParameterizedTest
    @CsvSource({"numpy, rand, randn", "devml, rand, randn", "default_rng, random, standard_normal"})
    void draws(String generator, String uniform, String normal) {
        assertThat(draw(generator, uniform)).isEqualTo(new Drawn(new Distribution.StandardUniform(), Optional.empty()));
        assertThat(draw(generator, "{" + uniform + ": [2, 3]}"))
                .isEqualTo(new Drawn(new Distribution.StandardUniform(), Optional.of(Shape.of(2, 3))));
        assertThat(draw(generator, "{" + normal + ": 5}"))
                .isEqualTo(new Drawn(new Distribution.StandardNormal(), Optional.of(Shape.of(5))));
        assertThat(draw(generator, "{uniform: [-1, 1], shape: [2]}"))
                .isEqualTo(new Drawn(new Distribution.Uniform(-1, 1), Optional.of(Shape.of(2))));
        assertThat(draw(generator, "{normal: [0, 0.1]}"))
                .isEqualTo(new Drawn(new Distribution.Normal(0, 0.1), Optional.empty()));
    }

    @Test
    void wordsOfAnotherGenerator() {
        assertRendered("{random: [2, 2]}", """
                net.yaml:5:7: error: the generator 'numpy' has no 'random'; it has rand, randn, uniform, normal
                   5 |   p: {random: [2, 2]}
                     |       ^^^^^^""");
        assertThat(faultOf("default_rng", "rand"))
                .hasMessage(
                        "the generator 'default_rng' has no 'rand'; it has random, standard_normal, uniform, normal");
    }

    @Test
    void constants() {
        assertThat(((DataSpec.Constant) data("zeros")).value()).isZero();
        assertThat(((DataSpec.Constant) data("{full: 0.5}")).value()).isEqualTo(0.5);
        assertThat(data("{ones: [2, 3]}").ownShape()).contains(Shape.of(2, 3));
    }

    @Test
    void whatIsNoData() {
        assertFault("rnad", "'rnad' is neither a file nor a number nor a kind of data; did you mean 'rand'?");
        assertFault("{unifrom: [0, 1]}", "data cannot be given by 'unifrom'; did you mean 'uniform'?");
        assertFault("{rand: [2], randn: [3]}", "expected one of rand, randn, uniform, normal, zeros, ones, full");
        assertFault("{shape: [2]}", "expected one of rand, randn, uniform, normal, zeros, ones, full");
        assertFault("{rand: [2], shape: [2]}", "the shape is given twice");
        assertFault("{uniform: [1]}", "uniform needs [low, high], not 1 numbers");
        assertFault("{normal: [0, -1]}", "normal(mean = 0.0, std = -1.0): both must be finite, and std not negative");
        assertFault("{rand: }", "'rand' has no value");
        assertFault("", "'p' has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2000000000, 2000000000]", "[-1]", "[1.5]", "[[1]]", "two"})
    void shapesThatCannotBe(String shape) {
        assertThat(faultOf("numpy", "{rand: " + shape + "}")
                        .place()
                        .orElseThrow()
                        .line())
                .isEqualTo(5);
    }

    @Test
    void inputs() {
        assertThat(input("{shape: [2, 3], data: rand}").shape()).contains(Shape.of(2, 3));
        assertThat(input("{rand: [2, 3]}").data().ownShape()).contains(Shape.of(2, 3));
        assertThat(input("{uniform: [0, 2], shape: [2, 3]}").data().ownShape()).contains(Shape.of(2, 3));
        assertThat(input("x.npy").data()).isInstanceOf(DataSpec.FromFile.class);
        assertThat(input("{data: x.npz#x}").shape()).isEmpty();
        assertInputFault("rand", "1:13", "input 'x' needs a shape for these data");
        assertInputFault("{full: 2}", "1:13", "input 'x' needs a shape for these data");
        assertInputFault("{shape: [2]}", "1:14", "input 'x' needs 'data'");
        assertInputFault("{data: [2], shpae: [1]}", "1:25", "input 'x' has no 'shpae'; did you mean 'shape'?");
        assertInputFault("{dta: x.npy}", "1:14", "input 'x' has no 'dta'; did you mean 'data'?");
        assertInputFault(
                "{data: [2], rand: [1]}", "1:25", "input 'x' with 'data' has no 'rand'; allowed: shape, data, batch");
    }

    private record Drawn(Distribution distribution, Optional<Shape> shape) {}

    private static Drawn draw(String generator, String text) {
        DataSpec.Draw draw = (DataSpec.Draw) NetworkFileTest.read(file(generator, text))
                .parameters()
                .getFirst()
                .data();
        return new Drawn(draw.distribution(), draw.shape());
    }

    private static Tensor inline(String text) {
        return ((DataSpec.Inline) data(text)).tensor();
    }

    private static DataSpec data(String text) {
        return NetworkFileTest.read(file("numpy", text)).parameters().getFirst().data();
    }

    private static String file(String generator, String text) {
        return "inputs: {x: [1]}\nlayers: {a: relu}\nrandom: " + generator + "\nparameters:\n  p: " + text + "\n";
    }

    private static InputSpec input(String text) {
        return NetworkFileTest.read("inputs: {x: " + text + "}\nlayers: {a: relu}\n")
                .inputs()
                .getFirst();
    }

    private static void assertInputFault(String text, String place, String message) {
        Fault fault = NetworkFileTest.faultOf("inputs: {x: " + text + "}\nlayers: {a: relu}\n");
        assertThat(fault.place().orElseThrow() + ": " + fault.getMessage())
                .isEqualTo("net.yaml:" + place + ": " + message);
    }

    private static Fault faultOf(String generator, String text) {
        return NetworkFileTest.faultOf(file(generator, text));
    }

    private static void assertFault(String text, String message) {
        Fault fault = faultOf("numpy", text);
        assertThat(fault).hasMessage(message);
        assertThat(fault.place()).isPresent();
    }

    private static void assertRendered(String text, String rendered) {
        assertThat(faultOf("numpy", text).render()).isEqualToNormalizingNewlines(rendered);
    }
}
