package devml.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * NumPy's broadcasting: shapes are aligned at their last dimensions, and an extent of 1, or a missing dimension, is
 * repeated.
 *
 * @see <a href="https://numpy.org/doc/stable/user/basics.broadcasting.html">Broadcasting in NumPy</a>
 */
public final class Broadcast {
    private Broadcast() {}

    /**
     * Returns the shape that both shapes broadcast to, if there is one.
     *
     * @throws IllegalArgumentException if it holds more elements than a tensor can
     */
    public static Optional<Shape> common(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        Integer[] dims = new Integer[rank];
        for (int axis = 0; axis < rank; axis++) {
            int ofA = aligned(a, axis, rank);
            int ofB = aligned(b, axis, rank);
            if (ofA != ofB && ofA != 1 && ofB != 1) {
                return Optional.empty();
            }
            dims[axis] = ofA == 1 ? ofB : ofA;
        }
        return Optional.of(new Shape(List.of(dims)));
    }

    /** Whether a tensor of one shape can be repeated to fill another. */
    public static boolean fits(Shape from, Shape to) {
        return from.rank() <= to.rank()
                && IntStream.range(0, to.rank()).allMatch(axis -> {
                    int extent = aligned(from, axis, to.rank());
                    return extent == 1 || extent == to.dim(axis);
                });
    }

    /**
     * Returns a tensor of the given shape in which {@code tensor} is repeated; the tensor itself if it has that shape.
     *
     * @throws IllegalArgumentException if the shapes do not {@linkplain #fits fit}
     */
    public static Tensor to(Tensor tensor, Shape shape) {
        if (tensor.shape().equals(shape)) {
            return tensor;
        }
        if (!fits(tensor.shape(), shape)) {
            throw new IllegalArgumentException("shape " + tensor.shape() + " does not broadcast to " + shape);
        }
        int[] offsets = offsets(tensor.shape(), shape);
        return switch (tensor) {
            case Tensor.Doubles(var _, double[] from) -> {
                double[] values = new double[offsets.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = from[offsets[i]];
                }
                yield new Tensor.Doubles(shape, values);
            }
            case Tensor.Floats(var _, float[] from) -> {
                float[] values = new float[offsets.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = from[offsets[i]];
                }
                yield new Tensor.Floats(shape, values);
            }
            case Tensor.Longs(var _, long[] from) -> {
                long[] values = new long[offsets.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = from[offsets[i]];
                }
                yield new Tensor.Longs(shape, values);
            }
        };
    }

    /** For each element of {@code to}, the offset of the element of {@code from} that it repeats. */
    private static int[] offsets(Shape from, Shape to) {
        int[] offsets = new int[to.size()];
        int stride = 1; // the stride of this axis in from
        int block = 1; // the number of elements of to in one step of this axis
        for (int axis = to.rank() - 1; axis >= 0; axis--) {
            int extent = to.dim(axis);
            int source = aligned(from, axis, to.rank());
            if (source != 1) {
                for (int i = 0; i < offsets.length; i++) {
                    offsets[i] += i / block % extent * stride;
                }
            }
            stride *= source;
            block *= extent;
        }
        return offsets;
    }

    /**
     * The extent of a shape at an axis of a shape of higher rank that it is aligned with; 1 if it has no such
     * dimension.
     */
    private static int aligned(Shape shape, int axis, int rank) {
        int own = axis - (rank - shape.rank());
        return own < 0 ? 1 : shape.dim(own);
    }
}
