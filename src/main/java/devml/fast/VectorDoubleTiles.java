package devml.fast;

import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles by the Vector API: four rows of results by two vectors stay in registers over all rows of the panel. More accumulators, or
 * several steps an iteration, would spill.
 */
final class VectorDoubleTiles implements DoubleTiles {
    /** The widest that there is, up to 256 bits: a tile is two vectors wide, and that a strip of the panel. */
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.vectorBitSize() > 256
            ? DoubleVector.SPECIES_256
            : DoubleVector.SPECIES_PREFERRED;

    private static final DoubleVector ZERO = DoubleVector.zero(SPECIES);
    private static final int VECTOR = SPECIES.length();
    private static final int LANES = 512 / Double.BYTES;

    /** Lanes that lie together in the panel: a cache line. */
    private static final int STRIP = 64 / Double.BYTES;

    /** How far apart the strips of a panel begin: a line more than they hold, so that they spread over the cache's sets. */
    private static final int STRIDE = STRIP * (Packing.SUMMED + 1);

    /**
     * What sums begin with that do not go on. A vector that is either read or zero would cost a third of the speed: the
     * compiler finds no registers for all of them then.
     */
    private static final double[] ZEROS = new double[4 * VECTOR];

    /** No array has more elements. */
    private static final int MOST = Integer.MAX_VALUE - Packing.QUAD_STRIDE;

    /** Lane j of row k is at {@code j / STRIP * STRIDE + k * STRIP + j % STRIP}. */
    private final double[] panel = new double[LANES / STRIP * STRIDE];

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public int width() {
        return 2 * VECTOR;
    }

    private static int at(int k, int lane) {
        return lane / STRIP * STRIDE + k * STRIP + lane % STRIP;
    }

    @Override
    public void copy(double[] from, int source, int k, int low, int high) {
        int j = low;
        for (; j < high && j % STRIP != 0; j++) {
            panel[at(k, j)] = from[source + j - low];
        }
        for (; j + STRIP <= high; j += STRIP) {
            copyStrip(from, source + j - low, at(k, j));
        }
        for (; j < high; j++) {
            panel[at(k, j)] = from[source + j - low];
        }
    }

    private void copyStrip(double[] from, int source, int to) {
        for (int i = 0; i < STRIP; i += VECTOR) {
            DoubleVector.fromArray(SPECIES, from, source + i).intoArray(panel, to + i);
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
            int offset = source + (j - low) * step;
            int to = at(0, j);
            for (int k = 0; k < count; k++) {
                panel[to + k * STRIP] = from[offset + table[first + k]];
            }
        }
    }

    @Override
    public void set(int k, int lane, double value) {
        panel[at(k, lane)] = value;
    }

    @Override
    public double get(int k, int lane) {
        return panel[at(k, lane)];
    }

    @Override
    public boolean isFinite(int count, int lanes) {
        DoubleVector sum = DoubleVector.zero(SPECIES);
        for (int j = 0; j < lanes; j += VECTOR) {
            int from = at(0, j);
            for (int k = 0; k < count; k++) {
                sum = DoubleVector.fromArray(SPECIES, panel, from + k * STRIP)
                        .fma(ZERO, sum); // 0 times what is finite is 0
            }
        }
        return sum.eq(ZERO).allTrue();
    }

    @Override
    public void clear(int k, int low, int high) {
        int j = low;
        while (j < high) {
            int end = Math.min(high, j / STRIP * STRIP + STRIP);
            Arrays.fill(panel, at(k, j), at(k, j) + end - j, 0);
            j = end;
        }
    }

    @Override
    public void multiply(
            double[] a, int[] quads, int rows, int k, int count, int n, double[] out, int[] offsets, Sums sums) {
        for (int j = 0; j < n; j += 2 * VECTOR) {
            for (int m = 0; m < rows; m += Packing.QUAD) {
                tile(a, quads[m / Packing.QUAD], panel, at(k, j), count, out, offsets, m, rows, j, sums);
            }
        }
    }

