package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import devml.format.Npy;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in what the user gives ends in one message that says where and what, and in nothing else. */
class BadInputTest {
    private static final String NETWORK = """
            network: net
            inputs:
              x: {shape: [2, 3], data: x.npy}
              target: {shape: [2], data: [0, 1]}
            layers:
              fc: {layer: linear, out_features: 2}
            loss: {layer: cross_entropy, target: target}
            random: {generator: numpy, seed: 0}
            parameters: {fc.weight: rand, fc.bias: rand}
            """;

    private static final String DEFINITION = """
            layer: bad
            tensors: |
              input x[N, C]
              output y[N, C]
            forward: |
              y[n,c] = x[n,c] * slope
            backward: |
              dx[n,c] += dy[n,c]
            """;

    @TempDir
    private Path folder;

    /** As of a variable that is not set; it waited for a file that nobody read. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "summary", "bench"})
    @Timeout(60)
    void anEmptyNameIsNoFile(String command) {
        Devml devml = Devml.run(command, "");
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("an empty text names no file");
    }

    @BeforeEach
    void makeData() throws IOException {
        Npy.write(folder.resolve("x.npy"), new Tensor.Doubles(Shape.of(2, 3), new double[] {1, 2, 3, 4, 5, 6}));
        Npy.write(folder.resolve("one.npy"), new Tensor.Doubles(Shape.of(1, 3), new double[] {1, 2, 3}));
        byte[] whole = Files.readAllBytes(folder.resolve("x.npy"));
        Files.write(folder.resolve("truncated.npy"), Arrays.copyOf(whole, whole.length - 8));
        Files.writeString(folder.resolve("bad.yaml"), DEFINITION);
        byte[] huge = new String(whole, StandardCharsets.ISO_8859_1)
                .replace("(2, 3), }            ", "(16384, 16384), }    ")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("huge.npy"), huge);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "an impossible size",
                        "layer: linear, out_features: 2",
                        "layer: avg_pool1d, kernel_size: 5",
                        "net.yaml:6:3: error: fc, an avg_pool1d: J comes out as 0 by 'J = min(room, W + padding - 1)//step + 1'"
                                + " (N = (), C = 2, W = 3, S = 5)"),
                mistake(
                        "a window over nothing but padding",
                        "fc: {",
                        "pool: {layer: max_pool1d, kernel_size: 2, padding: 1, dilation: 4}\n  fc: {",
                        "net.yaml:6:3: error: pool, a max_pool1d: a maximum or minimum over no points"),
                mistake(
                        "a misspelt word",
                        "target: target",
                        "target: target, reduction: meen",
                        "net.yaml:7:57: error: option 'reduction' of cross_entropy is none or mean or sum; found 'meen';"
                                + " did you mean 'mean'?"),
                mistake(
                        "unknown layer",
                        "layer: linear",
                        "layer: linaer",
                        "net.yaml:6:15: error: there is no layer 'linaer'; did you mean 'linear'?"),
                mistake(
                        "unknown option",
                        "out_features: 2",
                        "out_featrues: 2",
                        "net.yaml:6:23: error: linear has no option 'out_featrues'; did you mean 'out_features'?"),
                mistake(
                        "an argument of torch.nn that follows from the shapes",
                        "out_features: 2",
                        "in_features: 3",
                        "net.yaml:6:23: error: linear has no option 'in_features'; it follows from the input's shape"),
                mistake(
                        "an argument of torch.nn that means nothing here",
                        "out_features: 2",
                        "inplace: true",
                        "net.yaml:6:23: error: linear has no option 'inplace'; a layer never overwrites its input"),
                mistake(
                        "a shape of more elements than a number of 64 bits counts",
                        "layer: linear, out_features: 2",
                        "layer: reshape, shape: [4294967296, 4294967296]",
                        "net.yaml:6:3: error: fc, a reshape: shape comes out as [4294967296, 4294967296], which does not"
                                + " hold the 6 elements of A (A = (2, 3))"),
                mistake(
                        "a dimension that there is not",
                        "layer: linear, out_features: 2",
                        "layer: unsqueeze, dim: 4",
                        "net.yaml:6:3: error: fc, an unsqueeze, needs -rank(x) - 1 <= dim <= rank(x); here dim = 4"
                                + " (A = (2, 3), B = ())"),
                mistake(
                        "pieces that do not add up",
                        "layer: linear, out_features: 2",
                        "layer: split, split_size: [1], dim: 1",
                        "net.yaml:6:3: error: fc, a split, needs sum(q: K.q) == T; here split_size = 1 (A = 2, T = 3, B = ())"),
                mistake(
                        "option of the wrong type",
                        "out_features: 2",
                        "out_features: two",
                        "net.yaml:6:37: error: expected an integer but found 'two'"),
                mistake(
                        "unknown key",
                        "parameters:",
                        "paramters:",
                        "net.yaml:9:1: error: a network has no 'paramters'; did you mean 'parameters'?"),
                mistake(
                        "wrong shape",
                        "[2, 3], data",
                        "[2, 4], data",
                        "net.yaml:3:28: error: data of shape (2, 3) do not fit 'x' of shape (2, 4)"),
                mistake("missing file", "data: x.npy", "data: y.npy", "net.yaml:3:28: error: DIR/y.npy: no such file"),
                mistake(
                        "truncated NPY",
                        "data: x.npy",
                        "data: truncated.npy",
                        "net.yaml:3:28: error: DIR/truncated.npy: shape (2, 3) of f8 takes 48 bytes after the header, but 40 follow: truncated?"),
                mistake(
                        "2 GB shape in a header",
                        "data: x.npy",
                        "data: huge.npy",
                        "net.yaml:3:28: error: DIR/huge.npy: shape (16384, 16384) of f8 takes 2147483648 bytes after the header, but 48 follow: truncated?"),
                mistake(
                        "impossible shape",
                        "[2, 3], data: x.npy",
                        "[65536, 65536], data: 1",
                        "net.yaml:3:14: error: shape (65536, 65536) holds more than 2147483639 elements"),
                mistake(
                        "NaN in YAML",
                        "fc.bias: rand",
                        "fc.bias: [.nan, 0]",
                        "net.yaml:9:41: error: '.nan' is not a finite number; data that hold NaN or infinity go into an NPY file"),
                mistake(
                        "duplicate key",
                        "network: net",
                        "network: net\nnetwork: other",
                        "net.yaml:2:1: error: duplicate key 'network'; it stands in line 1 already"),
                mistake(
                        "alias bomb",
                        "network: net",
                        "a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\nnetwork: net",
                        "net.yaml:1:4: error: anchors (&a) are not supported; write the value out each time"),
                mistake(
                        "cyclic graph",
                        "fc: {layer: linear,",
                        "a: {layer: relu, from: b}\n  b: {layer: relu, from: a}\n  fc: {from: b, layer: linear,",
                        "net.yaml:6:26: error: layers read each other in a circle: a -> b -> a"),
                mistake(
                        "unknown name in an equation",
                        "layers:\n  fc: {layer: linear, out_features: 2}",
                        "definitions: bad.yaml\nlayers:\n  fc: {layer: bad}",
                        "bad.yaml:6:21: error: 'slope' is no index, size, option or short name here (N = 2, C = 3)"),
                mistake(
                        "index out of range",
                        "data: [0, 1]",
                        "data: [0, 2]",
                        "net.yaml:7:1: error: target[1] is 2, but 'loss' takes 0 to 1, or -100"),
                mistake(
                        "negative index",
                        "data: [0, 1]",
                        "data: [0, -1]",
                        "net.yaml:7:1: error: target[1] is -1, but 'loss' takes 0 to 1, or -100"),
                mistake(
                        "a parameter that does not fit its layer",
                        "fc.weight: rand",
                        "fc.weight: {rand: [2, 4]}",
                        "net.yaml:9:25: error: data of shape (2, 4) do not fit 'fc.weight' of shape (2, 3)"),
                mistake(
                        "layers whose sizes do not fit",
                        "fc: {",
                        "conv: {layer: conv2d, out_channels: 2, kernel_size: 2}\n  fc: {",
                        "net.yaml:6:3: error: conv.x has the shape (2, 3), but is declared as [N?, C, H, W]: that is not the number of dimensions that it takes"),
                mistake(
                        "batch of one into a batch of two",
                        "data: x.npy",
                        "data: one.npy",
                        "net.yaml:3:28: error: data of shape (1, 3) do not fit 'x' of shape (2, 3)"),
                mistake(
                        "one label for two samples",
                        "data: [0, 1]",
                        "data: [1]",
                        "net.yaml:4:30: error: data of shape (1,) do not fit 'target' of shape (2,)"),
                mistake(
                        "one label, its shape left open",
                        "{shape: [2], data: [0, 1]}",
                        "{data: [1]}",
                        "net.yaml:7:1: error: loss.target has the shape (1,), but is declared as [N?, K when soft, A...]: N is 1 here, but 2 before (N = 2, C = 2, A = ())"),
                mistake(
                        "unknown parameter",
                        "fc.bias: rand",
                        "fc.bais: rand",
                        "net.yaml:9:31: error: the network has no parameter 'fc.bais'; did you mean 'fc.bias'?"),
                mistake(
                        "input called as a parameter",
                        "x: {",
                        "fc.weight: {",
                        "net.yaml:3:3: error: 'fc.weight' is already the name of a parameter of 'fc'; give this input another"),
                mistake(
                        "layer called as an activation",
                        "fc: {",
                        "a: {layer: relu, activation: tanh}\n  a.tanh: relu\n  fc: {",
                        "net.yaml:7:3: error: 'a.tanh' is the name of two values; give one of them another"),
                mistake(
                        "not YAML",
                        "inputs:",
                        "inputs: [",
                        "net.yaml:4:3: error: the '[' of line 2 is not closed before this"),
                mistake(
                        "seed out of range",
                        "seed: 0",
                        "seed: -1",
                        "net.yaml:8:34: error: seed -1: generator 'numpy' takes 0 to 2^32 - 1"));
    }

    private static Arguments mistake(String name, String right, String wrong, String message) {
        assertThat(NETWORK).contains(right);
        return argumentSet(name, NETWORK.replace(right, wrong), message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void endsInOneMessageWithItsPlaceAndTouchesNothing(String network, String message) throws IOException {
        Path file = folder.resolve("net.yaml");
        Path out = folder.resolve("out");
        Files.writeString(file, NETWORK);
        assertThat(Devml.run("run", file, "--out", out).code()).isZero();
        Map<String, String> before = Folders.contents(out);
        Files.writeString(file, network);

        Devml devml = Devml.run("run", file, "--out", out);

        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.out()).isEmpty();
        assertThat(devml.err().replace(folder + "/", "")).satisfies(err -> {
            assertThat(err.lines().toList()).hasSize(3).last().asString().matches("[ |]*\\^+");
            assertThat(err).startsWith(message.replace("DIR/", "") + System.lineSeparator());
        });
        assertThat(Folders.contents(out)).isEqualTo(before);
        assertThat(Folders.contents(folder)).as("nothing is left lying about").hasSize(before.size() + 6);
    }
}
