package devml.fast;

import java.util.Arrays;
import java.util.List;

/**
 * Runs a contraction in float64. Lanes of the right operand are packed into a panel and rows of the left one beside one
 * another, where their masks become zeros; {@link DoubleTiles} multiply them. Each element of the target is summed in the
 * order of the summed indices, block by block, whatever the tiles and threads.
 */
final class DoubleContraction implements Product.Kernel {
    /** Rows of the left operand that are packed at a time: with a panel they fit into the second-level cache. */
    private static final int ROWS = 64;

    /** The most elements of the left operand that stay packed from one block of lanes to the next. */
    private static final int KEPT = 1 << 17;

    private final Contraction contraction;
    private final Packing packing;
    private final double[][] tensors;
    private final DoubleScratch scratch;
    private final DoubleTiles tiles;
    private double[] c;
    private double[] a;
    private double[] b;
    private double[] left;
    private int leftBatch;
    private int leftTop;
    private boolean leftIsFinite;

    DoubleContraction(Contraction contraction, Packing packing, double[][] tensors, DoubleScratch scratch) {
        this.contraction = contraction;
        this.packing = packing;
        this.tensors = tensors;
        this.scratch = scratch;
        this.tiles = scratch.tiles;
    }

    @Override
    public void begin() {
        c = tensors[contraction.target()];
        a = tensors[contraction.left()];
        b = tensors[contraction.right()];
        leftBatch = -1;
    }

    @Override
    public void run(int batch, int top, int rows, int laneBlock) {
        switch (packing.form()) {
            case DOTS -> dots(packing.base(batch), top, rows);
            case ROWS -> rows(packing.base(batch), top, rows, laneBlock);
            case TILES -> tiles(batch, top, rows, laneBlock);
        }
    }

    /** One lane: each row of the left operand is read where it lies. */
    private void dots(Packing.Base base, int top, int rows) {
        double[] vector = scratch.totals(packing.summed());
        for (int k = 0; k < packing.summed(); k++) {
            vector[k] = b[base.b() + packing.summedB()[k]];
        }
        for (int m = top; m < top + rows; m++) {
            int offset = base.a() + packing.rowsA()[m];
            double sum = 0;
            for (int start = 0; start < packing.summed(); start += packing.summedBlock()) {
                int count = Math.min(packing.summedBlock(), packing.summed() - start);
                sum += DoubleLoops.dot(a, offset + packing.summedA()[start], vector, start, count);
            }
            int to = base.c() + packing.rowsC()[m];
            c[to] = contraction.accumulates() ? c[to] + sum : sum;
        }
    }

    /** One row, or one summed point: the lanes of the right operand are read where they lie. */
    private void rows(Packing.Base base, int top, int rows, int laneBlock) {
        int from = laneBlock * tiles.lanes();
        int n = Math.min(tiles.lanes(), packing.lanes() - from);
        int source = base.b() + packing.laneRuns(laneBlock).getFirst().source();
        double[] sums = scratch.totals(2 * tiles.lanes());
        if (packing.summed() == 1) {
            System.arraycopy(b, source + packing.summedB()[0], sums, 0, n);
        }
        for (int m = top; m < top + rows; m++) {
            int offset = base.a() + packing.rowsA()[m];
            if (packing.summed() == 1) {
                int to = base.c() + packing.rowsC()[m] + packing.lanesC()[from];
                DoubleLoops.multiply(sums, n, a[offset + packing.summedA()[0]], c, to, contraction.accumulates());
                continue;
            }
            for (int start = 0; start < packing.summed(); start += packing.summedBlock()) {
                int end = Math.min(start + packing.summedBlock(), packing.summed());
                Arrays.fill(sums, 0, n, 0);
                DoubleLoops.addRows(sums, n, a, offset, packing.summedA(), b, source, packing.summedB(), start, end);
                for (int j = 0; j < n && packing.summedBlocks() > 1; j++) {
                    sums[tiles.lanes() + j] = start == 0 ? sums[j] : sums[tiles.lanes() + j] + sums[j];
                }
            }
            int row = packing.summedBlocks() > 1 ? tiles.lanes() : 0;
            int to = base.c() + packing.rowsC()[m] + packing.lanesC()[from];
            for (int j = 0; j < n; j++) {
                c[to + j] = contraction.accumulates() ? c[to + j] + sums[row + j] : sums[row + j];
            }
        }
    }

    private void tiles(int batch, int top, int rows, int laneBlock) {
        Packing.Base base = packing.base(batch);
        int from = laneBlock * tiles.lanes();
        int n = Math.min(tiles.lanes(), packing.lanes() - from);
        boolean direct = packing.summedBlocks() == 1 && packing.isContiguous(laneBlock) && n % tiles.width() == 0;
        double[] out = direct ? c : scratch.totals(rows * tiles.lanes());
        int[] offsets = scratch.offsets(rows);
        for (int m = 0; m < rows; m++) {
            offsets[m] = direct ? base.c() + packing.rowsC()[top + m] + packing.lanesC()[from] : m * tiles.lanes();
        }
        int height = Math.ceilDiv(rows, 4) * 4 * Packing.ROW;
        boolean keeps = (long) height * packing.summedBlocks() <= KEPT;
        boolean isPacked = keeps && leftBatch == batch && leftTop == top;
        left = scratch.left(keeps ? height * packing.summedBlocks() : Math.min(height, ROWS * Packing.ROW));
        if (!isPacked) {
            leftIsFinite = true;
            leftBatch = keeps ? batch : -1;
            leftTop = top;
        }
        for (int block = 0; block < packing.summedBlocks(); block++) {
            int count = Math.min(packing.summedBlock(), packing.summed() - block * packing.summedBlock());
            boolean rightIsFinite = packPanel(base, block, count, laneBlock, n);
            boolean add = block > 0 || (direct && contraction.accumulates());
            for (int m = 0; m < rows; m += ROWS) {
                int some = Math.min(ROWS, rows - m);
                int at = keeps ? block * height + m * Packing.ROW : 0;
                if (!isPacked) {
                    packLeft(base, top + m, some, block, count, at);
                }
                if (leftIsFinite && rightIsFinite) {
                    tiles.multiply(left, at, some, count, n, out, offsets, m, add);
                } else {
                    dropping(base, top + m, some, block, count, at, from, n, out, offsets, m, add);
                }
            }
        }
        if (!direct) {
            write(base, laneBlock, top, rows, from, n, out);
        }
    }

