package devml.format;

import devml.fault.Fault;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import devml.tensor.Tensor.Longs;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The types of elements in binary files. Halves and bfloat16 are read as floats, integers and truth values as longs.
 * All of them are represented exactly, except for unsigned integers beyond 2^63 - 1, which are refused.
 */
enum ElementType {
    BOOL("b1", 1),
    I8("i1", 1),
    U8("u1", 1),
    I16("i2", 2),
    U16("u2", 2),
    F16("f2", 2),
    BF16("", 2),
    I32("i4", 4),
    U32("u4", 4),
    F32("f4", 4),
    I64("i8", 8),
    U64("u8", 8),
    F64("f8", 8);

    private static final int CHUNK = 1 << 16;

    private final String npy;
    private final int bytes;

    ElementType(String npy, int bytes) {
        this.npy = npy;
        this.bytes = bytes;
    }

    /**
     * NumPy's array protocol code, kind and size, without the byte order: {@code f8}. Empty for bfloat16, which NumPy
     * lacks.
     */
    String npy() {
        return npy;
    }

    /** The size of one element in bytes. */
    int bytes() {
        return bytes;
    }

    /** The kind of the numbers of this type. */
    Kind kind() {
        return switch (this) {
            case BOOL -> Kind.BOOLEAN;
            case I8, U8, I16, U16, I32, U32, I64, U64 -> Kind.INTEGER;
            case F16, BF16, F32, F64 -> Kind.REAL;
        };
    }

    /** Returns the type with NumPy's code, if there is one. NumPy has no bfloat16. */
    static Optional<ElementType> ofNpy(String code) {
        return Arrays.stream(values())
                .filter(type -> !code.isEmpty() && type.npy.equals(code))
                .findFirst();
    }

    /** Returns the type with the name that safetensors uses, which is the name of the constant. */
    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Returns the type that a tensor is written as. */
    static ElementType of(Tensor tensor) {
        return switch (tensor) {
            case Doubles _ -> F64;
            case Floats _ -> F32;
            case Longs _ -> I64;
        };
    }

    /**
     * Decodes a tensor from its bytes.
     *
     * @param data {@code shape.size() * bytes()} bytes, which the caller has checked
     * @param name the name of the array in messages
     * @throws Fault if it does not fit into memory, or contains an unsigned integer beyond 2^63 - 1
     */
    Tensor decode(MemorySegment data, ByteOrder order, Shape shape, String name) {
        boolean single = this == F16 || this == BF16 || this == F32;
        requireMemory(shape.size() * (single ? 4L : 8L), name);
        return switch (this) {
            case BOOL -> longs(data, order, shape, (b, at) -> b.get(at) == 0 ? 0 : 1);
            case I8 -> longs(data, order, shape, (b, at) -> b.get(at));
            case U8 -> longs(data, order, shape, (b, at) -> Byte.toUnsignedLong(b.get(at)));
            case I16 -> longs(data, order, shape, (b, at) -> b.getShort(at));
            case U16 -> longs(data, order, shape, (b, at) -> Short.toUnsignedLong(b.getShort(at)));
            case I32 -> longs(data, order, shape, (b, at) -> b.getInt(at));
            case U32 -> longs(data, order, shape, (b, at) -> Integer.toUnsignedLong(b.getInt(at)));
            case I64 -> longs(data, order, shape, (b, at) -> b.getLong(at));
            case U64 -> requireSigned(longs(data, order, shape, (b, at) -> b.getLong(at)), name);
            case F16 -> floats(data, order, shape, (b, at) -> Float.float16ToFloat(b.getShort(at)));
            case BF16 -> floats(data, order, shape, (b, at) -> Float.intBitsToFloat(b.getShort(at) << 16));
            case F32 -> {
                float[] values = new float[shape.size()];
                forEachChunk(
                        data,
                        order,
                        values.length,
                        (b, from, count) -> b.asFloatBuffer().get(values, from, count));
                yield new Floats(shape, values);
            }
            case F64 -> {
                double[] values = new double[shape.size()];
                forEachChunk(
                        data,
                        order,
                        values.length,
                        (b, from, count) -> b.asDoubleBuffer().get(values, from, count));
                yield new Doubles(shape, values);
            }
        };
    }

    private interface Chunk {
        void take(ByteBuffer bytes, int from, int count);
    }

    /**
     * Passes the elements on in chunks, as buffers. To read from a segment, Java first generates classes, which takes
     * longer than a small file.
     */
    private void forEachChunk(MemorySegment data, ByteOrder order, int size, Chunk chunk) {
        for (long start = 0; start < size; start += CHUNK) {
            int count = (int) Math.min(CHUNK, size - start);
            ByteBuffer some = data.asSlice(start * bytes, (long) count * bytes).asByteBuffer();
            chunk.take(some.order(order), (int) start, count);
        }
    }

    /** Writes the elements of a tensor as the type that {@link #of} returns, little-endian, in row-major order. */
    static void encode(Tensor tensor, OutputStream out) throws IOException {
        int width = of(tensor).bytes;
        byte[] bytes = new byte[Math.min(tensor.size(), CHUNK) * width];
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long start = 0; start < tensor.size(); start += CHUNK) {
            int from = (int) start;
            int count = Math.min(CHUNK, tensor.size() - from);
            switch (tensor) {
                case Doubles(var _, double[] values) -> chunk.asDoubleBuffer().put(values, from, count);
                case Floats(var _, float[] values) -> chunk.asFloatBuffer().put(values, from, count);
                case Longs(var _, long[] values) -> chunk.asLongBuffer().put(values, from, count);
            }
            out.write(bytes, 0, count * width);
        }
    }

    /**
     * Refuses an array that cannot fit into memory, so that a small file that unfolds into a huge array ends in a
     * message.
     */
    static void requireMemory(long bytes, String name) {
        long limit = Runtime.getRuntime().maxMemory();
        if (bytes > limit) {
            throw Fault.of(name + ": needs " + bytes + " bytes of memory; Java's limit is " + limit + " (-Xmx)");
        }
    }

    private interface LongAt {
        long get(ByteBuffer bytes, int at);
    }

    private Longs longs(MemorySegment data, ByteOrder order, Shape shape, LongAt element) {
        long[] values = new long[shape.size()];
        forEachChunk(data, order, values.length, (chunk, from, count) -> {
            for (int i = 0; i < count; i++) {
                values[from + i] = element.get(chunk, i * bytes);
            }
        });
        return new Longs(shape, values);
    }

    private interface FloatAt {
        float get(ByteBuffer bytes, int at);
    }

    private Floats floats(MemorySegment data, ByteOrder order, Shape shape, FloatAt element) {
        float[] values = new float[shape.size()];
        forEachChunk(data, order, values.length, (chunk, from, count) -> {
            for (int i = 0; i < count; i++) {
                values[from + i] = element.get(chunk, i * bytes);
            }
        });
        return new Floats(shape, values);
    }

    private static Longs requireSigned(Longs tensor, String name) {
        for (int i = 0; i < tensor.values().length; i++) {
            long value = tensor.values()[i];
            if (value < 0) {
                throw Fault.of(name + ": element " + tensor.shape().index(i) + " is " + Long.toUnsignedString(value)
                        + ", beyond the largest integer that a tensor holds, " + Long.MAX_VALUE);
            }
        }
        return tensor;
    }
}
