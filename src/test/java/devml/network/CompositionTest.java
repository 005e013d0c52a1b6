package devml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.fault.Source;
import devml.layer.BoundTensor.Role;
import devml.layer.DefinitionReader;
import devml.tensor.Shape;
import devml.yaml.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers that are made of layers. */
class CompositionTest {
    private static final String BLOCK = """
            layer: block
            options: {width: int >= 1 = 4, first: bool = false, act: relu or tanh = relu}
            tensors: |
              input x[N, K]
              input mask[A...] when given else 0
            where: |
              start = where(first, norm, x)
            layers:
              fc: {layer: linear, from: start, out_features: width, bias: false}
              act: {layer: act}
              back: {layer: linear, out_features: K}
              sum: {layer: add, from: [x, back]}
              norm:
                layer: layer_norm
                from: where(first, x, sum)
                normalized_shape: K
            output: where(first, sum, norm)
            """;

    @TempDir
    private Path folder;

    private Network bind(String block, String layers) throws IOException {
        Files.writeString(folder.resolve("block.yaml"), block);
        String yaml = "definitions: block.yaml\ninputs: {a: {rand: [2, 3]}}\nlayers:\n" + layers.indent(2);
        NetworkFile file = NetworkFile.read(Document.read(new Source("net.yaml", yaml)), folder, "net");
        return Network.bind(file, Map.of("a", Shape.of(2, 3)));
    }

    @Test
    void itsLayersAreLayersOfTheNetwork() throws IOException {
        Network network = bind(BLOCK, "b: {layer: block, width: 5, act: tanh}\nout: {layer: linear, out_features: 2}");
        assertThat(network.nodes())
                .extracting(BoundNode::name)
                .containsExactly("b.fc", "b.act", "b.back", "b.sum", "b.norm", "out");
        assertThat(network.parameters(Role.PARAM))
                .containsOnlyKeys(
                        "b.fc.weight",
                        "b.back.weight",
                        "b.back.bias",
                        "b.norm.weight",
                        "b.norm.bias",
                        "out.weight",
                        "out.bias");
        assertThat(network.node("b.act").orElseThrow().layer().definition().name())
                .isEqualTo("tanh");
        assertThat(network.node("b.fc").orElseThrow().output().shape()).isEqualTo(Shape.of(2, 5));
        assertThat(network.node("out").orElseThrow().reads()).containsValue("b.norm");
    }

    @Test
    void optionsDecideWhatIsRead() throws IOException {
        Network network = bind(BLOCK, "b: {layer: block, first: true}\nout: {layer: tanh}");
        assertThat(network.nodes())
                .extracting(BoundNode::name)
                .containsExactly("b.norm", "b.fc", "b.act", "b.back", "b.sum", "out");
        assertThat(network.node("out").orElseThrow().reads()).containsValue("b.sum");
    }

    @Test
    void oneMayBeMadeOfAnother() throws IOException {
        Files.writeString(folder.resolve("outer.yaml"), """
                layer: outer
                tensors: |
                  input x[N, K]
                layers:
                  one: {layer: block, width: K + 1}
                  two: {layer: block, from: one}
                """);
        Files.writeString(folder.resolve("block.yaml"), BLOCK);
        String yaml = "definitions: [block.yaml, outer.yaml]\ninputs: {a: {rand: [2, 3]}}\nlayers: {o: {layer: outer}}";
        NetworkFile file = NetworkFile.read(Document.read(new Source("net.yaml", yaml)), folder, "net");
        Network network = Network.bind(file, Map.of("a", Shape.of(2, 3)));
        assertThat(network.node("o.one.fc").orElseThrow().output().shape()).isEqualTo(Shape.of(2, 4));
        assertThat(network.node("o.two.fc").orElseThrow().reads()).containsValue("o.one.norm");
        assertThat(network.output().name()).isEqualTo("o.two.norm");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [x, back]        | [x, nothing]     | what 'sum' reads is no input or part of block, or reads it in a circle
            from: start      | from: norm       | what 'fc' reads is no input or part of block, or reads it in a circle
            layer: linear,   | layer: liner,    | there is no layer 'liner'; did you mean 'linear'?
            bias: false      | bais: false      | linear has no option 'bais'; did you mean 'bias'?
            out_features: K  | out_features: Z  | 'Z' is no index, size, option or short name here
            """)
    void mistakesAreToldInTheDefinition(String from, String to, String message) {
        assertThatThrownBy(() -> bind(BLOCK.replace(from, to), "b: {layer: block}"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(message)
                .extracting(e -> ((Fault) e).render())
                .asString()
                .contains("block.yaml:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            forward             | input x[N, K]  | a layer that is made of 'layers' has no 'forward' of its own
            notes               | param w[K]     | a layer that is made of 'layers' declares only its inputs; the rest is theirs
            """)
    void equationsAreThoseOfItsLayers(String line, String tensor, String message) {
        String yaml = BLOCK.replace("input x[N, K]", "input x[N, K]\n  " + tensor.replace("input x[N, K]", "")) + line
                + ": |\n  y[n,k] = 1\n";
        assertThatThrownBy(() -> DefinitionReader.read(Document.read(new Source("block.yaml", yaml))))
                .hasMessage(message);
    }
}
