package devml.fast;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles by the Vector API: four rows of results by two vectors stay in registers over all rows of the panel. More accumulators, or
 * several steps an iteration, would spill.
 */
final class VectorFloatTiles implements FloatTiles {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int VECTOR = SPECIES.length();
    private static final int LANES = 128;

    /** Lanes that lie together in the panel: a cache line. */
    private static final int STRIP = 16;

    /** How far apart the strips of a panel begin: a line more than they hold, so that they spread over the cache's sets. */
    private static final int STRIDE = STRIP * (Packing.SUMMED + 1);

    private static final int ROW = Packing.ROW;

    /** Lane j of row k is at {@code j / STRIP * STRIDE + k * STRIP + j % STRIP}. */
    private final float[] panel = new float[LANES / STRIP * STRIDE];

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
    public void copy(float[] from, int source, int k, int low, int high) {
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

    private void copyStrip(float[] from, int source, int to) {
        for (int i = 0; i < STRIP; i += VECTOR) {
            FloatVector.fromArray(SPECIES, from, source + i).intoArray(panel, to + i);
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
            int offset = source + (j - low) * step;
            int to = at(0, j);
            for (int k = 0; k < count; k++) {
                panel[to + k * STRIP] = from[offset + table[first + k]];
            }
        }
    }

    @Override
    public void set(int k, int lane, float value) {
        panel[at(k, lane)] = value;
    }

    @Override
    public float get(int k, int lane) {
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
            float[] a, int at, int rows, int count, int n, float[] out, int[] offsets, int first, boolean add) {
        for (int j = 0; j < n; j += 2 * VECTOR) {
            for (int m = 0; m < rows; m += 4) {
                tile(a, at + m * ROW, Math.min(4, rows - m), count, panel, at(0, j), out, offsets, first + m, j, add);
            }
        }
    }

    private static void tile(
            float[] a,
            int at,
            int rows,
            int count,
            float[] b,
            int panelAt,
            float[] out,
            int[] offsets,
            int first,
            int j,
            boolean add) {
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        for (int k = 0; k < count; k++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, panelAt + k * STRIP);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, panelAt + k * STRIP + VECTOR);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[at + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + k + ROW]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + k + 2 * ROW]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + k + 3 * ROW]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
        }
        store(c00, c01, out, offsets[first] + j, add);
        if (rows > 1) {
            store(c10, c11, out, offsets[first + 1] + j, add);
        }
        if (rows > 2) {
            store(c20, c21, out, offsets[first + 2] + j, add);
        }
        if (rows > 3) {
            store(c30, c31, out, offsets[first + 3] + j, add);
        }
    }

    private static void store(FloatVector c0, FloatVector c1, float[] out, int offset, boolean add) {
        if (add) {
            FloatVector.fromArray(SPECIES, out, offset).add(c0).intoArray(out, offset);
            FloatVector.fromArray(SPECIES, out, offset + VECTOR).add(c1).intoArray(out, offset + VECTOR);
        } else {
            c0.intoArray(out, offset);
            c1.intoArray(out, offset + VECTOR);
        }
    }
}
