package devml.yaml;

import devml.fault.Fault;
import devml.fault.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A YAML file as it was read: a network file or a layer definition.
 *
 * @param source the text, without a byte order mark
 * @param root the content
 */
public record Document(Source source, Node root) {

    /** The size of the largest file that is read, in bytes. Larger data belong into an NPY file. */
    static final int MAX_BYTES = 16 << 20;

    /**
     * Reads a file in UTF-8.
     *
     * @throws Fault if it cannot be read or is not one document of the YAML that devml understands
     */
    public static Document read(Path file) {
        return read(source(file));
    }

    /** Reads a document from a stream like {@link #read(Path)}; messages call it {@code name}. */
    public static Document read(InputStream in, String name) {
        try {
            return read(source(in, name));
        } catch (IOException e) {
            throw Fault.of(name + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads a document from a text like {@link #read(Path)}. */
    public static Document read(Source source) {
        Source unmarked = source.text().startsWith("\uFEFF")
                ? new Source(source.name(), source.text().substring(1))
                : source;
        return new Document(unmarked, new TreeReader(unmarked).read());
    }

    private static Source source(Path file) {
        if (Files.isDirectory(file)) {
            throw Fault.of(file + ": is a directory, not a YAML file");
        }
        if (Files.notExists(file)) {
            throw Fault.of(file + ": no such file");
        }
        try (var in = Files.newInputStream(file)) {
            return source(in, file.toString());
        } catch (IOException e) {
            throw Fault.of(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static Source source(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw Fault.of(name + ": larger than " + (MAX_BYTES >> 20) + " MiB; put large data into an NPY file");
        }
        return decode(name, bytes);
    }

    private static Source decode(String name, byte[] bytes) {
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), chars, true);
        if (result.isError()) {
            Source shown = new Source(name, new String(bytes, StandardCharsets.UTF_8));
            throw Fault.at(shown.place(chars.position(), chars.position() + 1), "not UTF-8 from here on");
        }
        return new Source(name, chars.flip().toString());
    }
}
