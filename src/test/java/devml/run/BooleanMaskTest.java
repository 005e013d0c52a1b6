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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks of attention whose data are truth values say where to look; numbers are added, and integers may mean either. */
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
        Map<String, Tensor> said = run(DOT + ", mask: boolean}", "[[0, 1, 0], [1, 0, 1]]");
        Map<String, Tensor> found = run(DOT + "}", mask.replace("FORMATS", FORMATS.toString()));
        assertThat(found.get("k").toDoubles().values())
                .containsExactly(said.get("k").toDoubles().values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[0, 1, 0], [1, 0, 1]]                        |                  | mask: boolean or mask: additive, since attn_mask holds integers
            [[false, true, false], [true, false, true]] | , mask: additive | numbers in attn_mask, not truth values, with mask: additive
            """)
    void whatCannotBeMeantIsRefused(String mask, String option, String message) {
        String layer = DOT + (option == null ? "" : option) + "}";
        assertThat(catchThrowableOfType(Fault.class, () -> run(layer, mask))).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[0, 1, 0], [1, 0, 1]]                      |                                   | key_padding_mask_type: boolean or additive, since
            [[false, true, false], [true, false, true]] | , key_padding_mask_type: additive | numbers in key_padding_mask, not truth values
            """)
    void whatCannotBeMeantIsRefusedInSeveralHeads(String mask, String option, String message) {
        String layer = HEADS + (option == null ? "" : option) + "}";
        assertThat(catchThrowableOfType(Fault.class, () -> run(layer, mask))).hasMessageContaining(message);
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
