package devml.fast;

import java.util.Arrays;

/**
 * Tiles in plain Java. C2 turns the inner loops into vectors; it does so only where every row is an array of its own and
 * the body is small (two rows of results by three of the panel, no more).
 */
final class PlainDoubleTiles implements DoubleTiles {
    private static final int LANES = 1024 / Double.BYTES;

    private final double[][] panel = new double[Packing.SUMMED][LANES];
    private final double[] c0 = new double[LANES];
    private final double[] c1 = new double[LANES];

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void copy(double[] from, int source, int k, int low, int high) {
        if (high - low > 8) {
            System.arraycopy(from, source, panel[k], low, high - low);
        } else {
            double[] row = panel[k];
            for (int j = low; j < high; j++) {
                row[j] = from[source + j - low];
            }
        }
    }

    @Override
    public void copy(double[] from, int source, int[] table, int first, int count, int low, int high) {
        for (int k = 0; k < count; k++) {
            copy(from, source + table[first + k], k, low, high);
        }
    }

    @Override
    public void spread(double[] from, int source, int step, int[] table, int first, int count, int low, int high) {
        for (int j = low; j < high; j++) {
            int at = source + (j - low) * step;
            for (int k = 0; k < count; k++) {
                panel[k][j] = from[at + table[first + k]];
            }
        }
    }

    @Override
    public void set(int k, int lane, double value) {
        panel[k][lane] = value;
    }

    @Override
    public double get(int k, int lane) {
        return panel[k][lane];
    }

    @Override
    public boolean isFinite(int count, int lanes) {
        Arrays.fill(c0, 0, lanes, 0);
        for (int k = 0; k < count; k++) {
            oneByOne(c0, panel[k], 0, lanes); // 0 times what is finite is 0
        }
        double sum = 0;
        for (int j = 0; j < lanes; j++) {
            sum += c0[j];
        }
        return sum == 0;
    }

    @Override
    public void clear(int k, int low, int high) {
        Arrays.fill(panel[k], low, high, 0);
    }

    @Override
    public void multiply(
            double[] a, int[] quads, int rows, int k, int count, int n, double[] out, int[] offsets, Sums sums) {
        int m = 0;
        for (; m + 1 < rows; m += 2) {
            begin(c0, n, out, offsets[m], sums);
            begin(c1, n, out, offsets[m + 1], sums);
            pair(a, quads[m / Packing.QUAD] + m % Packing.QUAD, k, k + count, n);
            store(c0, n, out, offsets[m], sums);
            store(c1, n, out, offsets[m + 1], sums);
        }
        if (m < rows) {
            begin(c0, n, out, offsets[m], sums);
            single(a, quads[m / Packing.QUAD] + m % Packing.QUAD, k, k + count, n);
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
            Sums sums) {
        copy(b, source, table, k, count, 0, n);
        multiply(a, quads, rows, 0, count, n, out, offsets, sums);
    }

    private static void begin(double[] row, int n, double[] out, int offset, Sums sums) {
        if (sums == Sums.CONTINUE) {
            System.arraycopy(out, offset, row, 0, n);
        } else {
            Arrays.fill(row, 0, n, 0);
        }
    }

    /** Adds products of two neighbours in a quad, from {@code at} on. */
    private void pair(double[] a, int at, int first, int end, int n) {
        int k = first;
        int i = at;
        for (; k + 2 < end; k += 3, i += 3 * Packing.QUAD) {
            twoByThree(
                    c0,
                    c1,
                    panel[k],
                    panel[k + 1],
                    panel[k + 2],
                    a[i],
                    a[i + Packing.QUAD],
                    a[i + 2 * Packing.QUAD],
                    a[i + 1],
                    a[i + Packing.QUAD + 1],
                    a[i + 2 * Packing.QUAD + 1],
                    n);
        }
        for (; k < end; k++, i += Packing.QUAD) {
            oneByOne(c0, panel[k], a[i], n);
            oneByOne(c1, panel[k], a[i + 1], n);
        }
    }

    private void single(double[] a, int at, int first, int end, int n) {
        int k = first;
        int i = at;
        for (; k + 3 < end; k += 4, i += 4 * Packing.QUAD) {
            oneByFour(
                    c0,
                    panel[k],
                    panel[k + 1],
                    panel[k + 2],
                    panel[k + 3],
                    a[i],
                    a[i + Packing.QUAD],
                    a[i + 2 * Packing.QUAD],
                    a[i + 3 * Packing.QUAD],
                    n);
        }
        for (; k < end; k++, i += Packing.QUAD) {
            oneByOne(c0, panel[k], a[i], n);
        }
    }

    private static void twoByThree(
            double[] c0,
            double[] c1,
            double[] b0,
            double[] b1,
            double[] b2,
            double a00,
            double a01,
            double a02,
            double a10,
            double a11,
            double a12,
            int n) {
        for (int j = 0; j < n; j++) {
            double x0 = b0[j];
            double x1 = b1[j];
            double x2 = b2[j];
            c0[j] = Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c0[j])));
            c1[j] = Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c1[j])));
        }
    }

    private static void oneByFour(
            double[] c0,
            double[] b0,
            double[] b1,
            double[] b2,
            double[] b3,
            double a0,
            double a1,
            double a2,
            double a3,
            int n) {
        for (int j = 0; j < n; j++) {
            c0[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c0[j]))));
        }
    }

    private static void oneByOne(double[] c0, double[] b0, double a0, int n) {
        for (int j = 0; j < n; j++) {
            c0[j] = Math.fma(a0, b0[j], c0[j]);
        }
    }

    private static void store(double[] row, int n, double[] out, int offset, Sums sums) {
        if (sums == Sums.ADD) {
            for (int j = 0; j < n; j++) {
                out[offset + j] += row[j];
            }
        } else {
            System.arraycopy(row, 0, out, offset, n);
        }
    }
}
