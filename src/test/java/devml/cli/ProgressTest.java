package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static String shown(boolean terminal, int batches) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                terminal);
        try (Progress progress = Progress.of(new Main(console, Ahead.NOTHING), "batches", batches)) {
            progress.accept(batches);
        }
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void countsBatchesOnATerminal() {
        assertThat(shown(true, 3)).contains("batches", "3/3").doesNotContain("\u001b[3");
    }

    @Test
    void isSilentElsewhere() {
        assertThat(shown(false, 3)).isEmpty();
    }

    @Test
    void isSilentAboutASingleBatch() {
        assertThat(shown(true, 1)).isEmpty();
    }
}
