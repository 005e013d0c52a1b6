package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.fast.Workers;
import devml.fault.Fault;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Integers and truth values remain such through layers that only move them; nothing else becomes one. */
class MovedIntegersTest {
    private static final String TABLE = "table: {layer: embedding, num_embeddings: 3, embedding_dim: 2, from: %s}";

    @TempDir
    Path folder;

    static List<Runner.Evaluators> evaluators() {
        return List.of(ReferenceEvaluator::new, (dtype, program) -> new FastEvaluator(dtype, program, new Workers(1)));
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void aMovedMaskOfTruthValuesSaysWhereToLook(Runner.Evaluators evaluators) throws IOException {
        String attention = "attention: {layer: scaled_dot_product_attention, from: [q, q, q], attn_mask: %s}";
        Map<String, Tensor> direct = values(attention.formatted("square"), evaluators);
        Map<String, Tensor> moved = values(
                "moved: {layer: reshape, shape: [2, 2], from: row}\n  "
                        + "turned: {layer: transpose, dim0: 0, dim1: 1}\n  "
                        + "back: {layer: transpose, dim0: 0, dim1: 1}\n  "
                        + attention.formatted("back"),
                evaluators);
        assertThat(moved.get("attention").toDoubles().values())
                .containsExactly(direct.get("attention").toDoubles().values());
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void realNumbersCanBeReadFromIntegers(Runner.Evaluators evaluators) throws IOException {
        Map<String, Tensor> values = values(
                "greatest: {layer: max, dim: 1, from: q}\n  half: {layer: relu, from: greatest.indices}", evaluators);
        assertThat(values.get("half").toDoubles().values()).containsExactly(0, 1);
        assertThat(values.get("greatest.indices")).isInstanceOf(Tensor.Longs.class);
    }

    @ParameterizedTest
    @MethodSource("evaluators")
    void movedIntegersAreChecked(Runner.Evaluators evaluators) {
        String layers = "moved: {layer: flatten, start_dim: 0, from: ids}\n  " + TABLE.formatted("moved");
        assertThat(catchThrowableOfType(Fault.class, () -> values(layers, evaluators)))
                .hasMessageContaining("moved[3] is 7, but 'table' takes 0 to 2");
    }

    @Test
    void whatIsComputedIsNoInteger() {
        String layers = "computed: {layer: relu, from: ids}\n  " + TABLE.formatted("computed");
        assertThat(catchThrowableOfType(Fault.class, () -> values(layers, ReferenceEvaluator::new)))
                .hasMessageContaining("'table' takes integers as x, but 'computed' puts out real numbers");
    }

    private Map<String, Tensor> values(String layers, Runner.Evaluators evaluators) throws IOException {
        Path file = Files.writeString(folder.resolve("net.yaml"), """
                inputs:
                  q: [[1.5, 0.5], [0.0, 1.0]]
                  row: [true, false, true, true]
                  square: [[true, false], [true, true]]
                  ids: [[0, 1], [2, 7]]
                layers:
                  %s
                """.formatted(layers));
        Workload workload = Workload.load(NetworkFile.read(file), Workload.Overrides.NONE);
        return Runner.run(workload, Set.of(), evaluators, _ -> {}).values();
    }
}
