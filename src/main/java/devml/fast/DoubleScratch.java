package devml.fast;

/** What one thread needs to run contractions in float64, one at a time: panels that grow with the largest. */
final class DoubleScratch {
    final DoubleTiles tiles;
    private double[] left = {};
    private double[] totals = {};
    private int[] offsets = {};

    DoubleScratch(DoubleTiles tiles) {
        this.tiles = tiles;
    }

    /** Room for rows of the left operand. */
    double[] left(int size) {
        if (left.length < size) {
            left = new double[size];
        }
        return left;
    }

    /** Room for results that cannot go where they belong at once. */
    double[] totals(int size) {
        if (totals.length < size) {
            totals = new double[size];
        }
        return totals;
    }

    int[] offsets(int rows) {
        if (offsets.length < rows) {
            offsets = new int[rows];
        }
        return offsets;
    }
}
