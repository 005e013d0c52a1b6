package devml.fast;

/** What one thread needs to run contractions in float32, one at a time: panels that grow with the largest. */
final class FloatScratch {
    final FloatTiles tiles;
    private float[] left = {};
    private float[] totals = {};
    private int[] offsets = {};

    FloatScratch(FloatTiles tiles) {
        this.tiles = tiles;
    }

    /** Room for rows of the left operand. */
    float[] left(int size) {
        if (left.length < size) {
            left = new float[size];
        }
        return left;
    }

    /** Room for results that cannot go where they belong at once. */
    float[] totals(int size) {
        if (totals.length < size) {
            totals = new float[size];
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
