package devml.fast;

/**
 * Multiplies a panel of the right operand by rows of the left one: the loops where the time of a contraction goes. Each
 * element is summed by fused multiply-adds in the order of the panel's rows, from 0, and then set or added; so all providers
 * give the same bits.
 */
interface FloatTiles {

    /** How many lanes a panel has. */
    int lanes();

    /** What number of lanes it computes at a time; lanes up to a multiple of that are read, and written. */
    int width();

    /** Copies neighbours into lanes {@code low} to below {@code high} of row k of the panel. */
    void copy(float[] from, int source, int k, int low, int high);

    /** The same for the first rows; row k takes what begins at {@code source + table[first + k]}. */
    void copy(float[] from, int source, int[] table, int first, int count, int low, int high);

    /** The same for elements that lie {@code step} apart. */
    void spread(float[] from, int source, int step, int[] table, int first, int count, int low, int high);

    void set(int k, int lane, float value);

    float get(int k, int lane);

    /** Sets lanes of a row to 0. */
    void clear(int k, int low, int high);

    /**
     * Computes rows of results.
     *
     * @param a the left operand: row m begins at {@code at + m * Packing.ROW}; the rows up to the next multiple of 4 are there
     * @param rows how many rows are computed
     * @param count how many rows of the panel take part
     * @param n how many lanes
     * @param out where the results go
     * @param offsets where the rows of results begin in there, from {@code first} on
     * @param add whether they are added to what is there
     */
    void multiply(float[] a, int at, int rows, int count, int n, float[] out, int[] offsets, int first, boolean add);
}
