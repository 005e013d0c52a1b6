package devml.format;

import devml.fault.Fault;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of an array whose elements are stored in a file uncompressed. Each reading maps or reads only the part that
 * it needs and releases it afterwards, so that no more of the file is in memory than was asked for last.
 *
 * @param bytes the source of the elements' bytes
 * @param name the name of the array in messages
 * @param begin the offset of the first element, in bytes
 * @param type the type of the elements
 * @param order the order of the bytes of an element
 * @param fortranOrder whether the first index runs fastest
 * @param dims the extents of the array
 */
record StoredRows(
        Bytes bytes,
        String name,
        long begin,
        ElementType type,
        ByteOrder order,
        boolean fortranOrder,
        List<Integer> dims)
        implements Rows {

    /** The bytes that hold the elements. */
    interface Bytes {
        /**
         * Returns the result of {@code reading} for some of the bytes, which are no longer valid when this returns.
         *
         * @throws Fault if they cannot be read, or no longer exist
         */
        Tensor read(long from, long length, Function<MemorySegment, Tensor> reading);

        /** Returns the bytes of a file. */
        static Bytes of(Path file) {
            return (from, length, reading) -> FileAccess.map(file, from, length, reading);
        }
    }

    @Override
    public Tensor read(int start, int count) {
        Shape shape = shape(count);
        long row = dims.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        long width = type.bytes();
        String what = name + " from row " + start;
        if (!fortranOrder || dims.size() < 2) {
            return bytes.read(
                    begin + start * row * width, count * row * width, some -> type.decode(some, order, shape, what));
        }
        long rows = dims.getFirst();
        return bytes.read(begin, rows * row * width, all -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment some = arena.allocate(Math.max(1, count * row * width));
                for (long column = 0; column < row; column++) {
                    MemorySegment.copy(
                            all, (column * rows + start) * width, some, column * count * width, count * width);
                }
                return Npy.decodeFortran(type, some, order, shape, what);
            }
        });
    }

    @Override
    public Tensor whole() {
        Shape shape = Shapes.of(dims.stream().map(Integer::longValue).toList(), name);
        return dims.isEmpty()
                ? bytes.read(begin, type.bytes(), one -> type.decode(one, order, shape, name))
                : read(0, dims.getFirst());
    }

    /** @throws Fault if a tensor cannot hold that many elements */
    @Override
    public Shape shape(int count) {
        List<Long> some = new ArrayList<>(dims.stream().map(Integer::longValue).toList());
        some.set(0, (long) count);
        return Shapes.of(some, name);
    }
}
