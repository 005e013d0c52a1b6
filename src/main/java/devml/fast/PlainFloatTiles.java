package devml.fast;

import java.util.Arrays;

/**
 * Tiles in plain Java. C2 turns the inner loops into vectors; it does so only where every row is an array of its own and
 * the body is small (two rows of results by three of the panel, no more).
 */
final class PlainFloatTiles implements FloatTiles {
    private static final int LANES = 256;

    private final float[][] panel = new float[Packing.SUMMED][LANES];
    private final float[] c0 = new float[LANES];
    private final float[] c1 = new float[LANES];

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void copy(float[] from, int source, int k, int low, int high) {
        if (high - low > 8) {
            System.arraycopy(from, source, panel[k], low, high - low);
        } else {
            float[] row = panel[k];
            for (int j = low; j < high; j++) {
                row[j] = from[source + j - low];
            }
        }
    }

    @Override
    public void copy(float[] from, int source, int[] table, int first, int count, int low, int high) {
        for (int k = 0; k < count; k++) {
            copy(from, source + table[first + k], k, low, high);
        }
    }

    @Override
    public void spread(float[] from, int source, int step, int[] table, int first, int count, int low, int high) {
        for (int j = low; j < high; j++) {
            int at = source + (j - low) * step;
            for (int k = 0; k < count; k++) {
                panel[k][j] = from[at + table[first + k]];
            }
        }
    }

    @Override
    public void set(int k, int lane, float value) {
        panel[k][lane] = value;
    }

    @Override
    public float get(int k, int lane) {
        return panel[k][lane];
    }

    @Override
    public void clear(int k, int low, int high) {
        Arrays.fill(panel[k], low, high, 0);
    }

    @Override
    public void multiply(
            float[] a,
            int[] starts,
            int first,
            int rows,
            int k,
            int count,
            int n,
            float[] out,
            int[] offsets,
            Sums sums) {
        int m = first;
        for (; m + 1 < first + rows; m += 2) {
            begin(c0, n, out, offsets[m], sums);
            begin(c1, n, out, offsets[m + 1], sums);
            pair(a, starts[m] - k, starts[m + 1] - k, k, k + count, n);
            store(c0, n, out, offsets[m], sums);
            store(c1, n, out, offsets[m + 1], sums);
        }
        if (m < first + rows) {
            begin(c0, n, out, offsets[m], sums);
            single(a, starts[m] - k, k, k + count, n);
            store(c0, n, out, offsets[m], sums);
        }
    }

    /** Compilers do not see that rows of one array do not meet those of another, and would use no vectors. */
    @Override
    public boolean readsInPlace(int rows) {
        return false;
    }

    @Override
    public void multiply(
            float[] a,
            int[] starts,
            int first,
            int rows,
            float[] b,
            int source,
            int[] table,
            int k,
            int count,
            int n,
            float[] out,
            int[] offsets,
            Sums sums) {
        copy(b, source, table, k, count, 0, n);
        multiply(a, starts, first, rows, 0, count, n, out, offsets, sums);
    }

    private static void begin(float[] row, int n, float[] out, int offset, Sums sums) {
        if (sums == Sums.CONTINUE) {
            System.arraycopy(out, offset, row, 0, n);
        } else {
            Arrays.fill(row, 0, n, 0);
        }
    }

    private void pair(float[] a, int at0, int at1, int first, int end, int n) {
        int k = first;
        for (; k + 2 < end; k += 3) {
            int i = at0 + k;
            int j = at1 + k;
            twoByThree(
                    c0,
                    c1,
                    panel[k],
                    panel[k + 1],
                    panel[k + 2],
                    a[i],
                    a[i + 1],
                    a[i + 2],
                    a[j],
                    a[j + 1],
                    a[j + 2],
                    n);
        }
        for (; k < end; k++) {
            oneByOne(c0, panel[k], a[at0 + k], n);
            oneByOne(c1, panel[k], a[at1 + k], n);
        }
    }

    private void single(float[] a, int at, int first, int end, int n) {
        int k = first;
        for (; k + 3 < end; k += 4) {
            int i = at + k;
            oneByFour(c0, panel[k], panel[k + 1], panel[k + 2], panel[k + 3], a[i], a[i + 1], a[i + 2], a[i + 3], n);
        }
        for (; k < end; k++) {
            oneByOne(c0, panel[k], a[at + k], n);
        }
    }

    private static void twoByThree(
            float[] c0,
            float[] c1,
            float[] b0,
            float[] b1,
            float[] b2,
            float a00,
            float a01,
            float a02,
            float a10,
            float a11,
            float a12,
            int n) {
        for (int j = 0; j < n; j++) {
            float x0 = b0[j];
            float x1 = b1[j];
            float x2 = b2[j];
            c0[j] = Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c0[j])));
            c1[j] = Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c1[j])));
        }
    }

    private static void oneByFour(
            float[] c0, float[] b0, float[] b1, float[] b2, float[] b3, float a0, float a1, float a2, float a3, int n) {
        for (int j = 0; j < n; j++) {
            c0[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c0[j]))));
        }
    }

    private static void oneByOne(float[] c0, float[] b0, float a0, int n) {
        for (int j = 0; j < n; j++) {
            c0[j] = Math.fma(a0, b0[j], c0[j]);
        }
    }

    private static void store(float[] row, int n, float[] out, int offset, Sums sums) {
        if (sums == Sums.ADD) {
            for (int j = 0; j < n; j++) {
                out[offset + j] += row[j];
            }
        } else {
            System.arraycopy(row, 0, out, offset, n);
        }
    }
}
