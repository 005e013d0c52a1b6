package devml.fast;

import devml.tensor.Tensor;

/**
 * A dimension that a tensor keeps innermost: elements [before, extent, after] lie as [before, after, extent].
 *
 * @param extent of the dimension
 * @param after the elements of the dimensions behind it, where users see it
 */
record Innermost(int extent, int after) {

    /** Takes an element from where users see it and where it lies. */
    private interface Move {
        void take(int seen, int lies);
    }

    private void forEach(int size, Move move) {
        int block = extent * after;
        for (int start = 0; start < size; start += block) {
            for (int a = 0; a < after; a++) {
                for (int e = 0; e < extent; e++) {
                    move.take(start + e * after + a, start + a * extent + e);
                }
            }
        }
    }

    /** The elements of a tensor, given as users see them, as they lie. */
    Tensor arrange(Tensor tensor) {
        return switch (tensor) {
            case Tensor.Doubles(var shape, double[] seen) -> {
                double[] lies = new double[seen.length];
                forEach(seen.length, (from, to) -> lies[to] = seen[from]);
                yield new Tensor.Doubles(shape, lies);
            }
            case Tensor.Floats(var shape, float[] seen) -> {
                float[] lies = new float[seen.length];
                forEach(seen.length, (from, to) -> lies[to] = seen[from]);
                yield new Tensor.Floats(shape, lies);
            }
            case Tensor.Longs(var shape, long[] seen) -> {
                long[] lies = new long[seen.length];
                forEach(seen.length, (from, to) -> lies[to] = seen[from]);
                yield new Tensor.Longs(shape, lies);
            }
        };
    }

    /** The elements of a tensor, given as they lie, as users see them: the dimensions behind go innermost again. */
    Tensor restore(Tensor tensor) {
        return new Innermost(/* extent= */ after, /* after= */ extent).arrange(tensor);
    }
}
