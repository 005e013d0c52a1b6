package devml.format;

import devml.fault.Fault;
import devml.fault.Source;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The header of an NPY file: magic string, version, length, and a Python dict literal.
 *
 * @param type the type of the elements
 * @param order the order of the bytes of an element
 * @param fortranOrder whether the first index runs fastest
 * @param dims the extents of the array, whose product may be more than a tensor can hold
 * @param length the length of this header in the file, in bytes
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The NPY format</a>
 */
record NpyHeader(ElementType type, ByteOrder order, boolean fortranOrder, List<Integer> dims, int length) {
    /**
     * The longest dict that is read. NumPy refuses longer ones too unless told otherwise; one for plain numbers has
     * some hundred bytes.
     */
    private static final int MAX_DICT = 10_000;
    /** NumPy's own limit, since its version 2. */
    private static final int MAX_RANK = 64;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** The largest offset at which the dict may start. */
    private static final int MAX_START = 12;

    /** The length of the longest header. */
    static final int MAX_LENGTH = MAX_START + MAX_DICT;

    private static final int ALIGNMENT = 64;
    /** The room, in digits, that NumPy leaves for the first extent to grow in place. */
    private static final int GROWTH_DIGITS = 21;

    /**
     * Reads the header at the start of a file of version 1, 2 or 3.
     *
     * @param file the first {@link #MAX_LENGTH} bytes of the file or more, or the whole file
     */
    static NpyHeader read(MemorySegment file, String name) {
        // A buffer, because to read numbers from a segment Java generates code, which takes longer than a small
        // network.
        ByteBuffer head = file.asSlice(0, Math.min(file.byteSize(), MAX_LENGTH))
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        if (head.limit() < MAGIC.length + 2 || !head.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw Fault.of(name + ": not an NPY file: it does not begin with \\x93NUMPY and a version");
        }
        int major = Byte.toUnsignedInt(head.get(6));
        int minor = Byte.toUnsignedInt(head.get(7));
        if (major < 1 || major > 3 || minor != 0) {
            throw Fault.of(name + ": NPY version " + major + "." + minor + "; readable: 1.0, 2.0, 3.0");
        }
        int start = major == 1 ? 10 : MAX_START;
        if (file.byteSize() < start) {
            throw truncated(name);
        }
        long length = major == 1 ? Short.toUnsignedLong(head.getShort(8)) : Integer.toUnsignedLong(head.getInt(8));
        if (length > MAX_DICT) {
            throw Fault.of(name + ": its header claims " + length + " bytes; allowed: at most " + MAX_DICT);
        }
        if (file.byteSize() - start < length) {
            throw truncated(name);
        }
        byte[] text = new byte[(int) length];
        head.get(start, text);
        return parse(new Source(name + " (header)", printable(text)), name, start + text.length);
    }

    /** The header that {@code numpy.save} writes for this tensor, byte for byte. */
    static byte[] bytes(Tensor tensor) {
        return bytes(tensor.shape().dims(), ElementType.of(tensor));
    }

    /** The header that {@code numpy.save} writes for an array of these extents, byte for byte. */
    static byte[] bytes(List<Integer> dims, ElementType type) {
        if (dims.size() > MAX_RANK) {
            throw Fault.of("NPY holds at most " + MAX_RANK + " dimensions; the tensor has " + dims.size());
        }
        String dict = "{'descr': '<" + type.npy() + "', 'fortran_order': False, 'shape': " + Shape.text(dims) + ", }";
        if (!dims.isEmpty()) {
            dict += " ".repeat(GROWTH_DIGITS - dims.getFirst().toString().length());
        }
        // Always 1 to 64 blanks: NumPy adds a whole unit to a header that is aligned already.
        int unpadded = MAGIC.length + 4 + dict.length() + 1;
        dict += " ".repeat(ALIGNMENT - unpadded % ALIGNMENT) + "\n";
        return ByteBuffer.allocate(MAGIC.length + 4 + dict.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1) // a header of at most 64 dimensions always fits into version 1.0
                .put((byte) 0)
                .putShort((short) dict.length())
                .put(dict.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static NpyHeader parse(Source text, String name, int length) {
        PythonLiteral literal = new PythonLiteral(text, 0);
        Set<String> keys = new HashSet<>();
        String descr = "";
        boolean fortranOrder = false;
        List<Long> extents = List.of();
        literal.expect('{');
        while (!literal.accept('}')) {
            String key = literal.string();
            if (!keys.add(key)) {
                throw Fault.of(name + ": its header has '" + key + "' twice");
            }
            literal.expect(':');
            switch (key) {
                case "descr" -> {
                    if (literal.accept('[')) {
                        throw Fault.of(name + ": holds records (a structured dtype); save each field as an array");
                    }
                    descr = literal.string();
                }
                case "fortran_order" -> fortranOrder = literal.bool();
                case "shape" -> extents = literal.tuple();
                default -> throw Fault.of(name + ": its header has the unknown key '" + key + "'");
            }
            if (!literal.accept(',')) {
                literal.expect('}');
                break;
            }
        }
        literal.expectEnd(text.text().length());
        if (keys.size() != 3) {
            throw Fault.of(name + ": its header has no 'descr', 'fortran_order' or 'shape'");
        }
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(type(descr, name), order, fortranOrder, Shapes.dims(extents, name), length);
    }

    /** {@code =} and {@code |} are read as little-endian, which is what they mean in files of machines in use. */
    private static ElementType type(String descr, String name) {
        String code = descr.isEmpty() || "<>=|".indexOf(descr.charAt(0)) < 0 ? "" : descr.substring(1);
        return ElementType.ofNpy(code)
                .orElseThrow(() -> Fault.of(name + ": holds "
                        + switch (code.isEmpty() ? ' ' : code.charAt(0)) {
                            case 'O' -> "Python objects, which could run code when read";
                            case 'c' -> "complex numbers; save their real and imaginary parts";
                            case 'S', 'U' -> "strings";
                            case 'V' -> "raw bytes";
                            case 'M', 'm' -> "dates or times";
                            default -> "elements of the unknown dtype";
                        }
                        + " ('" + descr
                        + "'); readable: bool, int8 to int64, uint8 to uint64, float16, float32, float64"));
    }

    private static Fault truncated(String name) {
        return Fault.of(name + ": ends within its header: truncated?");
    }

    /**
     * Replaces everything but ASCII: nothing else has a meaning in a header of plain numbers, and messages must not
     * send it to a terminal.
     */
    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append((b >= ' ' && b < 127) || b == '\n' ? (char) b : '?');
        }
        return text.toString();
    }
}
