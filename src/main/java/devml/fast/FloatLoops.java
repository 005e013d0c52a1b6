package devml.fast;

/** Products of a vector, which need no panel: each element of the large operand is read once, where it lies. */
final class FloatLoops {
    private FloatLoops() {}

    /** The sum of products of neighbours, in eight interleaved partial sums. */
    static float dot(float[] a, int at, float[] b, int from, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
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
    static void multiply(float[] row, int n, float factor, float[] c, int to, boolean add) {
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
            float[] sums,
            int n,
            float[] a,
            int at,
            int[] steps,
            float[] b,
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
            float factor = a[at + steps[k]];
            int row = source + table[k];
            for (int j = 0; j < n; j++) {
                sums[j] = Math.fma(factor, b[row + j], sums[j]);
            }
        }
    }

    private static void addFour(
            float[] sums, int n, float[] b, int b0, int b1, int b2, int b3, float a0, float a1, float a2, float a3) {
        for (int j = 0; j < n; j++) {
            sums[j] = Math.fma(
                    a3, b[b3 + j], Math.fma(a2, b[b2 + j], Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], sums[j]))));
        }
    }
}
