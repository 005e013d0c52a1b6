package devml.fast;

/** Products of a vector, which need no panel: each element of the large operand is read once, where it lies. */
final class DoubleLoops {
    private DoubleLoops() {}

    /** The sum of products of neighbours, in eight interleaved partial sums. */
    static double dot(double[] a, int at, double[] b, int from, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int k = 0;
        for (; k + 7 < n; k += 8) {
            s0 = Math.fma(a[at + k], b[from + k], s0);
            s1 = Math.fma(a[at + k + 1], b[from + k + 1], s1);
            s2 = Math.fma(a[at + k + 2], b[from + k + 2], s2);
            s3 = Math.fma(a[at + k + 3], b[from + k + 3], s3);
            s4 = Math.fma(a[at + k + 4], b[from + k + 4], s4);
            s5 = Math.fma(a[at + k + 5], b[from + k + 5], s5);
            s6 = Math.fma(a[at + k + 6], b[from + k + 6], s6);
            s7 = Math.fma(a[at + k + 7], b[from + k + 7], s7);
        }
        for (; k < n; k++) {
            s0 = Math.fma(a[at + k], b[from + k], s0);
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** Sets elements to a multiple of a row, or adds it. */
    static void multiply(double[] row, int n, double factor, double[] c, int to, boolean add) {
        if (add) {
            for (int j = 0; j < n; j++) {
                c[to + j] += Math.fma(factor, row[j], 0);
            }
        } else {
            for (int j = 0; j < n; j++) {
                c[to + j] = Math.fma(factor, row[j], 0);
            }
        }
    }

    /**
     * Adds multiples of rows of {@code b} to lanes; row k begins at {@code source + table[k]}. Each lane is summed in the order
     * of the rows, as tiles do it.
     *
     * @param a the factor of row k is at {@code at + steps[k]}
     */
    static void addRows(
            double[] sums,
            int n,
            double[] a,
            int at,
            int[] steps,
            double[] b,
            int source,
            int[] table,
            int first,
            int last) {
        int k = first;
        for (; k + 3 < last; k += 4) {
            addFour(
                    sums,
                    n,
                    b,
                    source + table[k],
                    source + table[k + 1],
                    source + table[k + 2],
                    source + table[k + 3],
                    a[at + steps[k]],
                    a[at + steps[k + 1]],
                    a[at + steps[k + 2]],
                    a[at + steps[k + 3]]);
        }
        for (; k < last; k++) {
            double factor = a[at + steps[k]];
            int row = source + table[k];
            for (int j = 0; j < n; j++) {
                sums[j] = Math.fma(factor, b[row + j], sums[j]);
            }
        }
    }

    private static void addFour(
            double[] sums,
            int n,
            double[] b,
            int b0,
            int b1,
            int b2,
            int b3,
            double a0,
            double a1,
            double a2,
            double a3) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(
                    a3, b[b3 + j], Math.fma(a2, b[b2 + j], Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], sums[j]))));
        }
    }
}
