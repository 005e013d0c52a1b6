package devml.report;

import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.util.function.Consumer;

/**
 * The statistics of a tensor's elements that tables show. If one of them is NaN, all three are NaN.
 *
 * @param norm the Euclidean norm: the square root of the sum of squares; 0 if there are no elements
 * @param min the smallest element; infinity if there are none
 * @param max the largest element; minus infinity if there are none
 */
record TensorStatistics(double norm, double min, double max) {
    /** The number of elements that are in memory at a time, if the tensor is on disk. */
    private static final int PIECE = 1 << 20;

    static TensorStatistics of(Tensor tensor) {
        return of(Rows.of(tensor));
    }

    static TensorStatistics of(Rows rows) {
        double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        forEachPiece(rows, tensor -> {
            for (int i = 0; i < tensor.size(); i++) {
                ends[0] = Math.min(ends[0], tensor.get(i));
                ends[1] = Math.max(ends[1], tensor.get(i));
            }
        });
        return new TensorStatistics(norm(rows, Math.max(Math.abs(ends[0]), Math.abs(ends[1]))), ends[0], ends[1]);
    }

    private static void forEachPiece(Rows rows, Consumer<Tensor> work) {
        if (rows instanceof Rows.Held(Tensor whole)) {
            work.accept(whole);
            return;
        }
        int all = rows.dims().getFirst();
        int size = rows.shape(1).size();
        int count = Math.max(1, PIECE / Math.max(1, size));
        for (int start = 0; start < all; start += count) {
            work.accept(rows.read(start, Math.min(count, all - start)));
        }
    }

    /**
     * Computes the norm of elements scaled by a power of two, which loses nothing, because squares overflow long before
     * the norm does.
     */
    private static double norm(Rows rows, double largest) {
        if (rows.dims().contains(0) || !Double.isFinite(largest)) {
            return rows.dims().contains(0) ? 0 : largest;
        }
        int exponent = Math.getExponent(largest);
        double[] sum = {0};
        forEachPiece(rows, tensor -> {
            for (int i = 0; i < tensor.size(); i++) {
                double scaled = Math.scalb(tensor.get(i), -exponent);
                sum[0] += scaled * scaled;
            }
        });
        return Math.scalb(Math.sqrt(sum[0]), exponent);
    }
}
