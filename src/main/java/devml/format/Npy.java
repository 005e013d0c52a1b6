package devml.format;

import devml.fault.Fault;
import devml.tensor.Kind;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import devml.tensor.Tensor.Longs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * NumPy's file format for one array. Reads versions 1 to 3 with numbers and truth values of either byte order, in C or
 * Fortran order; writes, byte for byte, what {@code numpy.save} writes for the array in C order.
 */
public final class Npy {
    private Npy() {}

    /**
     * Returns the array in a file: floats for float16 and float32, doubles for float64, longs for integers and truth
     * values.
     *
     * @throws Fault if the file cannot be read, is damaged, is longer or shorter than its header says, or holds
     *     anything but numbers
     */
    public static Tensor read(Path file) {
        return FileAccess.map(file, bytes -> read(bytes, file.toString()));
    }

    /** Returns the array in the content of a file, like {@link #read(Path)}; messages call the file {@code name}. */
    public static Tensor read(byte[] bytes, String name) {
        return read(MemorySegment.ofArray(bytes), name);
    }

    static Tensor read(MemorySegment file, String name) {
        NpyHeader header = NpyHeader.read(file, name);
        Shape shape = Shapes.of(header.dims().stream().map(Integer::longValue).toList(), name);
        requireLength(header, file.byteSize(), name);
        MemorySegment data = file.asSlice(header.length());
        return header.fortranOrder()
                ? decodeFortran(header.type(), data, header.order(), shape, name)
                : header.type().decode(data, header.order(), shape, name);
    }

    /**
     * Opens the array in a file, to be read row by row.
     *
     * @throws Fault if the file cannot be read, is damaged, is longer or shorter than its header says, or holds
     *     anything but numbers
     */
    static Rows rows(Path file) {
        return FileAccess.map(file, bytes -> {
            String name = file.toString();
            NpyHeader header = NpyHeader.read(bytes, name);
            requireLength(header, bytes.byteSize(), name);
            return rows(header, StoredRows.Bytes.of(file), name);
        });
    }

    /** Returns the kind of the numbers in a file. */
    static Kind kind(Path file) {
        return FileAccess.map(
                file, bytes -> NpyHeader.read(bytes, file.toString()).type().kind());
    }

    /** Returns the rows of the array that a header describes; the header is at the beginning of the bytes. */
    static Rows rows(NpyHeader header, StoredRows.Bytes bytes, String name) {
        return new StoredRows(
                bytes, name, header.length(), header.type(), header.order(), header.fortranOrder(), header.dims());
    }

    /** @throws Fault if the length is not exactly that of the header and its elements */
    static void requireLength(NpyHeader header, long length, String name) {
        BigInteger promised = header.dims().stream()
                .map(BigInteger::valueOf)
                .reduce(BigInteger.valueOf(header.type().bytes()), BigInteger::multiply);
        long found = length - header.length();
        int order = BigInteger.valueOf(found).compareTo(promised);
        if (order != 0) {
            throw Fault.of(name + ": shape " + Shape.text(header.dims()) + " of "
                    + header.type().npy() + " takes " + promised + " bytes after the header, but " + found + " follow"
                    + (order < 0 ? ": truncated?" : ": something else is appended"));
        }
    }

    /** Decodes a tensor from its bytes in Fortran order, otherwise like {@link ElementType#decode}. */
    static Tensor decodeFortran(ElementType type, MemorySegment data, ByteOrder order, Shape shape, String name) {
        if (shape.rank() < 2) {
            return type.decode(data, order, shape, name);
        }
        Shape reversed = new Shape(shape.dims().reversed());
        return transposed(type.decode(data, order, reversed, name), shape);
    }

    /** Writes a file, replacing an existing one, and creates the directories above it. */
    public static void write(Path file, Tensor tensor) {
        FileAccess.write(file, out -> write(tensor, out));
    }

    /** Returns the bytes that {@link #write} writes to a file. */
    public static byte[] bytes(Tensor tensor) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(tensor, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory does not fail
        }
        return out.toByteArray();
    }

    static void write(Tensor tensor, OutputStream out) throws IOException {
        out.write(NpyHeader.bytes(tensor));
        ElementType.encode(tensor, out);
    }

    /** Converts a tensor that was decoded with its dimensions reversed, as Fortran order requires, to C order. */
    private static Tensor transposed(Tensor fortran, Shape shape) {
        int[] from = fortranOffsets(shape);
        return switch (fortran) {
            case Doubles(var _, double[] values) -> {
                double[] turned = new double[values.length];
                Arrays.setAll(turned, i -> values[from[i]]);
                yield new Doubles(shape, turned);
            }
            case Floats(var _, float[] values) -> {
                float[] turned = new float[values.length];
                for (int i = 0; i < turned.length; i++) {
                    turned[i] = values[from[i]];
                }
                yield new Floats(shape, turned);
            }
            case Longs(var _, long[] values) -> {
                long[] turned = new long[values.length];
                Arrays.setAll(turned, i -> values[from[i]]);
                yield new Longs(shape, turned);
            }
        };
    }

    /** For each element, counted in C order, its offset in Fortran order. */
    private static int[] fortranOffsets(Shape shape) {
        int[] offsets = new int[shape.size()];
        int known = 1; // offsets[0 .. known) are those of the dimensions met so far, which are innermost in C order
        int stride = shape.size();
        for (int axis = shape.rank() - 1; axis >= 0 && offsets.length > 0; axis--) {
            stride /= shape.dim(axis);
            for (int i = known; i < known * shape.dim(axis); i++) {
                offsets[i] = offsets[i - known] + stride;
            }
            known *= shape.dim(axis);
        }
        return offsets;
    }
}
