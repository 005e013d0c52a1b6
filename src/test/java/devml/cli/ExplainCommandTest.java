package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code devml explain}, {@code layers} and {@code summary}. */
class ExplainCommandTest {
    private static final String NETWORK = """
            inputs: {x: {shape: [4, 2], data: x.npy}}
            layers: {fc: {layer: linear, out_features: 3}}
            """;

    @TempDir
    private Path folder;

    private Path network;

    @BeforeEach
    void writeNetwork() throws IOException {
        network = Files.writeString(folder.resolve("net.yaml"), NETWORK);
    }

    @Test
    void explainsANetwork() {
        Devml devml = Devml.run("explain", network);
        assertThat(devml.code()).isZero();
        assertThat(devml.err()).isEmpty();
        assertThat(devml.out()).startsWith("forward\n\nfc = linear(x)\n").contains("\nbackward\n");
        assertThat(Devml.run("explain", network, "--forward").out())
                .startsWith("forward\n")
                .doesNotContain("backward");
        assertThat(Devml.run("explain", network, "--backward").out())
                .startsWith("backward\n")
                .doesNotContain("dx[a,k]");
        assertThat(Devml.run("explain", network, "--backward", "--input-gradients")
                        .out())
                .contains("dx[a,k]");
        assertThat(Devml.run("explain", network, "--json").out()).startsWith("{\n  \"network\": \"net\",");
        assertThat(Devml.runWith(NETWORK, "explain", "-").out()).isEqualTo(devml.out());
        assertThat(Devml.run("explain", network, "--quiet")).isEqualTo(new Devml(0, "", ""));
    }

    @Test
    void explainsALayerByNameAndByFile() throws IOException {
        Devml devml = Devml.run("explain", "relu");
        assertThat(devml.code()).isZero();
        assertThat(devml.out()).startsWith("layer: relu\nsummary: The positive part, max(x, 0).\n");
        Path own = Files.writeString(folder.resolve("own.yaml"), devml.out().replace("layer: relu", "layer: own"));
        assertThat(Devml.run("explain", own).out()).isEqualTo(devml.out().replace("layer: relu", "layer: own"));
        assertThat(Devml.run("explain", own, "--json").out()).startsWith("{\n  \"layer\": \"own\",");
    }

    @Test
    void refusesWhatThereIsNot() {
        assertThat(Devml.run("explain", "conv2"))
                .isEqualTo(new Devml(2, "", "error: there is no layer 'conv2'; did you mean 'conv2d'?\n"));
        assertThat(Devml.run("layers", "conv2"))
                .isEqualTo(new Devml(2, "", "error: there is no layer 'conv2'; did you mean 'conv2d'?\n"));
        assertThat(Devml.run("explain", folder.resolve("none.yaml")).code()).isEqualTo(2);
        assertThat(Devml.run("explain", "relu", "--forward").err())
                .contains("'relu' is a layer; --forward, --backward and --input-gradients are for networks");
        assertThat(Devml.run("explain", network, "--forward", "--backward").code())
                .isEqualTo(2);
    }

    @Test
    void listsLayers() {
        Devml devml = Devml.run("layers");
        assertThat(devml.code()).isZero();
        assertThat(devml.out())
                .containsPattern("^layer +summary\nabs +The absolute value.\n")
                .containsPattern("\nrelu +The positive part");
        assertThat(Devml.run("layers", "--json").out()).startsWith("[\n  {\n    \"layer\": \"abs\",");
        assertThat(Devml.run("layers", "relu").out())
                .isEqualTo(Devml.run("explain", "relu").out());
        assertThat(Devml.run("layers", "relu", "--json").out())
                .isEqualTo(Devml.run("explain", "relu", "--json").out());
    }

    @Test
    void sumsANetworkUp() {
        assertThat(Devml.run("summary", network)).isEqualTo(new Devml(0, """
                name   layer   output  parameters  forward FLOPs  backward FLOPs
                fc     linear  (4, 3)           9             60              60
                total                           9             60              60

                parameters   72 bytes
                activations  160 bytes, of one batch: the inputs and what forward keeps
                memory       400 bytes, of one batch, with gradients: what a run needs
                """, ""));
        assertThat(Devml.run("summary", network, "--dtype", "float32").out()).contains("parameters   36 bytes\n");
        assertThat(Devml.run("summary", network, "--input-gradients").out())
                .contains("             60             108\n");
        assertThat(Devml.run("summary", network, "--json").out()).contains("\"forward_flops\": 60");
        assertThat(Devml.run("summary", network, "--plan", "--json").out())
                .contains("\"equation\": \"dweight[o,k] += dy[a,o] * x[a,k]\"")
                .contains("\"flops\": 48,")
                .contains("\"kind\": \"contraction\",")
                .contains("\"summed\": [4]");
        assertThat(Devml.run("summary", network, "--plan", "--reach").code()).isEqualTo(2);
        assertThat(Devml.runWith(NETWORK, "summary", "-").out())
                .isEqualTo(Devml.run("summary", network).out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "layers", "summary"})
    void helpHasAnExample(String command) {
        Devml devml = Devml.run(command, "--help");
        assertThat(devml.code()).isZero();
        assertThat(devml.out()).contains("Example").contains("\n  devml " + command);
    }
}
