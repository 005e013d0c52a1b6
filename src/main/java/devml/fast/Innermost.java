package devml.fast;

import devml.tensor.Tensor;

/**
 * A dimension that a tensor keeps innermost: elements [before, extent, after] lie as [before, after, extent].
 *
 * @param extent of the dimension
 * @param after the elements of the dimensions behind it, where users see it
 */
record Innermost(int extent, int after) {
    /** The side of the squares that are moved at a time: so many cache lines of either order stay at hand. */
    private static final int SIDE = 16;

    /** Moves some elements that are neighbours where they lie, from where users see them. */
    private interface Move {
        void take(int seen, int step, int lies, int count);
    }

    private void forEach(int size, Move move) {
        int block = extent * after;
        for (int start = 0; start < size; start += block) {
            for (int top = 0; top < after; top += SIDE) {
                for (int e = 0; e < extent; e += SIDE) {
                    int count = Math.min(SIDE, extent - e);
                    for (int a = top; a < Math.min(top + SIDE, after); a++) {
                        move.take(start + e * after + a, after, start + a * extent + e, count);
                    }
                }
            }
        }
    }

    /** The elements of a tensor, given as users see them, as they lie. */
    Tensor arrange(Tensor tensor) {
        return switch (tensor) {
            case Tensor.Doubles(var shape, double[] seen) -> {
                double[] lies = new double[seen.length];
                forEach(seen.length, (from, step, to, count) -> {
                    for (int i = 0; i < count; i++) {
                        lies[to + i] = seen[from + i * step];
                    }
                });
                yield new Tensor.Doubles(shape, lies);
            }
            case Tensor.Floats(var shape, float[] seen) -> {
                float[] lies = new float[seen.length];
                forEach(seen.length, (from, step, to, count) -> {
                    for (int i = 0; i < count; i++) {
                        lies[to + i] = seen[from + i * step];
                    }
                });
                yield new Tensor.Floats(shape, lies);
            }
            case Tensor.Longs(var shape, long[] seen) -> {
                long[] lies = new long[seen.length];
                forEach(seen.length, (from, step, to, count) -> {
                    for (int i = 0; i < count; i++) {
                        lies[to + i] = seen[from + i * step];
                    }
                });
                yield new Tensor.Longs(shape, lies);
            }
        };
    }

    /** The elements of a tensor, given as they lie, as users see them: the dimensions behind go innermost again. */
    Tensor restore(Tensor tensor) {
        return new Innermost(/* extent= */ after, /* after= */ extent).arrange(tensor);
    }
}
