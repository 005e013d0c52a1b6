package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
    @TempDir
    private Path folder;

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path written() {
        Path out = folder.resolve("out");
        write(out.resolve("a.npy"), "old");
        write(out.resolve("manifest.json"), "{\"tool\": \"devml\", \"outputs\": {\"a.npy\": \"\"}}");
        return out;
    }

    @Test
    void appearsWhole() {
        Path out = folder.resolve("some").resolve("out");
        OutputFolder.at(out).replace(fresh -> {
            write(fresh.resolve("deep").resolve("a.npy"), "new");
            assertThat(out).doesNotExist();
        });
        assertThat(out.resolve("deep").resolve("a.npy")).hasContent("new");
        assertThat(folder.resolve("some").toFile().list()).containsExactly("out");
    }

    @Test
    void leavesWhatWasThereWhenWritingFails() {
        Path out = written();
        OutputFolder target = OutputFolder.at(out);
        assertThatThrownBy(() -> target.replace(fresh -> {
                    write(fresh.resolve("a.npy"), "half");
                    throw Fault.of("disk full");
                }))
                .hasMessage("disk full");
        assertThat(out.resolve("a.npy")).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("out");
    }

    @Test
    void looksAgainBeforeItReplaces() {
        Path out = written();
        OutputFolder target = OutputFolder.at(out);
        assertThatThrownBy(() -> target.replace(_ -> write(out.resolve("notes.txt"), "added meanwhile")))
                .hasMessageContaining("holds 'notes.txt', which no run of devml wrote");
        assertThat(out.resolve("a.npy")).hasContent("old");
        assertThat(out.resolve("notes.txt")).hasContent("added meanwhile");
        assertThat(folder.toFile().list()).containsExactly("out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"outputs\": {\"a.npy\": \"\"}}",
                "{\"tool\": null, \"outputs\": {\"a.npy\": \"\"}}",
                "{\"tool\": {\"name\": \"devml\"}, \"outputs\": {\"a.npy\": \"\"}}",
                "{\"tool\": \"devml\", \"outputs\": [\"a.npy\"]}",
                "{\"tool\": \"devml\", \"outputs\": {\"a\\u0000\": \"\"}}",
                "\u00e9",
            })
    void leavesWhatSomeoneElsesManifestIsWith(String manifest) throws IOException {
        Path out = written();
        Files.write(out.resolve("manifest.json"), manifest.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> OutputFolder.at(out))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("which no run of devml wrote");
        assertThat(out.resolve("a.npy")).hasContent("old");
    }

    @Test
    void replacesWhatAnotherRunPutThereMeanwhile() {
        Path out = written();
        OutputFolder.at(out).replace(fresh -> {
            write(out.resolve("b.npy"), "another's");
            write(
                    out.resolve("manifest.json"),
                    "{\"tool\": \"devml\", \"outputs\": {\"a.npy\": \"\", \"b.npy\": \"\"}}");
            write(fresh.resolve("a.npy"), "new");
        });
        assertThat(out.toFile().list()).containsExactly("a.npy");
        assertThat(out.resolve("a.npy")).hasContent("new");
    }

    @Test
    void isAsOpenAsOtherDirectories() throws IOException {
        Path out = folder.resolve("out");
        OutputFolder.at(out).replace(_ -> {});
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(Files.getPosixFilePermissions(other));
    }
}
