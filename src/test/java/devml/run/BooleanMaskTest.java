package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.fault.Fault;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of attention whose data are truth values say where to look; real numbers are added, and integers are refused. */
class BooleanMaskTest {
    private static final Path FORMATS = Path.of("testdata", "formats").toAbsolutePath();

    private static final String DOT =
            "attention: {layer: scaled_dot_product_attention, from: [q, k, k], attn_mask: mask";
    private static final String HEADS =
            "attention: {layer: multi_head_attention, from: [b, b, b], num_heads: 1, batch_first: true, key_padding_mask: mask";

    @TempDir
    Path folder;

    /** Of shape (2, 3): row by row false, true, false and true, false, true. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[false, true, false], [true, false, true]]",
                "FORMATS/npy/b1_little.npy",
                "{shape: [2, 3], data: FORMATS/npy/b1_big.npy}",
                "FORMATS/all.safetensors#bool",
                "masks.npz#mask"
            })
    void truthValuesSayWhereToLook(String mask) throws IOException {
        Map<String, Tensor> said = run(DOT + "}", "[[-1e9, 0.0, -1e9], [0.0, -1e9, 0.0]]");
        Map<String, Tensor> found = run(DOT + "}", mask.replace("FORMATS", FORMATS.toString()));
        assertThat(found.get("k").toDoubles().values())
                .containsExactly(said.get("k").toDoubles().values());
    }

    @ParameterizedTest
    @ValueSource(strings = {DOT, HEADS})
    void integersAreRefused(String layer) {
        assertThat(catchThrowableOfType(Fault.class, () -> run(layer + "}", "[[0, 1, 0], [1, 0, 1]]")))
                .hasMessageContaining("needs true and false in ")
                .hasMessageContaining(" (a bool in NumPy), or real numbers, not integers");
    }

    private Map<String, Tensor> run(String layer, String mask) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("masks.npz")))) {
            zip.putNextEntry(new ZipEntry("mask.npy"));
            zip.write(Files.readAllBytes(FORMATS.resolve("npy/b1_little.npy")));
        }
        Path file = Files.writeString(folder.resolve("net.yaml"), """
                inputs:
                  q: [[1, 2], [3, 1]]
                  k: [[0, 1], [2, 1], [1, -1]]
                  b: [[[1, 2], [3, 1], [0, 1]], [[2, 1], [1, 0], [0, 3]]]
                  mask: %s
                layers:
                  %s
                """.formatted(mask, layer));
        Workload workload = Workload.load(NetworkFile.read(file), Workload.Overrides.NONE);
        return Runner.run(workload, Set.of("k"), _ -> {}).gradients();
    }
}
