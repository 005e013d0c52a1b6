package devml.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor that is read piece by piece along its first dimension, so that it need not fit into memory: the samples of a
 * data set.
 */
public interface Rows {

    /** The extents, outermost first. Their product may be more than a tensor can hold. */
    List<Integer> dims();

    /**
     * Returns some of the rows; the first extent of the result is their number.
     *
     * @param start the first row
     * @param count the number of rows, at most as many as there are from there on
     */
    Tensor read(int start, int count);

    /** Returns the whole tensor. */
    Tensor whole();

    /** The shape of some of the rows together. */
    default Shape shape(int count) {
        List<Integer> some = new ArrayList<>(dims());
        some.set(0, count);
        return new Shape(some);
    }

    /** Returns the rows of a tensor in memory. */
    static Rows of(Tensor tensor) {
        return new Held(tensor);
    }

    /** The rows of a tensor in memory. */
    record Held(Tensor whole) implements Rows {
        @Override
        public List<Integer> dims() {
            return whole.shape().dims();
        }

        @Override
        public Tensor read(int start, int count) {
            Shape shape = shape(count);
            int row = whole.size() / Math.max(1, dims().getFirst());
            int from = start * row;
            int to = from + shape.size();
            return switch (whole) {
                case Tensor.Doubles(var _, double[] values) ->
                    new Tensor.Doubles(shape, Arrays.copyOfRange(values, from, to));
                case Tensor.Floats(var _, float[] values) ->
                    new Tensor.Floats(shape, Arrays.copyOfRange(values, from, to));
                case Tensor.Longs(var _, long[] values) ->
                    new Tensor.Longs(shape, Arrays.copyOfRange(values, from, to));
            };
        }
    }
}
