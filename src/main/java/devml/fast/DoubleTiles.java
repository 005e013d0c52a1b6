package devml.fast;

/**
 * Multiplies a panel of the right operand by rows of the left one: the loops where the time of a contraction goes. Each
 * element is summed by fused multiply-adds in the order of the panel's rows, whatever the tiles; so all providers give the same
 * bits.
 */
interface DoubleTiles {

    /** How many lanes a panel has. */
    int lanes();

    /** What number of lanes it computes at a time; lanes up to a multiple of that are read, and written. */
    int width();

    /** Copies neighbours into lanes {@code low} to below {@code high} of row k of the panel. */
    void copy(double[] from, int source, int k, int low, int high);

    /** The same for the first rows; row k takes what begins at {@code source + table[first + k]}. */
    void copy(double[] from, int source, int[] table, int first, int count, int low, int high);

    /** The same for elements that lie {@code step} apart. */
    void spread(double[] from, int source, int step, int[] table, int first, int count, int low, int high);

    void set(int k, int lane, double value);

    double get(int k, int lane);

    /** Whether so many lanes of the first rows are all finite; lanes up to a multiple of the width are read. */
    boolean isFinite(int count, int lanes);

    /** Sets lanes of a row to 0. */
    void clear(int k, int low, int high);

    /**
     * Computes rows of results.
     *
     * @param a the left operand, in quads: element k of row m lies {@code QUAD * k + m % QUAD} behind where quad {@code
     *     m / QUAD} begins
     * @param quads where the quads begin in there
     * @param rows how many, the first of the first quad on
     * @param k the first row of the panel that takes part, and how many; the left operand's are counted from the first
     * @param n how many lanes
     * @param out where the results go
     * @param offsets where the rows of results begin in there
     */
    void multiply(double[] a, int[] quads, int rows, int k, int count, int n, double[] out, int[] offsets, Sums sums);

    /** Whether so few rows are multiplied faster by what lies in memory than by a panel that is packed first. */
    boolean readsInPlace(int rows);

    /**
     * Computes rows of results as above, without a panel.
     *
     * @param b the right operand: its row k begins at {@code source + table[k]}
     * @param n how many lanes: a multiple of the width
     */
    void multiply(
            double[] a,
            int[] quads,
            int rows,
            double[] b,
            int source,
            int[] table,
            int k,
            int count,
            int n,
            double[] out,
            int[] offsets,
            Sums sums);
}
