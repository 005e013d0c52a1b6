package devml.fast;

/** What one thread needs to run contractions in float64, one at a time: panels that grow with the largest. */
final class DoubleScratch {
    final DoubleTiles tiles;
    private double[] left = {};
    private double[] totals = {};
    private double[] sums = {};
    private int[] offsets = {};
    private int[] quads = {};
    private int[] to = {};

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

    /** Room for sums that are not done. */
    double[] sums(int size) {
        if (sums.length < size) {
            sums = new double[size];
        }
        return sums;
    }

    /** Where rows of results begin. */
    int[] offsets(int rows) {
        if (offsets.length < rows) {
            offsets = new int[rows];
        }
        return offsets;
    }

    /** Where packed quads of the left operand begin. */
    int[] quads(int count) {
        if (quads.length < count) {
            quads = new int[count];
        }
        return quads;
    }

    /** Where sums that are not done begin. */
    int[] to(int rows) {
        if (to.length < rows) {
            to = new int[rows];
        }
        return to;
    }
}
