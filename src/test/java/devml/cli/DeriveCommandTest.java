package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code devml derive}. */
class DeriveCommandTest {
    private static final String SWISH = """
            layer: swish
            tensors: |
              input  x[A...]
              param  beta[]
              output y[A...]
            forward: |
              y[a] = x[a]*sigmoid(beta[]*x[a])
            """;

    private static final String BACKWARD = """
            backward: |
              dbeta[] += dy[a] * x[a] * (1 - sigmoid(beta[] * x[a])) * y[a]
              dx[a]   += dy[a] * (sigmoid(beta[] * x[a]) + (1 - sigmoid(beta[] * x[a])) * beta[] * y[a])
            """;

    @TempDir
    private Path folder;

    @Test
    void derivesALayerByItsName() {
        assertThat(Devml.run("derive", "relu")).isEqualTo(new Devml(0, """
                backward: |
                  dx[a] += where(x[a] <= 0, 0, dy[a])
                """, ""));
    }

    @Test
    void whatIsPrintedCompletesTheFile() throws IOException {
        Path own = Files.writeString(folder.resolve("swish.yaml"), SWISH);
        assertThat(Devml.run("derive", own)).isEqualTo(new Devml(0, BACKWARD, ""));
        Path whole = Files.writeString(folder.resolve("whole.yaml"), SWISH + BACKWARD);
        assertThat(Devml.run("derive", whole)).isEqualTo(new Devml(0, BACKWARD, ""));
        assertThat(Devml.run("explain", own).out()).contains("backward: |   # derived from forward\n");
        assertThat(Devml.run("explain", whole).out()).contains("backward: |\n");
        assertThat(Devml.run("derive", own, "--quiet")).isEqualTo(new Devml(0, "", ""));
    }

    @Test
    void aNetworkSaysWhichOfItsLayersAreDerived() throws IOException {
        Files.writeString(folder.resolve("swish.yaml"), SWISH);
        Path network = Files.writeString(folder.resolve("net.yaml"), """
                definitions: [swish.yaml]
                inputs: {x: {rand: [2, 3]}}
                layers: {a: {layer: linear, out_features: 2}, s: {layer: swish}}
                """);
        String text = Devml.run("explain", network).out();
        assertThat(text).contains("\ns = swish(a), derived from forward\n").contains("\na = linear(x)\n");
    }

    @Test
    void aLoopGoesBackTheOtherWay() throws IOException {
        Path own = Files.writeString(folder.resolve("decay.yaml"), """
                layer: decay
                tensors: |
                  input  x[T]
                  param  a[]
                  output y[T]
                forward: |
                  for t:
                    h[t] = x[t] + a[]*(h[t - 1] else 0)
                  y[t] = h[t]
                """);
        assertThat(Devml.run("derive", own)).isEqualTo(new Devml(0, """
                backward: |
                  dh[t]     += dy[t]
                  for t down:
                    dh[t - 1] += dh[t] * a[] | 0 <= t - 1 < T
                  da[]      += dh[t] * (h[t - 1] else 0)
                  dx[t]     += dh[t]
                """, ""));
    }

    @Test
    void ofALayerMadeOfLayersPrintsThoseOfEach() {
        assertThat(Devml.run("derive", "transformer_encoder_layer").out())
                .startsWith("# self_attn: multi_head_attention\nbackward: |\n")
                .contains("# dropout1, dropout, dropout2: dropout\nbackward: |\n  dx[a]    += dy[a] * scale\n")
                .contains("# activation: activation\n# options say which\n");
    }

    @Test
    void activationsOfLayersOfWhichOneIsMadeAreTheirs() throws IOException {
        Path made = Files.writeString(folder.resolve("made.yaml"), """
                layer: made
                tensors: |
                  input x[S, E]
                layers:
                  a: {layer: tanh, activation: relu}
                  b: {layer: transformer_encoder_layer, nhead: 1, activation: gelu}
                """);
        assertThat(Devml.run("derive", made).out())
                .contains("# a: tanh\n", "# a.relu: relu\n")
                .doesNotContain(": gelu");
    }

    @Test
    void printsJson() {
        assertThat(Devml.run("derive", "relu", "--json")).isEqualTo(new Devml(0, """
                {
                  "layer": "relu",
                  "backward": [
                    "dx[a] += where(x[a] <= 0, 0, dy[a])"
                  ]
                }
                """, ""));
        assertThat(Devml.run("derive", "transformer_encoder_layer", "--json").out())
                .containsSubsequence(
                        "\"layer\": \"transformer_encoder_layer\"",
                        "\"names\": [\n        \"linear1\",",
                        "\"layer\": \"linear\"",
                        "dweight[o,k] += dy[a,o] * x[a,k]",
                        "\"layer\": \"activation\"",
                        "\"reason\": \"options say which\"");
    }

    @Test
    void refusesWhatThereIsNot() throws IOException {
        assertThat(Devml.run("derive", "rely"))
                .isEqualTo(new Devml(2, "", "error: there is no layer 'rely'; did you mean 'relu'?\n"));
        assertThat(Devml.run("derive", folder.resolve("none.yaml")).code()).isEqualTo(2);
        Path place = Files.writeString(folder.resolve("argmax.yaml"), """
                layer: argmax
                tensors: |
                  input  x[N, K]
                  output y[N]
                forward: |
                  y[n] = argmax(k: x[n,k])
                """);
        Devml devml = Devml.run("derive", place);
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err())
                .contains(
                        "argmax.yaml:1:8: error: no output of argmax has a gradient with respect to an input or a parameter");
    }

    @Test
    void helpHasAnExample() {
        assertThat(Devml.run("derive", "--help").out()).contains("\n  devml derive softmax\n");
    }
}
