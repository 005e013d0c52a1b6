package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private static StandardOutput printedTo(OutputStream raw) {
        StandardOutput out = new StandardOutput(raw);
        PrintStream printer = new PrintStream(out, false, StandardCharsets.UTF_8);
        printer.print("loss 46.2");
        printer.flush();
        return out;
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void remembersThatADiskIsFull() {
        assertThat(printedTo(failing("No space left on device")).failure()).hasValue("No space left on device");
    }

    @Test
    void isQuietAboutAReaderThatHasGone() {
        assertThat(printedTo(failing("Broken pipe")).failure()).isEmpty();
    }

    @Test
    void doesNotFailWhereItCanWrite() {
        assertThat(printedTo(OutputStream.nullOutputStream()).failure()).isEmpty();
    }
}