    /**
     * Four rows of results, the first of which is {@code m}, by two vectors of lanes from {@code j} on.
     *
     * @param quad where the rows of the left operand begin
     * @param panelAt where the lanes of the right one do
     */
    private static void tile(
            double[] a,
            int quad,
            double[] b,
            int panelAt,
            int points,
            double[] out,
            int[] offsets,
            int m,
            int rows,
            int j,
            Sums sums) {
        int at = begin(a, quad, Packing.QUAD * points);
        int count = Math.min(points, Packing.SUMMED);
        int o0 = offsets[m] + j;
        int o1 = offsets[Math.min(m + 1, rows - 1)] + j;
        int o2 = offsets[Math.min(m + 2, rows - 1)] + j;
        int o3 = offsets[Math.min(m + 3, rows - 1)] + j;
        boolean goesOn = sums == Sums.CONTINUE;
        double[] from = goesOn ? out : ZEROS;
        int f0 = goesOn ? o0 : 0;
        int f1 = goesOn ? o1 : 0;
        int f2 = goesOn ? o2 : 0;
        int f3 = goesOn ? o3 : 0;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, from, f0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, from, f0 + VECTOR);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, from, f1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, from, f1 + VECTOR);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, from, f2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, from, f2 + VECTOR);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, from, f3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, from, f3 + VECTOR);
        for (int k = 0; k < count; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, panelAt + k * STRIP);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, panelAt + k * STRIP + VECTOR);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 1]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 2]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 3]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
        }
        boolean add = sums == Sums.ADD;
        store(c00, c01, out, o0, add);
        if (rows - m > 1) {
            store(c10, c11, out, o1, add);
        }
        if (rows - m > 2) {
            store(c20, c21, out, o2, add);
        }
        if (rows - m > 3) {
            store(c30, c31, out, o3, add);
        }
    }

    @Override
    public boolean readsInPlace(int rows) {
        return rows <= 8;
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
        for (int m = 0; m < rows; m += Packing.QUAD) {
            int quad = quads[m / Packing.QUAD];
            int j = 0;
            if (rows - m <= 2) {
                for (; j + 4 * VECTOR <= n; j += 4 * VECTOR) {
                    wideTile(a, quad, b, source + j, table, k, count, out, offsets, m, rows, j, sums);
                }
            }
            for (; j < n; j += 2 * VECTOR) {
                tallTile(a, quad, b, source + j, table, k, count, out, offsets, m, rows, j, sums);
            }
        }
    }

    /**
     * The same as {@code tile} without a panel: the lanes of point k are read at {@code source + table[first + k]}. One tile
     * that reads panels so too would be a third slower.
     */
    private static void tallTile(
            double[] a,
            int quad,
            double[] b,
            int source,
            int[] table,
            int first,
            int points,
            double[] out,
            int[] offsets,
            int m,
            int rows,
            int j,
            Sums sums) {
        int at = begin(a, quad, Packing.QUAD * points);
        int row = Math.min(Objects.checkFromIndexSize(first, points, table.length), MOST);
        int count = Math.min(points, Packing.SUMMED);
        int o0 = offsets[m] + j;
        int o1 = offsets[Math.min(m + 1, rows - 1)] + j;
        int o2 = offsets[Math.min(m + 2, rows - 1)] + j;
        int o3 = offsets[Math.min(m + 3, rows - 1)] + j;
        boolean goesOn = sums == Sums.CONTINUE;
        double[] from = goesOn ? out : ZEROS;
        int f0 = goesOn ? o0 : 0;
        int f1 = goesOn ? o1 : 0;
        int f2 = goesOn ? o2 : 0;
        int f3 = goesOn ? o3 : 0;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, from, f0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, from, f0 + VECTOR);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, from, f1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, from, f1 + VECTOR);
        DoubleVector c20 = DoubleVector.fromArray(SPECIES, from, f2);
        DoubleVector c21 = DoubleVector.fromArray(SPECIES, from, f2 + VECTOR);
        DoubleVector c30 = DoubleVector.fromArray(SPECIES, from, f3);
        DoubleVector c31 = DoubleVector.fromArray(SPECIES, from, f3 + VECTOR);
        for (int k = 0; k < count; k++) {
            int lanes = source + table[row + k];
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, lanes);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, lanes + VECTOR);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 1]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 2]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 3]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
        }
        boolean add = sums == Sums.ADD;
        store(c00, c01, out, o0, add);
        if (rows - m > 1) {
            store(c10, c11, out, o1, add);
        }
        if (rows - m > 2) {
            store(c20, c21, out, o2, add);
        }
        if (rows - m > 3) {
            store(c30, c31, out, o3, add);
        }
    }

    /** One or two rows of results by four vectors of lanes, without a panel. */
    private static void wideTile(
            double[] a,
            int quad,
            double[] b,
            int source,
            int[] table,
            int first,
            int points,
            double[] out,
            int[] offsets,
            int m,
            int rows,
            int j,
            Sums sums) {
        int at = begin(a, quad, Packing.QUAD * points);
        int row = Math.min(Objects.checkFromIndexSize(first, points, table.length), MOST);
        int count = Math.min(points, Packing.SUMMED);
        int o0 = offsets[m] + j;
        int o1 = offsets[rows - 1] + j;
        boolean goesOn = sums == Sums.CONTINUE;
        double[] from = goesOn ? out : ZEROS;
        int f0 = goesOn ? o0 : 0;
        int f1 = goesOn ? o1 : 0;
        DoubleVector c00 = DoubleVector.fromArray(SPECIES, from, f0);
        DoubleVector c01 = DoubleVector.fromArray(SPECIES, from, f0 + VECTOR);
        DoubleVector c02 = DoubleVector.fromArray(SPECIES, from, f0 + 2 * VECTOR);
        DoubleVector c03 = DoubleVector.fromArray(SPECIES, from, f0 + 3 * VECTOR);
        DoubleVector c10 = DoubleVector.fromArray(SPECIES, from, f1);
        DoubleVector c11 = DoubleVector.fromArray(SPECIES, from, f1 + VECTOR);
        DoubleVector c12 = DoubleVector.fromArray(SPECIES, from, f1 + 2 * VECTOR);
        DoubleVector c13 = DoubleVector.fromArray(SPECIES, from, f1 + 3 * VECTOR);
        for (int k = 0; k < count; k++) {
            int lanes = source + table[row + k];
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, lanes);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, lanes + VECTOR);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, lanes + 2 * VECTOR);
            DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, lanes + 3 * VECTOR);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            c02 = x0.fma(b2, c02);
            c03 = x0.fma(b3, c03);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[at + Packing.QUAD * k + 1]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            c12 = x1.fma(b2, c12);
            c13 = x1.fma(b3, c13);
        }
        boolean add = sums == Sums.ADD;
        store(c00, c01, out, o0, add);
        store(c02, c03, out, o0 + 2 * VECTOR, add);
        if (rows - m > 1) {
            store(c10, c11, out, o1, add);
            store(c12, c13, out, o1 + 2 * VECTOR, add);
        }
    }

    /** The same, checked, and small enough for the compiler to see that no index overflows: else it checks each one. */
    private static int begin(double[] a, int from, int points) {
        return Math.min(Objects.checkFromIndexSize(from, points, a.length), MOST);
    }

    private static void store(DoubleVector c0, DoubleVector c1, double[] out, int offset, boolean add) {
        if (add) {
            DoubleVector.fromArray(SPECIES, out, offset).add(c0).intoArray(out, offset);
            DoubleVector.fromArray(SPECIES, out, offset + VECTOR).add(c1).intoArray(out, offset + VECTOR);
        } else {
            c0.intoArray(out, offset);
            c1.intoArray(out, offset + VECTOR);
        }
    }
}
