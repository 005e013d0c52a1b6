package devml.report;

import devml.tensor.Tensor;

/**
 * What a table says of the elements of a tensor. NaN among them makes all three NaN.
 *
 * @param norm the Euclidean norm: the square root of the sum of squares; 0 of no elements
 * @param min the smallest element; infinity of no elements
 * @param max the largest element; minus infinity of no elements
 */
record TensorStatistics(double norm, double min, double max) {

    static TensorStatistics of(Tensor tensor) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < tensor.size(); i++) {
            min = Math.min(min, tensor.get(i));
            max = Math.max(max, tensor.get(i));
        }
        return new TensorStatistics(norm(tensor, Math.max(Math.abs(min), Math.abs(max))), min, max);
    }

    /** Scaled by a power of two (so that nothing is lost), for squares overflow long before the norm does. */
    private static double norm(Tensor tensor, double largest) {
        if (tensor.size() == 0 || !Double.isFinite(largest)) {
            return tensor.size() == 0 ? 0 : largest;
        }
        int exponent = Math.getExponent(largest);
        double sum = 0;
        for (int i = 0; i < tensor.size(); i++) {
            double scaled = Math.scalb(tensor.get(i), -exponent);
            sum += scaled * scaled;
        }
        return Math.scalb(Math.sqrt(sum), exponent);
    }
}
