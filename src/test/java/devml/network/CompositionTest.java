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

    /** What is named is all that attention must have: the layer above is no mask. */
    @Test
    void theLayerAboveIsNotReadByAnInputThatMayBeLeftOut() throws IOException {
        String layers = "act: relu\natt: {layer: scaled_dot_product_attention, query: a, key: a, value: act}";
        Network network = bind(BLOCK, layers);
        assertThat(network.nodes().getLast().reads()).containsOnlyKeys("query", "key", "value");
    }

    @Test
    void noneMayBeMadeOfItselfThroughAnother() throws IOException {
        Files.writeString(folder.resolve("block.yaml"), BLOCK.replace("layer: act", "layer: outer"));
        Files.writeString(folder.resolve("outer.yaml"), """
                layer: outer
                tensors: |
                  input x[N, K]
                layers:
                  one: block
                """);
        String yaml = "definitions: [block.yaml, outer.yaml]\ninputs: {a: {rand: [2, 3]}}\nlayers: {o: {layer: outer}}";
        NetworkFile file = NetworkFile.read(Document.read(new Source("net.yaml", yaml)), folder, "net");
        assertThatThrownBy(() -> Network.bind(file, Map.of("a", Shape.of(2, 3))))
                .hasMessage("no layer can be made of itself: outer -> block -> outer");
    }

    @Test
    void itsOutputMayBeAnyOfALayer() throws IOException {
        String block = """
                layer: state
                tensors: |
                  input x[T, I]
                layers:
                  rnn: {layer: lstm, hidden_size: 4}
                output: rnn.h_n
                """;
        Network last = bind(block, "s: state");
        assertThat(last.outputName()).isEqualTo("s.rnn.h_n");
        assertThat(last.outputTensor().shape()).isEqualTo(Shape.of(1, 4));
        Network read = bind(block, "s: {layer: state, activation: tanh}");
        assertThat(read.output().reads()).containsValue("s.rnn.h_n");
    }

    @Test
    void activationsFollowItsLayersAsThoseOfANetwork() throws IOException {
        String block = """
                layer: three
                options: {slope: float = 0.1, act: relu or tanh = relu}
                tensors: |
                  input x[N, K]
                layers:
                  a: {layer: linear, out_features: 2, activation: act}
                  b: act
                  c: {layer: linear, out_features: 4, activation: {layer: leaky_relu, negative_slope: 2*slope}}
                """;
        Network network = bind(block, "t: {layer: three, act: tanh}\nout: {layer: flatten, activation: sigmoid}");
        assertThat(network.nodes())
                .extracting(BoundNode::name)
                .containsExactly("t.a", "t.a.tanh", "t.b", "t.c", "t.c.leaky_relu", "out", "out.sigmoid");
        assertThat(network.node("t.b").orElseThrow().layer().definition().name())
                .isEqualTo("tanh");
        assertThat(network.node("t.b").orElseThrow().reads()).containsValue("t.a.tanh");
        assertThat(network.node("t.c.leaky_relu").orElseThrow().layer().options())
                .hasToString("{negative_slope=0.2}");
        assertThat(network.node("out").orElseThrow().reads()).containsValue("t.c.leaky_relu");
    }

    @Test
    void anActivationMayBeAnOptionOfALayer() throws IOException {
        String block = """
                layer: deep
                options: {activation: relu or gelu = gelu}
                tensors: |
                  input x[S, E]
                layers:
                  a: {layer: transformer_encoder_layer, nhead: 1, dim_feedforward: 2, activation: activation}
                """;
        assertThat(bind(block, "d: deep")
                        .node("d.a.activation")
                        .orElseThrow()
                        .layer()
                        .definition()
                        .name())
                .isEqualTo("gelu");
        assertThatThrownBy(() ->
                        bind(block.replace("activation: activation", "activation: {layer: elu, alpha: 2}"), "d: deep"))
                .hasMessageContaining(
                        "option 'activation' of transformer_encoder_layer is relu or gelu; found a mapping");
    }

    @Test
    void anActivationMayBeMadeOfLayersToo() throws IOException {
        String block = """
                layer: twice
                tensors: |
                  input x[A...]
                layers: {a: relu, b: tanh}
                """;
        Network network = bind(block, "f: {layer: linear, out_features: 2, activation: twice}\nout: sigmoid");
        assertThat(network.node("out").orElseThrow().reads()).containsValue("f.twice.b");
    }

    @Test
    void noTwoValuesHaveOneName() {
        assertThatThrownBy(() -> bind(BLOCK.replace("layer: act", "layer: softplus"), "b: block\nb.act: relu"))
                .hasMessage("'b.act' is the name of two values; give one of them another");
        String block = BLOCK.replace("{layer: act}", "{layer: transformer_encoder_layer, nhead: 1}");
        assertThatThrownBy(() -> bind(block, "b: block\nb.act: relu"))
                .hasMessage("'b.act' is the name of two values; give one of them another");
    }

    @Test
    void wordsAndSignaturesAreHandedOn() throws IOException {
        String block = """
                layer: pair
                options: {equation: signature, exact: bool = true}
                tensors: |
                  input x[N, K]
                layers:
                  grown: {layer: reshape, shape: [1, N, K]}
                  large: {layer: upsample, mode: "where(exact, nearest-exact, nearest)", scale_factor: 2.0}
                  small: {layer: upsample, from: grown, mode: nearest-exact, scale_factor: 1.0}
                  flat:  {layer: reshape, shape: [N, K]}
                  both:  {layer: einsum, from: [x, flat], equation: equation}
                  again: {layer: einsum, from: both, equation: "nm->nm"}
                """;
        Network network = bind(block, "p: {layer: pair, equation: 'nk,mk->nm'}");
        assertThat(network.outputTensor().shape()).isEqualTo(Shape.of(2, 2));
        assertThat(network.node("p.large").orElseThrow().layer().options().get("mode"))
                .hasToString("nearest-exact");
        assertThat(network.node("p.small").orElseThrow().layer().options().get("mode"))
                .hasToString("nearest-exact");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            [x, back]        | [x, nothing]     | 'sum' reads 'nothing', which is neither an input nor a layer of block
            [x, back]        | [mask, back]     | 'sum' reads 'mask', an input of block that is not given
            [x, back]        | []               | 'from' names at least one input or layer
            from: start      | from: norm       | layers read each other in a circle: fc -> act -> back -> sum -> norm -> fc
            act: {layer: act | act: {layer: block | no layer can be made of itself: block -> block
            back: {          | x: {             | 'x' is an input already; give this layer another name
            back: {          | ba-ck: {         | 'ba-ck' is no name of a layer in a definition
            sum, norm)       | sum, gone)       | the output of block is one of its layers, or LAYER.OUTPUT; there is no 'gone'
            sum, norm)       | sum, norm.h_n)   | there is no 'norm.h_n'
            sum, norm)       | sum, x)          | the output of block is one of its layers; 'x' is an input
            {layer: act}     | [act]            | expected a name, found (act)
            {layer: act}     | {layer: act, activation: {layer: relu, from: x}}  | relu has no option 'from'
            {layer: act}     | {layer: act, activation: {alpha: 2}}  | an activation needs 'layer'
            {layer: act}     | {layer: upsample, mode: nearest-exakt} | 'nearest-exakt' is neither a word of the option nor a formula of what is known here; did you mean 'nearest-exact'?
            sum, norm)       | sum, mask)       | the output of block is one of its layers, or LAYER.OUTPUT; there is no 'mask'
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
