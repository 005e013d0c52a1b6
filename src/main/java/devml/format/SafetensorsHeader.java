package devml.format;

import devml.fault.Fault;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.StringReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The positions of the tensors in a safetensors file. Together they cover the data without a gap or an overlap, which
 * is checked.
 *
 * @param entries by name, in the order of the header
 * @param data the bytes after the header
 */
record SafetensorsHeader(SequencedMap<String, Entry> entries, MemorySegment data) {
    static final String METADATA = "__metadata__";
    private static final List<String> MEMBERS = List.of("dtype", "shape", "data_offsets");
    /** The limit of the reference implementation. */
    private static final long MAX_LENGTH = 100_000_000;

    /**
     * The position of one tensor.
     *
     * @param begin the offset of its first byte in the data
     * @param end the offset after its last byte
     */
    record Entry(ElementType type, Shape shape, long begin, long end) {
        Tensor decode(MemorySegment data, String name) {
            return type.decode(data.asSlice(begin, end - begin), ByteOrder.LITTLE_ENDIAN, shape, name);
        }
    }

    static SafetensorsHeader read(MemorySegment file, String name) {
        if (file.byteSize() < 8) {
            throw Fault.of(name + ": not a safetensors file: shorter than 8 bytes");
        }
        long length = file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        if (length < 0 || length > MAX_LENGTH) {
            throw Fault.of(name + ": not a safetensors file: its header claims " + Long.toUnsignedString(length)
                    + " bytes; allowed: at most " + MAX_LENGTH);
        }
        if (length > file.byteSize() - 8) {
            throw Fault.of(name + ": ends within its header of " + length + " bytes: truncated?");
        }
        String text = new String(file.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        MemorySegment data = file.asSlice(8 + length);
        JsonInput json = new JsonInput(new StringReader(text), name + " (header)");
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        json.object(key -> {
            if (key.equals(METADATA)) {
                json.object(_ -> json.string());
            } else {
                entries.put(key, entry(json));
            }
        });
        json.end();
        requireCover(entries, data.byteSize(), name);
        return new SafetensorsHeader(entries, data);
    }

    private static Entry entry(JsonInput json) {
        List<ElementType> type = new ArrayList<>();
        List<Long> extents = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        Set<String> members = json.object(member -> {
            switch (member) {
                case "dtype" -> type.add(type(json));
                case "shape" -> json.array(() -> extents.add(json.integer()));
                case "data_offsets" -> json.array(() -> offsets.add(json.integer()));
                default -> throw json.fault("unknown member '" + member + "'; allowed: " + String.join(", ", MEMBERS));
            }
        });
        if (!members.containsAll(MEMBERS) || offsets.size() != 2) {
            throw json.fault("a tensor needs dtype, shape and two data_offsets");
        }
        Entry entry =
                new Entry(type.getFirst(), Shapes.of(extents, json.where()), offsets.getFirst(), offsets.getLast());
        long size = (long) entry.shape().size() * entry.type().bytes();
        if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() - entry.begin() != size) {
            throw json.fault("shape " + entry.shape() + " of " + entry.type() + " takes " + size
                    + " bytes, not those from " + entry.begin() + " to " + entry.end());
        }
        return entry;
    }

    private static ElementType type(JsonInput json) {
        String name = json.string();
        return ElementType.ofSafetensors(name)
                .orElseThrow(() -> json.fault("dtype '" + name + "' cannot be read; readable: "
                        + Arrays.stream(ElementType.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static void requireCover(SequencedMap<String, Entry> entries, long size, String name) {
        long covered = 0;
        var inPlace = entries.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end)))
                .toList();
        for (var entry : inPlace) {
            if (entry.getValue().begin() != covered) {
                throw Fault.of(name + ": '" + entry.getKey() + "' begins at byte "
                        + entry.getValue().begin() + " of the data; those before it end at " + covered);
            }
            covered = entry.getValue().end();
        }
        if (covered != size) {
            throw Fault.of(name + ": its tensors take " + covered + " bytes, but " + size + " follow the header"
                    + (size < covered ? ": truncated?" : ""));
        }
    }
}
