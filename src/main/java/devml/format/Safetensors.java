package devml.format;

import com.google.gson.stream.JsonWriter;
import devml.fault.Fault;
import devml.tensor.Kind;
import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The safetensors format: a JSON header with the position of each tensor, followed by their bytes, little-endian in C
 * order. Metadata is skipped on reading and not written.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The safetensors format</a>
 */
public final class Safetensors {
    private Safetensors() {}

    /**
     * Returns all tensors by name, in the order of the header: floats for F16, BF16 and F32, doubles for F64, longs for
     * integers and BOOL.
     *
     * @throws Fault if the file cannot be read, or its header is damaged or contradicts the file
     */
    public static SequencedMap<String, Tensor> readAll(Path file) {
        return FileAccess.map(file, bytes -> readAll(bytes, file.toString()));
    }

    static SequencedMap<String, Tensor> readAll(MemorySegment bytes, String name) {
        SafetensorsHeader header = SafetensorsHeader.read(bytes, name);
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        header.entries().forEach((key, entry) -> tensors.put(key, entry.decode(header.data(), name + "#" + key)));
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** Returns the tensor with a name. Only this one is read. */
    public static Tensor read(Path file, String key) {
        return FileAccess.map(file, bytes -> {
            SafetensorsHeader header = SafetensorsHeader.read(bytes, file.toString());
            return Keys.pick(header.entries(), key, file).decode(header.data(), file + "#" + key);
        });
    }

    /** Opens the tensor with a name, to be read row by row. */
    static Rows rows(Path file, String key) {
        return FileAccess.map(file, bytes -> {
            SafetensorsHeader header = SafetensorsHeader.read(bytes, file.toString());
            SafetensorsHeader.Entry entry = Keys.pick(header.entries(), key, file);
            long data = bytes.byteSize() - header.data().byteSize();
            return new StoredRows(
                    StoredRows.Bytes.of(file),
                    file + "#" + key,
                    data + entry.begin(),
                    entry.type(),
                    ByteOrder.LITTLE_ENDIAN,
                    false,
                    entry.shape().dims());
        });
    }

    /** Returns the kind of the numbers of the tensor with a name; without a name, of the first tensor. */
    static Kind kind(Path file, Optional<String> key) {
        return FileAccess.map(file, bytes -> {
            var entries = SafetensorsHeader.read(bytes, file.toString()).entries();
            String wanted = key.orElseGet(() -> entries.keySet().iterator().next());
            return Keys.pick(entries, wanted, file).type().kind();
        });
    }

    /** Writes a file, replacing an existing one, and creates the directories above it. */
    public static void write(Path file, Map<String, Tensor> tensors) {
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw Fault.of("safetensors keeps the name " + SafetensorsHeader.METADATA + " for itself");
        }
        // Wide elements come first, so that each tensor is aligned to its elements, which readers in other languages
        // rely on.
        List<Map.Entry<String, Tensor>> ordered = tensors.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> -ElementType.of(entry.getValue()).bytes()))
                .toList();
        FileAccess.write(file, out -> {
            byte[] header = header(ordered).getBytes(StandardCharsets.UTF_8);
            int padding = -header.length & 7;
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length + padding)
                    .array());
            out.write(header);
            out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
            for (var tensor : ordered) {
                ElementType.encode(tensor.getValue(), out);
            }
        });
    }

    private static String header(List<Map.Entry<String, Tensor>> tensors) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.beginObject();
        long begin = 0;
        for (var entry : tensors) {
            Tensor tensor = entry.getValue();
            ElementType type = ElementType.of(tensor);
            long end = begin + (long) tensor.size() * type.bytes();
            json.name(entry.getKey()).beginObject();
            json.name("dtype").value(type.name());
            json.name("shape").beginArray();
            for (int dim : tensor.shape().dims()) {
                json.value(dim);
            }
            json.endArray();
            json.name("data_offsets").beginArray().value(begin).value(end).endArray();
            json.endObject();
            begin = end;
        }
        json.endObject();
        return text.toString();
    }
}
