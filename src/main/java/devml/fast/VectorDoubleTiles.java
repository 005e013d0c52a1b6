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

    private static final int VECTOR = SPECIES.length();
    private static final int LANES = 512 / Double.BYTES;

    /** Lanes that lie together in the panel: a cache line. */
    private static final int STRIP = 64 / Double.BYTES;

    /** How far apart the strips of a panel begin: a line more than they hold, so that they spread over the cache's sets. */
    private static final int STRIDE = STRIP * (Packing.SUMMED + 1);

    /** No array has more elements. */
    private static final int MOST = Integer.MAX_VALUE - Packing.SUMMED;

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
            double[] a,
            int[] starts,
            int first,
            int rows,
            int k,
            int count,
            int n,
            double[] out,
            int[] offsets,
            Sums sums) {
        int last = first + rows - 1;
        for (int j = 0; j < n; j += 2 * VECTOR) {
            for (int m = first; m <= last; m += 4) {
                int m1 = Math.min(m + 1, last);
                int m2 = Math.min(m + 2, last);
                int m3 = Math.min(m + 3, last);
                tile(
                        a,
                        starts[m],
                        starts[m1],
                        starts[m2],
                        starts[m3],
                        count,
                        panel,
                        at(k, j),
                        out,
                        offsets[m] + j,
                        offsets[m1] + j,
                        offsets[m2] + j,
                        offsets[m3] + j,
                        last - m + 1,
                        sums == Sums.CONTINUE,
                        sums == Sums.ADD);
            }
        }
    }

    private static void tile(
            double[] a,
            int from0,
            int from1,
            int from2,
            int from3,
            int points,
            double[] b,
            int panelAt,
            double[] out,
            int o0,
            int o1,
            int o2,
            int o3,
            int rows,
            boolean goesOn,
            boolean add) {
        int a0 = begin(a, from0, points);
        int a1 = begin(a, from1, points);
        int a2 = begin(a, from2, points);
        int a3 = begin(a, from3, points);
        int count = Math.min(points, Packing.SUMMED);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0) : zero;
        DoubleVector c01 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0 + VECTOR) : zero;
        DoubleVector c10 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1) : zero;
        DoubleVector c11 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1 + VECTOR) : zero;
        DoubleVector c20 = goesOn ? DoubleVector.fromArray(SPECIES, out, o2) : zero;
        DoubleVector c21 = goesOn ? DoubleVector.fromArray(SPECIES, out, o2 + VECTOR) : zero;
        DoubleVector c30 = goesOn ? DoubleVector.fromArray(SPECIES, out, o3) : zero;
        DoubleVector c31 = goesOn ? DoubleVector.fromArray(SPECIES, out, o3 + VECTOR) : zero;
        for (int k = 0; k < count; k++) {
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, panelAt + k * STRIP);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, panelAt + k * STRIP + VECTOR);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[a0 + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[a1 + k]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[a2 + k]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[a3 + k]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
        }
        store(c00, c01, out, o0, add);
        if (rows > 1) {
            store(c10, c11, out, o1, add);
        }
        if (rows > 2) {
            store(c20, c21, out, o2, add);
        }
        if (rows > 3) {
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
            int[] starts,
            int first,
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
        boolean goesOn = sums == Sums.CONTINUE;
        boolean add = sums == Sums.ADD;
        int end = first + rows;
        for (int m = first; m < end; ) {
            int m1 = Math.min(m + 1, end - 1);
            if (end - m <= 2) {
                int j = 0;
                for (; j + 4 * VECTOR <= n; j += 4 * VECTOR) {
                    wideTile(
                            a,
                            starts[m],
                            starts[m1],
                            b,
                            source + j,
                            table,
                            k,
                            count,
                            out,
                            offsets[m] + j,
                            offsets[m1] + j,
                            end - m,
                            goesOn,
                            add);
                }
                if (j < n) {
                    tallTile(
                            a,
                            starts[m],
                            starts[m1],
                            starts[m1],
                            starts[m1],
                            b,
                            source + j,
                            table,
                            k,
                            count,
                            out,
                            offsets[m] + j,
                            offsets[m1] + j,
                            offsets[m1] + j,
                            offsets[m1] + j,
                            end - m,
                            goesOn,
                            add);
                }
                m += 2;
            } else {
                int m2 = m + 2;
                int m3 = Math.min(m + 3, end - 1);
                for (int j = 0; j < n; j += 2 * VECTOR) {
                    tallTile(
                            a,
                            starts[m],
                            starts[m1],
                            starts[m2],
                            starts[m3],
                            b,
                            source + j,
                            table,
                            k,
                            count,
                            out,
                            offsets[m] + j,
                            offsets[m1] + j,
                            offsets[m2] + j,
                            offsets[m3] + j,
                            end - m,
                            goesOn,
                            add);
                }
                m += 4;
            }
        }
    }

    private static void tallTile(
            double[] a,
            int from0,
            int from1,
            int from2,
            int from3,
            double[] b,
            int source,
            int[] table,
            int k,
            int points,
            double[] out,
            int o0,
            int o1,
            int o2,
            int o3,
            int rows,
            boolean goesOn,
            boolean add) {
        int a0 = begin(a, from0, points);
        int a1 = begin(a, from1, points);
        int a2 = begin(a, from2, points);
        int a3 = begin(a, from3, points);
        int at = Math.min(Objects.checkFromIndexSize(k, points, table.length), MOST);
        int count = Math.min(points, Packing.SUMMED);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0) : zero;
        DoubleVector c01 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0 + VECTOR) : zero;
        DoubleVector c10 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1) : zero;
        DoubleVector c11 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1 + VECTOR) : zero;
        DoubleVector c20 = goesOn ? DoubleVector.fromArray(SPECIES, out, o2) : zero;
        DoubleVector c21 = goesOn ? DoubleVector.fromArray(SPECIES, out, o2 + VECTOR) : zero;
        DoubleVector c30 = goesOn ? DoubleVector.fromArray(SPECIES, out, o3) : zero;
        DoubleVector c31 = goesOn ? DoubleVector.fromArray(SPECIES, out, o3 + VECTOR) : zero;
        for (int i = 0; i < count; i++) {
            int row = source + table[at + i];
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, row);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, row + VECTOR);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[a0 + i]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[a1 + i]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[a2 + i]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[a3 + i]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
        }
        store(c00, c01, out, o0, add);
        if (rows > 1) {
            store(c10, c11, out, o1, add);
        }
        if (rows > 2) {
            store(c20, c21, out, o2, add);
        }
        if (rows > 3) {
            store(c30, c31, out, o3, add);
        }
    }

    private static void wideTile(
            double[] a,
            int from0,
            int from1,
            double[] b,
            int source,
            int[] table,
            int k,
            int points,
            double[] out,
            int o0,
            int o1,
            int rows,
            boolean goesOn,
            boolean add) {
        int a0 = begin(a, from0, points);
        int a1 = begin(a, from1, points);
        int at = Math.min(Objects.checkFromIndexSize(k, points, table.length), MOST);
        int count = Math.min(points, Packing.SUMMED);
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0) : zero;
        DoubleVector c01 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0 + VECTOR) : zero;
        DoubleVector c02 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0 + 2 * VECTOR) : zero;
        DoubleVector c03 = goesOn ? DoubleVector.fromArray(SPECIES, out, o0 + 3 * VECTOR) : zero;
        DoubleVector c10 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1) : zero;
        DoubleVector c11 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1 + VECTOR) : zero;
        DoubleVector c12 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1 + 2 * VECTOR) : zero;
        DoubleVector c13 = goesOn ? DoubleVector.fromArray(SPECIES, out, o1 + 3 * VECTOR) : zero;
        for (int i = 0; i < count; i++) {
            int row = source + table[at + i];
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, row);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, row + VECTOR);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, row + 2 * VECTOR);
            DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, row + 3 * VECTOR);
            DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[a0 + i]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            c02 = x0.fma(b2, c02);
            c03 = x0.fma(b3, c03);
            DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[a1 + i]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            c12 = x1.fma(b2, c12);
            c13 = x1.fma(b3, c13);
        }
        store(c00, c01, out, o0, add);
        store(c02, c03, out, o0 + 2 * VECTOR, add);
        if (rows > 1) {
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
