package devml.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The standard output, which remembers why it could not be written: print streams swallow that, and a table that a full
 * disk lost must not look like success.
 */
final class StandardOutput extends FilterOutputStream {
    private IOException failure;

    /** @param raw written to in large pieces */
    StandardOutput(OutputStream raw) {
        super(new BufferedOutputStream(raw));
    }

    @Override
    public void write(int octet) throws IOException {
        attempt(() -> out.write(octet));
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        attempt(() -> out.write(octets, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    /**
     * Why something was lost, if it was. A reader that has read enough and gone ({@code | head}) is no failure.
     */
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(IOException::getMessage).filter(m -> !m.contains("Broken pipe"));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void attempt(Writing writing) throws IOException {
        try {
            writing.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
