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
 * The rows of an array whose elements lie in a file as they are. The part of the file that holds them is got for each
 * reading and let go after it, so that memory holds no more of a file than what was asked for last.
 *
 * @param name how messages call the array
 * @param begin offset of the first element, in bytes
 * @param order of the bytes of an element
 * @param fortranOrder whether the first index runs fastest
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

    /** What holds the elements. */
    interface Bytes {
        /**
         * What {@code reading} makes of some bytes, which are gone when this returns.
         *
         * @throws Fault if they cannot be read, or are not there any more
         */
        Tensor read(long from, long length, Function<MemorySegment, Tensor> reading);

        /** Those of a file. */
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

    /** @throws Fault if a tensor cannot hold as many elements */
    @Override
    public Shape shape(int count) {
        List<Long> some = new ArrayList<>(dims.stream().map(Integer::longValue).toList());
        some.set(0, (long) count);
        return Shapes.of(some, name);
    }
}
