package devml.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Which devml this is, and which Java runs it. */
final class Version implements IVersionProvider {

    /** As the build wrote it; to take it from the jar's manifest takes longer than to write all gradients. */
    static String number() {
        try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream("/devml/version.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text() {
        return "devml " + number() + ", Java " + Runtime.version();
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }
}
