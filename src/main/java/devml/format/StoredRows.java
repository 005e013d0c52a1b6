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

/**
 * The rows of an array whose elements lie in a file as they are. The part of the file that holds them is mapped for each
 * reading and let go after it, so that memory holds no more of a file than what was asked for last.
 *
 * @param name how messages call the array
 * @param begin offset in the file of the first element, in bytes
 * @param order of the bytes of an element
 * @param fortranOrder whether the first index runs fastest
 */
record StoredRows(
        Path file, String name, long begin, ElementType type, ByteOrder order, boolean fortranOrder, List<Integer> dims)
        implements Rows {

    @Override
    public Tensor read(int start, int count) {
        Shape shape = shape(count);
        long row = dims.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        long width = type.bytes();
        String what = name + " from row " + start;
        if (!fortranOrder || dims.size() < 2) {
            return FileAccess.map(
                    file,
                    begin + start * row * width,
                    count * row * width,
                    bytes -> type.decode(bytes, order, shape, what));
        }
        long rows = dims.getFirst();
        return FileAccess.map(file, begin, rows * row * width, bytes -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment some = arena.allocate(Math.max(1, count * row * width));
                for (long column = 0; column < row; column++) {
                    MemorySegment.copy(
                            bytes, (column * rows + start) * width, some, column * count * width, count * width);
                }
                return Npy.decodeFortran(type, some, order, shape, what);
            }
        });
    }

    @Override
    public Tensor whole() {
        Shape shape = Shapes.of(dims.stream().map(Integer::longValue).toList(), name);
        return dims.isEmpty()
                ? FileAccess.map(file, begin, type.bytes(), bytes -> type.decode(bytes, order, shape, name))
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
