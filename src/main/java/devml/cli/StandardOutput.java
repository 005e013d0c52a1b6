package devml.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The standard output, which remembers why it could not be written. Print streams swallow errors, but a table that a
 * full disk has lost must not look like success.
 */
final class StandardOutput extends FilterOutputStream {
    private IOException failure;

    /** @param raw the stream to write to; it is written in large pieces */
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
     * The reason why output was lost, if it was. A reader that has read enough and is gone ({@code | head}) is not a
     * failure.
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
