package devml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.fault.Fault;
import devml.fault.Source;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.yaml.Document;
import devml.yaml.Node.Entry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileTest {
    private static final String TINY = "inputs: {x: [1, 2]}\nlayers: {act: relu}\n";

    @Test
    void readsTheNotebooksNetwork() {
        NetworkFile net = read("""
                        network: simple-backpropagation
                        dtype: float32
                        training: false
                        inputs:
                          x:      {shape: [1, 2, 4, 4], data: ../testdata/x.npy}
                          target: {shape: [1], data: [2]}
                        layers:
                          pool: {layer: max_pool2d, kernel_size: 2, stride: 1}
                          conv: {layer: conv2d, out_channels: 2, activation: relu, kernel_size: 2}
                          flat: flatten
                          fc:   {layer: linear, out_features: 3}
                        loss:   {layer: cross_entropy, target: target}
                        random: {generator: numpy, seed: 0}
                        parameters:
                          conv.weight: {rand: [2, 2, 2]}
                          fc.weight: rand
                        batch: 64
                        expect: {reference: expected.npz, rtol: 1e-5}
                        definitions: [my_layer.yaml]
                        """);

        assertThat(net.name()).isEqualTo("simple-backpropagation");
        assertThat(net.dtype()).contains(DType.FLOAT32);
        assertThat(net.training()).isFalse();
        assertThat(net.inputs()).extracting(InputSpec::name).containsExactly("x", "target");
        assertThat(net.inputs().getFirst().shape()).contains(Shape.of(1, 2, 4, 4));
        assertThat(names(net)).containsExactly("pool", "conv", "flat", "fc");
        LayerSpec conv = net.layers().get(1);
        assertThat(conv.layer()).isEqualTo("conv2d");
        assertThat(conv.layerPlace().text()).isEqualTo("conv2d");
        assertThat(conv.place().text()).isEqualTo("conv");
        assertThat(conv.activation().orElseThrow().layer()).isEqualTo("relu");
        assertThat(conv.options()).extracting(Entry::key).containsExactly("out_channels", "kernel_size");
        assertThat(reads(net.layers().getFirst())).containsExactly("x");
        assertThat(reads(net.layers().get(2))).containsExactly("conv");
        LayerSpec loss = net.loss().orElseThrow();
        assertThat(loss.name()).isEqualTo("loss");
        assertThat(reads(loss)).containsExactly("fc");
        assertThat(loss.options()).extracting(Entry::key).containsExactly("target");
        assertThat(net.random().kind()).isEqualTo(RandomSpec.Kind.NUMPY);
        assertThat(net.random().seed()).contains(BigInteger.ZERO);
        assertThat(net.parameters()).extracting(ParameterSpec::name).containsExactly("conv.weight", "fc.weight");
        assertThat(net.batch()).contains(64);
        assertThat(net.expect().orElseThrow().reference().path()).isEqualTo(Path.of("nets/expected.npz"));
        assertThat(net.expect().orElseThrow().rtol()).contains(1e-5);
        assertThat(net.expect().orElseThrow().atol()).isEmpty();
        assertThat(net.definitions()).extracting(FileName::path).containsExactly(Path.of("nets/my_layer.yaml"));
    }

    @Test
    void whatASilentFileMeans() {
        NetworkFile net = read(TINY);

        assertThat(net.name()).isEqualTo("net");
        assertThat(net.dtype()).isEmpty();
        assertThat(net.training()).isTrue();
        assertThat(net.loss()).isEmpty();
        assertThat(net.random().kind()).isEqualTo(RandomSpec.Kind.DEVML);
        assertThat(net.random().seed()).isEmpty();
        assertThat(net.parameters()).isEmpty();
        assertThat(net.outputGradient()).isEmpty();
        assertThat(net.batch()).isEmpty();
        assertThat(net.expect()).isEmpty();
        assertThat(net.definitions()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void readsEveryNetworkInTheRepository(Path file) {
        NetworkFile net = NetworkFile.read(file);

        assertThat(net.layers().size() + net.loss().stream().count()).isPositive();
        assertThat(net.folder()).isEqualTo(file.getParent());
    }

    static List<Path> shippedFiles() throws IOException {
        try (Stream<Path> testdata = Files.walk(Path.of("testdata"));
                Stream<Path> networks = Files.list(Path.of("networks"))) {
            return Stream.concat(testdata, networks)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> has(file, "\ninputs:"))
                    .toList();
        }
    }

    private static boolean has(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void layersComeAfterWhatTheyReadWhereverTheyStand() {
        NetworkFile net = read("""
                        inputs: {x: [1, 2]}
                        layers:
                          sum: {layer: add, from: [b, a]}
                          a: {layer: relu, from: x}
                          out: {layer: relu, from: sum}
                          b: {layer: tanh, from: a}
                        loss: {layer: mse_loss, from: [out, x]}
                        """);

        assertThat(names(net)).containsExactly("a", "b", "sum", "out");
    }

    @Test
    void layersStayInTheOrderOfTheFileWhereTheyCan() {
        NetworkFile net = read("""
                        inputs: {x: [1, 2]}
                        layers:
                          c: {layer: relu, from: x}
                          b: {layer: relu, from: x}
                          a: {layer: relu, from: x}
                          sum: {layer: add, from: [a, b]}
                        """);

        assertThat(names(net)).containsExactly("c", "b", "a", "sum");
    }

    @Test
    void aLongChainListedBackwards() {
        StringBuilder text = new StringBuilder("inputs: {x: [1]}\nlayers:\n");
        for (int i = 20_000; i > 0; i--) {
            text.append("  l%d: {layer: relu, from: %s}\n".formatted(i, i == 1 ? "x" : "l" + (i - 1)));
        }

        assertThat(names(read(text.toString()))).startsWith("l1", "l2").endsWith("l19999", "l20000");
    }

    @Test
    void circleOfLayersIsPrinted() {
        assertRendered("""
                inputs: {x: [1, 2]}
                layers:
                  first: relu
                  a: {layer: add, from: [first, c]}
                  b: {layer: relu, from: a}
                  c: {layer: relu, from: b}
                """, """
                net.yaml:4:33: error: layers read each other in a circle: a -> b -> c -> a
                   4 |   a: {layer: add, from: [first, c]}
                     |                                 ^""");
        assertRendered("""
                inputs: {x: [1, 2]}
                layers:
                  a: {layer: relu, from: a}
                """, """
                net.yaml:3:26: error: layers read each other in a circle: a -> a
                   3 |   a: {layer: relu, from: a}
                     |                          ^""");
    }

    @Test
    void circleIsFoundBelowALayerThatOnlyHangsOnIt() {
        assertFault("""
                inputs: {x: [1, 2]}
                layers:
                  out: {layer: relu, from: b}
                  a: {layer: relu, from: b}
                  b: {layer: relu, from: a}
                """, "5:26", "layers read each other in a circle: b -> a -> b");
    }

    @Test
    void unknownKeyWithItsNeighbour() {
        assertRendered("""
                inputs: {x: [1, 2]}
                layer: {act: relu}
                """, """
                net.yaml:2:1: error: a network has no 'layer'; did you mean 'layers'?
                   2 | layer: {act: relu}
                     | ^^^^^""");
    }

    @Test
    void unknownNameInFrom() {
        assertRendered("""
                inputs: {x: [1, 2]}
                layers:
                  conv1: relu
                  sum: {layer: add, from: [conv1, cnov1]}
                """, """
                net.yaml:4:35: error: 'sum' reads 'cnov1', which is neither an input nor a layer; did you mean 'conv1'?
                   4 |   sum: {layer: add, from: [conv1, cnov1]}
                     |                                   ^^^^^""");
    }

    @Test
    void namesThatClash() {
        assertFault(
                "inputs: {x: [1]}\nlayers: {x: relu}\n",
                "2:10",
                "'x' is an input already; give this layer another name");
        assertFault(
                "inputs: {x: [1]}\nlayers: {loss: relu}\n",
                "2:10",
                "the name 'loss' is kept for the loss; give this layer another");
        assertFault(
                "inputs: {loss: [1]}\nlayers: {a: relu}\n",
                "1:10",
                "the name 'loss' is kept for the loss; give this input another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "a..b", ".a", "a.", "1a", "'a b'", "ä"})
    void namesThatCannotNameFiles(String name) {
        for (String text : List.of(
                "inputs: {x: [1]}\nlayers: {%s: relu}\n",
                "inputs: {%s: [1]}\nlayers: {a: relu}\n", TINY + "network: %s\n", TINY + "parameters: {%s: zeros}\n")) {
            assertThat(faultOf(text.formatted(name)).getMessage()).contains("is not a name");
        }
    }

    @Test
    void whatIsMissing() {
        assertFault("layers: {act: relu}\n", "1:1", "a network needs 'inputs'");
        assertFault("inputs: {x: [1]}\n", "1:1", "a network needs 'layers' or a 'loss'");
        assertFault("inputs: {}\nlayers: {a: relu}\n", "1:9", "a network needs at least one input");
        assertFault("inputs: {x: [1]}\nlayers:\n", "2:1", "'layers' has no value");
        assertFault("inputs: {x: [1]}\nloss:\n", "2:1", "'loss' has no value");
        assertFault("inputs: {x: [1]}\nlayers: {a: }\n", "2:10", "'a' has no value");
        assertFault("inputs: {x: [1]}\nlayers: {a: {kernel_size: 2}}\n", "2:14", "'a' needs 'layer'");
        assertFault(
                "inputs: {x: [1]}\nlayers: {a: {layer: add, from: []}}\n",
                "2:32",
                "'from' names at least one input or layer");
    }

    @Test
    void activations() {
        NetworkFile net = read("""
                        inputs: {x: [1]}
                        layers:
                          a: {layer: tanh, activation: {layer: leaky_relu, negative_slope: 0.1}}
                        """);

        Activation activation = net.layers().getFirst().activation().orElseThrow();
        assertThat(activation.layer()).isEqualTo("leaky_relu");
        assertThat(activation.place().text()).isEqualTo("leaky_relu");
        assertThat(activation.options()).extracting(Entry::key).containsExactly("negative_slope");
        assertFault(
                "inputs: {x: [1]}\nlayers: {a: relu}\nloss: {layer: l1_loss, activation: relu}\n",
                "3:36",
                "no activation can follow a loss");
    }

    @Test
    void lossWithoutLayersReadsTheFirstInput() {
        NetworkFile net = read("inputs: {x: [1], y: [2]}\nloss: {layer: mse_loss, target: y}\n");

        assertThat(reads(net.loss().orElseThrow())).containsExactly("x");
    }

    @Test
    void valuesOfTheWrongType() {
        assertFault(TINY + "batch: 0\n", "3:8", "a batch holds at least 1 sample");
        assertFault(TINY + "batch: 1.5\n", "3:8", "expected an integer but found '1.5', a real number");
        assertFault(TINY + "training: no\n", "3:11", "expected true or false but found 'no'; write false");
        assertFault(TINY + "dtype: flaot32\n", "3:8", "unknown dtype 'flaot32'; did you mean 'float32'?");
        assertFault(TINY + "parameters: [1]\n", "3:13", "expected a mapping such as {key: value} but found a list");
        assertFault(TINY + "expect: {reference: e.npz, rtol: -1}\n", "3:34", "a tolerance cannot be negative");
        assertFault(
                TINY + "loss: l1_loss\noutput_gradient: ones\n",
                "4:1",
                "a network with a loss has no 'output_gradient': the loss gives it");
    }

    @Test
    void randomGenerators() {
        assertThat(read(TINY + "random: default_rng\n").random().kind()).isEqualTo(RandomSpec.Kind.DEFAULT_RNG);
        assertThat(read(TINY + "random: {seed: 7}\n").random().seed()).contains(BigInteger.valueOf(7));
        assertThat(read(TINY + "random: {generator: default_rng, seed: 123456789012345678901234567890}\n")
                        .random()
                        .seed())
                .contains(new BigInteger("123456789012345678901234567890"));
        assertFault(
                TINY + "random: {generator: nunpy}\n",
                "3:21",
                "unknown random generator 'nunpy'; did you mean 'numpy'?");
        assertFault(
                TINY + "random: {generator: numpy, seed: 4294967296}\n",
                "3:34",
                "seed 4294967296: generator 'numpy' takes 0 to 2^32 - 1");
    }

    @Test
    void missingNetworkFile() {
        Path file = Path.of("nowhere/net.yaml");

        assertThat(catchThrowableOfType(Fault.class, () -> NetworkFile.read(file))
                        .render())
                .isEqualTo("error: " + file + ": no such file");
    }

    static NetworkFile read(String text) {
        return NetworkFile.read(Document.read(new Source("net.yaml", text)), Path.of("nets"), "net");
    }

    private static List<String> names(NetworkFile net) {
        return net.layers().stream().map(LayerSpec::name).toList();
    }

    private static List<String> reads(LayerSpec layer) {
        return layer.reads().stream().map(Reference::name).toList();
    }

    private static void assertRendered(String text, String rendered) {
        assertThat(faultOf(text).render()).isEqualToNormalizingNewlines(rendered);
    }

    private static void assertFault(String text, String place, String message) {
        Fault fault = faultOf(text);
        assertThat(fault.place().orElseThrow() + ": " + fault.getMessage())
                .isEqualTo("net.yaml:" + place + ": " + message);
    }

    static Fault faultOf(String text) {
        return catchThrowableOfType(Fault.class, () -> read(text));
    }
}
