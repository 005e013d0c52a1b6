package devml.format;

import devml.fault.Fault;
import devml.tensor.Kind;
import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's archives of several arrays: a ZIP of NPY files, stored or deflated, including ZIP64. The key of an array is
 * the name of its entry without {@code .npy}. Written entries are stored, with a fixed time, so that the same tensors
 * give the same bytes.
 */
public final class Npz {
    private static final String SUFFIX = ".npy";
    private static final int BUFFER = 1 << 16;
    /** The largest factor by which a deflated stream can unfold, by zlib's documentation. */
    private static final long MAX_RATIO = 1032;
    /**
     * A month after the ZIP epoch, because for the epoch itself Java adds a field that depends on the local time zone.
     */
    private static final LocalDateTime TIMESTAMP = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /**
     * Returns all arrays by key, in the order of the archive.
     *
     * @throws Fault if the archive or an array is damaged, contradicts itself or cannot be read
     */
    public static SequencedMap<String, Tensor> readAll(Path file) {
        return open(file, zip -> {
            SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
            for (var entry : entries(zip, file).entrySet()) {
                tensors.put(entry.getKey(), read(zip, entry.getValue(), file + "#" + entry.getKey()));
            }
            return Collections.unmodifiableSequencedMap(tensors);
        });
    }

    /** Returns the array with a key. Only this one is read. */
    public static Tensor read(Path file, String key) {
        return open(file, zip -> {
            Map<String, ZipEntry> entries = entries(zip, file);
            return read(zip, Keys.pick(entries, key, file), file + "#" + key);
        });
    }

    /**
     * Opens the array with a key, to be read row by row. It stays in the file if it is stored there uncompressed and in
     * C order; its bytes are then read once, for the checksum. Any other array is read at once.
     *
     * @throws Fault in the cases of {@link #read}
     */
    static Rows rows(Path file, String key) {
        String name = file + "#" + key;
        return open(file, zip -> {
            ZipEntry entry = Keys.pick(entries(zip, file), key, file);
            if (entry.getMethod() != ZipEntry.STORED) {
                return Rows.of(read(zip, entry, name));
            }
            NpyHeader header = header(zip, entry, name);
            if (header.fortranOrder()) {
                return Rows.of(read(zip, entry, name));
            }
            Npy.requireLength(header, entry.getSize(), name);
            unpack(zip, entry, name, (_, _, _) -> {});
            return Npy.rows(header, (from, length, reading) -> part(file, key, from, length, reading), name);
        });
    }

    /** Returns the kind of the numbers of the array with a key; without a key, of the first array. */
    static Kind kind(Path file, Optional<String> key) {
        return open(file, zip -> {
            Map<String, ZipEntry> entries = entries(zip, file);
            String wanted = key.orElseGet(() -> entries.keySet().iterator().next());
            return header(zip, Keys.pick(entries, wanted, file), file + "#" + wanted)
                    .type()
                    .kind();
        });
    }

    private static NpyHeader header(ZipFile zip, ZipEntry entry, String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return NpyHeader.read(MemorySegment.ofArray(in.readNBytes(NpyHeader.MAX_LENGTH)), name);
        }
    }

    /** Reads some bytes of an entry that is stored uncompressed; skipping what precedes them takes no time. */
    private static Tensor part(Path file, String key, long from, long length, Function<MemorySegment, Tensor> reading) {
        return open(file, zip -> {
            try (Arena arena = Arena.ofConfined();
                    InputStream in = zip.getInputStream(Keys.pick(entries(zip, file), key, file))) {
                MemorySegment bytes = arena.allocate(length);
                byte[] buffer = new byte[(int) Math.min(length, BUFFER)];
                in.skipNBytes(from);
                for (long at = 0; at < length; ) {
                    int n = in.read(buffer, 0, (int) Math.min(length - at, buffer.length));
                    if (n < 0) {
                        throw new EOFException("the array has become shorter since it was opened");
                    }
                    MemorySegment.copy(buffer, 0, bytes, ValueLayout.JAVA_BYTE, at, n);
                    at += n;
                }
                return reading.apply(bytes);
            }
        });
    }

    /** Writes an archive, replacing an existing one, and creates the directories above it. */
    public static void write(Path file, Map<String, Tensor> tensors) {
        FileAccess.write(file, out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (var tensor : tensors.entrySet()) {
                    zip.putNextEntry(storedEntry(tensor.getKey(), tensor.getValue()));
                    Npy.write(tensor.getValue(), zip);
                    zip.closeEntry();
                }
            }
        });
    }

    private interface Reading<T> {
        T of(ZipFile zip) throws IOException;
    }

    private static <T> T open(Path file, Reading<T> reading) {
        FileAccess.requireFile(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return reading.of(zip);
        } catch (IOException e) {
            throw Fault.of(file + ": cannot be read as an NPZ archive: " + FileAccess.reason(e), e);
        }
    }

    private static Map<String, ZipEntry> entries(ZipFile zip, Path file) {
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> {
            String name = entry.getName();
            String key = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
            if (entries.put(key, entry) != null) {
                throw Fault.of(file + ": holds '" + key + "' twice");
            }
        });
        return entries;
    }

    private static Tensor read(ZipFile zip, ZipEntry entry, String name) throws IOException {
        long size = entry.getSize();
        // The size that an entry claims is believed only as far as the bytes in the file can hold it.
        long packed = Math.min(entry.getCompressedSize(), new File(zip.getName()).length());
        if (size / MAX_RATIO > packed) {
            throw Fault.of(name + ": damaged: claims " + size + " bytes packed into " + packed);
        }
        ElementType.requireMemory(size, name);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(size);
            unpack(
                    zip,
                    entry,
                    name,
                    (buffer, n, at) -> MemorySegment.copy(buffer, 0, bytes, ValueLayout.JAVA_BYTE, at, n));
            return Npy.read(bytes, name);
        }
    }

    private interface Piece {
        /** Takes the first {@code n} bytes of a buffer, which are at offset {@code at} of the entry. */
        void take(byte[] buffer, int n, long at);
    }

    /** Passes the bytes of an entry on and checks its length and checksum, which ZipFile does not do. */
    private static void unpack(ZipFile zip, ZipEntry entry, String name, Piece piece) throws IOException {
        long size = entry.getSize();
        try (InputStream in = zip.getInputStream(entry)) {
            CRC32 crc = new CRC32();
            byte[] buffer = new byte[BUFFER];
            long length = 0;
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                if (length + n > size) {
                    throw Fault.of(name + ": damaged: holds more than the " + size + " bytes it claims");
                }
                piece.take(buffer, n, length);
                crc.update(buffer, 0, n);
                length += n;
            }
            if (length != size || crc.getValue() != entry.getCrc()) {
                throw Fault.of(name + ": damaged: its length or checksum is not what the archive says");
            }
        }
    }

    /** Returns a stored entry. ZIP requires its length and checksum before its bytes. */
    private static ZipEntry storedEntry(String key, Tensor tensor) throws IOException {
        CRC32 crc = new CRC32();
        Npy.write(tensor, new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
        ZipEntry entry = new ZipEntry(key + SUFFIX);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(NpyHeader.bytes(tensor).length
                + (long) tensor.size() * ElementType.of(tensor).bytes());
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIMESTAMP);
        return entry;
    }
}