    /** Returns whether the masks of the left operand may become zeros. */
    private boolean packPanel(Packing.Base base, int block, int count, int laneBlock, int n) {
        int start = block * packing.summedBlock();
        for (Run run : packing.laneRuns(laneBlock)) {
            packLanes(run, base, start, count);
        }
        int end = Math.ceilDiv(n, tiles.width()) * tiles.width();
        if (end > n) {
            for (int k = 0; k < count; k++) {
                tiles.clear(k, n, end);
            }
        }
        return contraction.leftMask().isEmpty() || panelIsFinite(count, n);
    }

    private void packLanes(Run run, Packing.Base base, int start, int count) {
        int[] summedB = packing.summedB();
        int offset = base.b() + run.source();
        if (run.always()) {
            if (run.step() == 1) {
                tiles.copy(b, offset, summedB, start, count, run.start(), run.end());
            } else {
                tiles.spread(b, offset, run.step(), summedB, start, count, run.start(), run.end());
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            long range = packing.laneRange(run, base, start + k);
            int low = (int) (range >>> 32);
            int high = (int) range;
            tiles.clear(k, run.start(), low);
            tiles.clear(k, high, run.end());
            int source = offset + summedB[start + k] + (low - run.start()) * run.step();
            if (run.step() == 1) {
                tiles.copy(b, source, k, low, high);
            } else {
                for (int j = low; j < high; j++, source += run.step()) {
                    tiles.set(k, j, b[source]);
                }
            }
        }
    }

    private boolean panelIsFinite(int count, int n) {
        for (int k = 0; k < count; k++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += tiles.get(k, j) * 0;
            }
            if (sum != 0) {
                return false;
            }
        }
        return true;
    }

    private static void copy(double[] from, int source, double[] to, int at, int n) {
        if (n > 8) {
            System.arraycopy(from, source, to, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                to[at + i] = from[source + i];
            }
        }
    }

    private void packLeft(Packing.Base base, int top, int rows, int block, int count, int at) {
        List<Run> runs = packing.summedRuns(block);
        for (int m = 0; m < rows; m++) {
            int row = at + m * Packing.ROW;
            int offset = base.a() + packing.rowsA()[top + m];
            for (Run run : runs) {
                int low = run.start();
                int high = run.end();
                if (!run.always()) {
                    long range = packing.summedRange(run, base, top + m);
                    low = (int) (range >>> 32);
                    high = (int) range;
                    Arrays.fill(left, row + run.start(), row + low, 0);
                    Arrays.fill(left, row + high, row + run.end(), 0);
                }
                int source = offset + run.source() + (low - run.start()) * run.step();
                if (run.step() == 1) {
                    copy(a, source, left, row + low, high - low);
                } else {
                    for (int k = low; k < high; k++, source += run.step()) {
                        left[row + k] = a[source];
                    }
                }
            }
            if (!contraction.rightMask().isEmpty()) {
                leftIsFinite &= isFinite(left, row, row + count);
            }
        }
        for (int m = rows; m % 4 != 0; m++) {
            Arrays.fill(left, at + m * Packing.ROW, at + m * Packing.ROW + count, 0);
        }
    }

    private static boolean isFinite(double[] values, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += values[i] * 0;
            s1 += values[i + 1] * 0;
            s2 += values[i + 2] * 0;
            s3 += values[i + 3] * 0;
        }
        for (; i < to; i++) {
            s0 += values[i] * 0;
        }
        return s0 + s1 + s2 + s3 == 0;
    }

    /** What tiles do, but leaves out what the masks do, where 0 times the other operand is not 0. */
    private void dropping(
            Packing.Base base,
            int top,
            int rows,
            int block,
            int count,
            int at,
            int from,
            int n,
            double[] out,
            int[] offsets,
            int first,
            boolean add) {
        int start = block * packing.summedBlock();
        for (int m = 0; m < rows; m++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    if (packing.leftCounts(base, top + m, start + k)
                            && packing.rightCounts(base, from + j, start + k)) {
                        sum = Math.fma(left[at + m * Packing.ROW + k], tiles.get(k, j), sum);
                    }
                }
                int to = offsets[first + m] + j;
                out[to] = add ? out[to] + sum : sum;
            }
        }
    }

    private void write(Packing.Base base, int laneBlock, int top, int rows, int from, int n, double[] totals) {
        int[] lanesC = packing.lanesC();
        boolean add = contraction.accumulates();
        boolean contiguous = packing.isContiguous(laneBlock);
        for (int m = 0; m < rows; m++) {
            int offset = base.c() + packing.rowsC()[top + m];
            int row = m * tiles.lanes();
            if (contiguous && !add) {
                System.arraycopy(totals, row, c, offset + lanesC[from], n);
            } else {
                for (int j = 0; j < n; j++) {
                    int to = offset + lanesC[from + j];
                    c[to] = add ? c[to] + totals[row + j] : totals[row + j];
                }
            }
        }
    }
}
