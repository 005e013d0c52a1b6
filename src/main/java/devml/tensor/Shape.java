package devml.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, outermost first. Storage is row-major (C order). A scalar has rank 0 and size 1.
 *
 * @param dims one extent per dimension, each at least 0
 */
public record Shape(List<Integer> dims) {

    public static final Shape SCALAR = new Shape(List.of());

    /**
     * @throws IllegalArgumentException if an extent is negative or there are more elements than an array can hold
     */
    public Shape {
        dims = List.copyOf(dims);
        long size = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("negative extent in shape " + text(dims));
            }
            size = Math.multiplyExact(size, (long) dim);
            if (size > MAX_SIZE) {
                throw new IllegalArgumentException(
                        "shape " + text(dims) + " holds more than " + MAX_SIZE + " elements");
            }
        }
    }

    /** The largest number of elements that a tensor can hold, which is that of a Java array. */
    public static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    public static Shape of(int... dims) {
        List<Integer> list = new ArrayList<>(dims.length);
        for (int dim : dims) {
            list.add(dim);
        }
        return new Shape(list);
    }

    public int rank() {
        return dims.size();
    }

    public int dim(int axis) {
        return dims.get(axis);
    }

    /** The number of elements: the product of the extents, 1 for a scalar. */
    public int size() {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return size;
    }

    /** The index, in each dimension, of an offset into the storage: {@code [1, 0, 2]}. */
    public List<Integer> index(int offset) {
        Integer[] index = new Integer[rank()];
        for (int axis = rank() - 1; axis >= 0; axis--) {
            index[axis] = offset % dim(axis);
            offset /= dim(axis);
        }
        return List.of(index);
    }

    /** Formats the shape as NumPy prints it: {@code (2, 3)}, {@code (3,)}, {@code ()}. */
    @Override
    public String toString() {
        return text(dims);
    }

    /** Formats extents like {@link #toString}; their product may be more than a tensor can hold. */
    public static String text(List<Integer> dims) {
        return dims.size() == 1
                ? "(" + dims.getFirst() + ",)"
                : dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
