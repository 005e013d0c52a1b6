package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import devml.Definitions;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.notation.Printer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions as their own explanation. */
class DefinitionTextTest {
    private static final String MESSY = """
            layer: swish
            summary: 'x times its sigmoid: smooth'
            options: {slope: "float > 0 = 1e-5", affine: bool = true}
            tensors: |
              input x[A...]   # what comes in
              param beta[K] when affine else 1
              output y[A...]
            where: |
              K=1
              s = sigmoid( beta[0]*x[a] )
              long, name = (1,2)
            forward: |
              y[a]=x[a]*s+slope*long*name
            backward: |
              t[a] = x[a]*s*(1-s)   # used twice
              dx[a] += dy[a]*(s+beta[0]*t[a])
              dbeta[0] += dy[a]*x[a]*t[a]
            init: |
              beta = 1
            notes: |
              First.

              Second.
            """;

    private static final String ALIGNED = """
            layer: swish
            summary: 'x times its sigmoid: smooth'
            options:
              slope:  float > 0 = 1e-5
              affine: bool = true
            tensors: |
              input  x[A...]
              param  beta[K] when affine else 1
              output y[A...]
            where: |
              K          = 1
              s          = sigmoid(beta[0] * x[a])
              long, name = 1, 2
            forward: |
              y[a] = x[a] * s + slope*long*name
            backward: |
              t[a]      = x[a] * s * (1 - s)
              dx[a]    += dy[a] * (s + beta[0] * t[a])
              dbeta[0] += dy[a] * x[a] * t[a]
            init: |
              beta = 1
            notes: |
              First.

              Second.
            """;

    static List<String> shipped() {
        return Catalogue.shipped();
    }

    @Test
    void alignsAndLeavesCommentsOut() {
        assertThat(DefinitionText.of(Definitions.read(MESSY))).isEqualTo(ALIGNED);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void isTheSameDefinition(String name) {
        Definition definition = new Catalogue(List.of()).find(name);
        assertThat(Definitions.read(DefinitionText.of(definition)))
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .ignoringFields("place")
                .isEqualTo(definition);
    }

    @Test
    void quotesWhatYamlWouldTakeForSomethingElse() {
        for (String summary : List.of("a: b c", "true", "it's # one", "- x y", "1e5", "Ends with:", "'quoted' text")) {
            String yaml = MESSY.replace("'x times its sigmoid: smooth'", "\"" + summary + "\"");
            Definition definition = Definitions.read(yaml);
            assertThat(definition.summary()).isEqualTo(summary);
            assertThat(Definitions.read(DefinitionText.of(definition)).summary())
                    .isEqualTo(summary);
        }
    }

    @Test
    void jsonHoldsTheNotationAsStrings() {
        Definition definition = new Catalogue(List.of()).find("conv2d");
        JsonObject json =
                JsonParser.parseString(DefinitionText.json(definition)).getAsJsonObject();
        assertThat(json.get("layer").getAsString()).isEqualTo("conv2d");
        assertThat(json.getAsJsonArray("options").get(3))
                .hasToString("{\"name\":\"padding\",\"type\":\"int2 >= 0 or same or valid\",\"default\":\"0\"}");
        assertThat(json.getAsJsonArray("options").get(0).getAsJsonObject().has("default"))
                .isFalse();
        assertThat(json.getAsJsonArray("tensors").get(2).getAsString()).isEqualTo("param bias[G*K] when bias else 0");
        assertThat(json.getAsJsonArray("backward").get(0).getAsString())
                .isEqualTo(Printer.print(definition.backward().getFirst()));
        assertThat(json.getAsJsonArray("update")).isEmpty();
    }

    @Test
    void layersOfWhichOneIsMadeKeepWhatIsGivenToThem() {
        String yaml = """
                layer: made
                options:
                  dims: ints = [3]
                  act:  relu or tanh = relu
                tensors: |
                  input x[A..., K]
                layers:
                  a:
                    layer: linear
                    activation: act
                    out_features: K
                  b:
                    layer: add
                    from: [a, x]
                    activation:
                      layer: leaky_relu
                      negative_slope: 0.2
                  c:
                    layer: tanh
                  d:
                    layer: upsample
                    mode: "'nearest-exact'"
                output: 'b'
                """;
        Definition definition = Definitions.read(yaml);
        assertThat(DefinitionText.of(definition)).isEqualTo(yaml);
        assertThat(Definitions.read(yaml.replace("c:\n    layer: tanh", "c: tanh")))
                .usingRecursiveComparison()
                .usingOverriddenEquals()
                .ignoringFields("place")
                .isEqualTo(definition);
        JsonObject json =
                JsonParser.parseString(DefinitionText.json(definition)).getAsJsonObject();
        assertThat(json.get("output").getAsString()).isEqualTo("b");
        assertThat(json.getAsJsonArray("layers").get(1).getAsJsonObject().get("activation"))
                .hasToString("{\"name\":\"activation\",\"layer\":\"leaky_relu\",\"from\":[],"
                        + "\"settings\":{\"negative_slope\":\"0.2\"}}");
    }

    @Test
    void layersAreListedALineEach() {
        Catalogue catalogue = new Catalogue(List.of());
        List<Definition> two = List.of(catalogue.find("relu"), catalogue.find("softmax"));
        assertThat(LayerList.of(two)).isEqualTo("""
                layer    summary
                relu     The positive part, max(x, 0).
                softmax  Exponentials along one dimension, divided by their sum.
                """);
        assertThat(JsonParser.parseString(LayerList.json(two))
                        .getAsJsonArray()
                        .get(1)
                        .getAsJsonObject()
                        .get("layer"))
                .hasToString("\"softmax\"");
    }
}
