package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import devml.format.TensorFiles;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of layers that are made of layers. */
class ComposedLayersTest {
    private static final String STATE = """
            layer: state
            tensors: |
              input x[T, N, I]
            layers:
              rnn: {layer: lstm, hidden_size: 4, activation: tanh}
            output: rnn.h_n
            """;

    @TempDir
    private Path folder;

    private Path network;

    @BeforeEach
    void writeNetwork() throws IOException {
        Files.writeString(folder.resolve("state.yaml"), STATE);
        network = Files.writeString(folder.resolve("net.yaml"), """
                definitions: state.yaml
                inputs: {x: {rand: [3, 2, 2]}}
                layers: {s: state}
                random: {seed: 1}
                """);
    }

    private Path out() {
        return folder.resolve("out");
    }

    @Test
    void valuesHaveTheNameOfTheWholeToo() {
        Devml devml = Devml.run("run", network, "--out", out(), "--values", "s,s.rnn.h_n", "--bounds");
        assertThat(devml.code()).isZero();
        Map<String, Tensor> values = TensorFiles.readAll(out().resolve("values"));
        assertThat(values).containsOnlyKeys("s", "s.bound", "s.rnn.h_n", "s.rnn.h_n.bound");
        assertThat(values.get("s")).usingRecursiveComparison().isEqualTo(values.get("s.rnn.h_n"));
        assertThat(values.get("s").shape().dims()).containsExactly(1, 2, 4);
        assertThat(Devml.run("check", network, "--reference", out(), "--oracle").out())
                .contains("values/s ", "values/s.rnn.h_n ");
        Devml forward = Devml.run("run", network, "--forward-only", "--out", folder.resolve("forward"));
        assertThat(forward.out()).contains("values/s.rnn.h_n");
    }

    @Test
    void gradientsGoBackFromTheOutputThatIsNamed() throws IOException {
        Devml.run("run", network, "--out", out(), "--input-gradients");
        Path plain = Files.writeString(folder.resolve("plain.yaml"), """
                inputs: {x: {rand: [3, 2, 2]}}
                layers:
                  s.rnn: {layer: lstm, hidden_size: 4}
                  flat: {layer: flatten, from: s.rnn.h_n}
                random: {seed: 1}
                """);
        Devml devml = Devml.run("check", plain, "--reference", out(), "--strict");
        assertThat(devml.out()).contains("s.rnn.weight_ih_l0", "pass: ");
        assertThat(devml.code()).isZero();
    }

    @Test
    void aCircleIsToldWhereItCloses() throws IOException {
        Files.writeString(folder.resolve("state.yaml"), STATE.replace("layer: lstm", "layer: state"));
        for (String command : new String[] {"run", "explain", "summary"}) {
            Devml devml = Devml.run(command, network);
            assertThat(devml.code()).isEqualTo(2);
            assertThat(devml.err()).contains("state.yaml:5:16: error: no layer can be made of itself: state -> state");
        }
    }
}
