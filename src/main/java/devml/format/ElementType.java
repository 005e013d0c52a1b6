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
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * How one element lies in a binary file. Halves and bfloat16 become floats, integers and truth values become longs:
 * every one is held exactly, but for unsigned integers beyond 2^63 - 1, which are refused.
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

    /** NumPy's array protocol code, kind and size, without the byte order: {@code f8}. */
    String npy() {
        return npy;
    }

    /** Of one element. */
    int bytes() {
        return bytes;
    }

    /** What its numbers are. */
    Kind kind() {
        return switch (this) {
            case BOOL -> Kind.BOOLEAN;
            case I8, U8, I16, U16, I32, U32, I64, U64 -> Kind.INTEGER;
            case F16, BF16, F32, F64 -> Kind.REAL;
        };
    }

    /** By NumPy's code. NumPy has no bfloat16. */
    static Optional<ElementType> ofNpy(String code) {
        return Arrays.stream(values())
                .filter(type -> !code.isEmpty() && type.npy.equals(code))
                .findFirst();
    }

    /** By safetensors' name, which is this constant's. */
    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** The one that a tensor is written as. */
    static ElementType of(Tensor tensor) {
        return switch (tensor) {
            case Doubles _ -> F64;
            case Floats _ -> F32;
            case Longs _ -> I64;
        };
    }

    /**
     * A tensor out of its bytes.
     *
     * @param data {@code shape.size() * bytes()} bytes, as the caller has made sure
     * @param name of what is read, for messages
     * @throws Fault if it does not fit into memory, or holds an unsigned integer beyond 2^63 - 1
     */
    Tensor decode(MemorySegment data, ByteOrder order, Shape shape, String name) {
        boolean single = this == F16 || this == BF16 || this == F32;
        requireMemory(shape.size() * (single ? 4L : 8L), name);
        var shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        var ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        var longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
        return switch (this) {
            case BOOL -> longs(shape, i -> data.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1);
            case I8 -> longs(shape, i -> data.get(ValueLayout.JAVA_BYTE, i));
            case U8 -> longs(shape, i -> Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, i)));
            case I16 -> longs(shape, i -> data.get(shorts, 2L * i));
            case U16 -> longs(shape, i -> Short.toUnsignedLong(data.get(shorts, 2L * i)));
            case I32 -> longs(shape, i -> data.get(ints, 4L * i));
            case U32 -> longs(shape, i -> Integer.toUnsignedLong(data.get(ints, 4L * i)));
            case U64 -> longs(shape, i -> requireSigned(data.get(longs, 8L * i), shape, i, name));
            case F16 -> floats(shape, i -> Float.float16ToFloat(data.get(shorts, 2L * i)));
            case BF16 -> floats(shape, i -> Float.intBitsToFloat(data.get(shorts, 2L * i) << 16));
            case I64 -> {
                long[] values = new long[shape.size()];
                MemorySegment.copy(data, longs, 0, values, 0, values.length);
                yield new Longs(shape, values);
            }
            case F32 -> {
                float[] values = new float[shape.size()];
                MemorySegment.copy(
                        data, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), 0, values, 0, values.length);
                yield new Floats(shape, values);
            }
            case F64 -> {
                double[] values = new double[shape.size()];
                MemorySegment.copy(
                        data, ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), 0, values, 0, values.length);
                yield new Doubles(shape, values);
            }
        };
    }

    /** Writes the elements of a tensor as {@link #of} says, little-endian, in row-major order. */
    static void encode(Tensor tensor, OutputStream out) throws IOException {
        int width = of(tensor).bytes;
        byte[] bytes = new byte[Math.min(tensor.size(), CHUNK) * width];
        MemorySegment chunk = MemorySegment.ofArray(bytes);
        var longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        var floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        var doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        for (long start = 0; start < tensor.size(); start += CHUNK) {
            int from = (int) start;
            int count = Math.min(CHUNK, tensor.size() - from);
            switch (tensor) {
                case Doubles(var _, double[] values) -> MemorySegment.copy(values, from, chunk, doubles, 0, count);
                case Floats(var _, float[] values) -> MemorySegment.copy(values, from, chunk, floats, 0, count);
                case Longs(var _, long[] values) -> MemorySegment.copy(values, from, chunk, longs, 0, count);
            }
            out.write(bytes, 0, count * width);
        }
    }

    /** Refuses what cannot fit, so that a small file that unfolds into a huge array ends in a message. */
    static void requireMemory(long bytes, String name) {
        long limit = Runtime.getRuntime().maxMemory();
        if (bytes > limit) {
            throw Fault.of(name + ": needs " + bytes + " bytes of memory; Java's limit is " + limit + " (-Xmx)");
        }
    }

    private static Longs longs(Shape shape, IntToLongFunction element) {
        long[] values = new long[shape.size()];
        Arrays.setAll(values, element);
        return new Longs(shape, values);
    }

    /** The elements are floats, so that going through double loses nothing. */
    private static Floats floats(Shape shape, IntToDoubleFunction element) {
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) element.applyAsDouble(i);
        }
        return new Floats(shape, values);
    }

    private static long requireSigned(long value, Shape shape, int offset, String name) {
        if (value < 0) {
            throw Fault.of(name + ": element " + shape.index(offset) + " is " + Long.toUnsignedString(value)
                    + ", beyond the largest integer that a tensor holds, " + Long.MAX_VALUE);
        }
        return value;
    }
}
