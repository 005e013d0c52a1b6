package devml.fast;

import java.util.Arrays;

/**
 * Runs a contraction in float32. A block of the right operand is packed into rows of lanes, where its mask becomes zeros;
 * the elements of the left one are spread over them. Each element of the target is summed in the order of the summed
 * indices by fused multiply-adds, whatever the blocks.
 */
final class FloatContraction implements Lanes.Kernel {
    /** Lanes of a block: two rows of results and four of the operand fit into the first-level cache. */
    static final int LANES = 512;

    /** Summed points of a block: with {@link #LANES}, half a mebibyte fits into the second-level cache. */
    static final int SUMMED = 128;

    /** Rows of a block: as many results as the second-level cache holds beside the panel. */
    static final int ROWS = 64;

    private final Contraction contraction;
    private final Packing packing;
    private final float[] c;
    private final float[] a;
    private final float[] b;
    private final float[][] panel;
    private final float[][] results;
    private final float[][] spread;

    FloatContraction(Contraction contraction, Packing packing, float[] c, float[] a, float[] b) {
        this.contraction = contraction;
        this.packing = packing;
        this.c = c;
        this.a = a;
        this.b = b;
        int rows = Math.min(packing.rows(), ROWS);
        int lanes = Math.min(packing.lanes(), LANES);
        int summed = Math.min(packing.summed(), SUMMED);
        this.panel = new float[summed][lanes];
        this.results = new float[rows][lanes];
        this.spread = new float[rows][summed];
    }

    /** Whether zeros may stand for what masks leave out: they may not where 0 times the other operand is not 0. */
    static boolean allowsZeros(Contraction contraction, float[] a, float[] b) {
        return (contraction.rightMask().isEmpty() || isFinite(a))
                && (contraction.leftMask().isEmpty() || isFinite(b));
    }

    private static boolean isFinite(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value * 0;
        }
        return sum == 0;
    }

    /** Runs one block: some rows and lanes of one batch, all summed points. */
    @Override
    public void run(int batch, int rowBlock, int laneBlock) {
        Packing.Base base = packing.base(batch);
        int top = rowBlock * ROWS;
        int rows = Math.min(ROWS, packing.rows() - top);
        int from = laneBlock * LANES;
        int n = Math.min(LANES, packing.lanes() - from);
        for (int m = 0; m < rows; m++) {
            Arrays.fill(results[m], 0, n, 0);
        }
        for (int start = 0; start < packing.summed(); start += SUMMED) {
            int count = Math.min(SUMMED, packing.summed() - start);
            for (int k = 0; k < count; k++) {
                pack(base, start + k, laneBlock, n, panel[k]);
            }
            spread(base, top, rows, start, count);
            int m = 0;
            for (; m + 1 < rows; m += 2) {
                multiply(results[m], results[m + 1], spread[m], spread[m + 1], count, n);
            }
            if (m < rows) {
                multiply(results[m], spread[m], count, n);
            }
        }
        write(base, top, rows, from, n);
    }

    private void pack(Packing.Base base, int k, int laneBlock, int n, float[] row) {
        int offset = base.b() + packing.summedB()[k];
        if (!contraction.rightMask().isEmpty()) {
            Arrays.fill(row, 0, n, 0);
        }
        for (Packing.Run run : packing.runs(laneBlock)) {
            long range = packing.range(run, base, k);
            int low = (int) (range >>> 32);
            int high = (int) range;
            int source = offset + run.source() + (low - run.start()) * run.step();
            if (run.step() == 1) {
                if (high > low) {
                    System.arraycopy(b, source, row, low, high - low);
                }
            } else {
                for (int j = low; j < high; j++, source += run.step()) {
                    row[j] = b[source];
                }
            }
        }
    }

    private void spread(Packing.Base base, int top, int rows, int start, int count) {
        int[] summedA = packing.summedA();
        boolean isMasked = !contraction.leftMask().isEmpty();
        for (int m = 0; m < rows; m++) {
            float[] row = spread[m];
            int offset = base.a() + packing.rowsA()[top + m];
            for (int k = 0; k < count; k++) {
                boolean counts = !isMasked || packing.leftCounts(base, top + m, start + k);
                row[k] = counts ? a[offset + summedA[start + k]] : 0;
            }
        }
    }

    private void multiply(float[] c0, float[] c1, float[] a0, float[] a1, int count, int n) {
        int k = 0;
        for (; k + 3 < count; k += 4) {
            two(
                    c0,
                    c1,
                    panel[k],
                    panel[k + 1],
                    panel[k + 2],
                    panel[k + 3],
                    a0[k],
                    a0[k + 1],
                    a0[k + 2],
                    a0[k + 3],
                    a1[k],
                    a1[k + 1],
                    a1[k + 2],
                    a1[k + 3],
                    n);
        }
        for (; k < count; k++) {
            one(c0, panel[k], a0[k], n);
            one(c1, panel[k], a1[k], n);
        }
    }

    private void multiply(float[] c0, float[] a0, int count, int n) {
        int k = 0;
        for (; k + 3 < count; k += 4) {
            four(c0, panel[k], panel[k + 1], panel[k + 2], panel[k + 3], a0[k], a0[k + 1], a0[k + 2], a0[k + 3], n);
        }
        for (; k < count; k++) {
            one(c0, panel[k], a0[k], n);
        }
    }

    /** The inner loop: two rows of results, four summed points. C2 turns it into vectors. */
    private static void two(
            float[] c0,
            float[] c1,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float a00,
            float a01,
            float a02,
            float a03,
            float a10,
            float a11,
            float a12,
            float a13,
            int n) {
        for (int j = 0; j < n; j++) {
            float x0 = b0[j];
            float x1 = b1[j];
            float x2 = b2[j];
            float x3 = b3[j];
            c0[j] = Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, Math.fma(a00, x0, c0[j]))));
            c1[j] = Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, Math.fma(a10, x0, c1[j]))));
        }
    }

    private static void four(
            float[] c0,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float a00,
            float a01,
            float a02,
            float a03,
            int n) {
        for (int j = 0; j < n; j++) {
            c0[j] = Math.fma(a03, b3[j], Math.fma(a02, b2[j], Math.fma(a01, b1[j], Math.fma(a00, b0[j], c0[j]))));
        }
    }

    private static void one(float[] c0, float[] b0, float a00, int n) {
        for (int j = 0; j < n; j++) {
            c0[j] = Math.fma(a00, b0[j], c0[j]);
        }
    }

    private void write(Packing.Base base, int top, int rows, int from, int n) {
        int[] lanesC = packing.lanesC();
        for (int m = 0; m < rows; m++) {
            int offset = base.c() + packing.rowsC()[top + m];
            float[] row = results[m];
            if (contraction.accumulates()) {
                for (int j = 0; j < n; j++) {
                    c[offset + lanesC[from + j]] += row[j];
                }
            } else {
                for (int j = 0; j < n; j++) {
                    c[offset + lanesC[from + j]] = row[j];
                }
            }
        }
    }
}
