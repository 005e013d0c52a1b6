package devml.fast;

import java.util.Arrays;

/**
 * Rows of the left operand of a contraction, packed in quads: the elements of four rows side by side. A tile then finds all
 * that it multiplies behind one place in memory; with a place for each row, compilers run out of registers. Where the rows
 * are few they stay packed from one block of lanes to the next.
 */
final class DoubleLeft {
    /** Rows that are packed at a time where they do not stay: with a panel they fit into the second-level cache. */
    private static final int ROWS = 64;

    /** The most elements that stay packed for one set of summed points, and for all of them. */
    private static final int KEPT = (1 << 20) / Double.BYTES;

    private static final int KEPT_IN_ALL = (1 << 23) / Double.BYTES;

    private final Packing packing;
    private final DoubleScratch scratch;
    private final boolean[] isPacked;
    private final boolean[] isFinite;
    private double[] a;
    private double[] packed;
    private int batch;
    private int top;
    private int rows;
    private LaneBlocks.Block lanes;
    private Columns columns;
    private boolean keeps;

    /** The blocks of which the copy has the elements, and where those lie that a plane of it begins with. */
    private int stagedFrom;

    private int stagedTo;
    private int stagedAt;
    private int planeSize;

    DoubleLeft(Packing packing, DoubleScratch scratch) {
        this.packing = packing;
        this.scratch = scratch;
        this.isPacked = new boolean[packing.columns() * packing.summedBlocks()];
        this.isFinite = new boolean[isPacked.length];
    }

    /** What the operand holds may have changed. */
    void begin(double[] operand) {
        a = operand;
        batch = -1;
        stagedTo = 0;
    }

    /** Copies what some rows, whole quads of planes or parts of them, need of the operand at a block, if it is not there. */
    void stage(int newTop, int newRows, int block) {
        if (newTop == top && newRows == rows && stagedFrom <= block && block < stagedTo) {
            return;
        }
        Staging staging = packing.staging();
        int quad = Packing.QUAD * staging.windows().length;
        top = newTop;
        rows = newRows;
        int plane = top / quad;
        int quads = (top + rows - 1) / quad - plane + 1;
        stagedFrom = block;
        stagedTo = Math.max(block + 1, staging.end(block, Packing.QUAD * quads));
        int step = staging.step();
        long base = packing.base(0).a() + staging.first(stagedFrom, stagedTo);
        int first = (int) Math.max(0, base);
        int last = (int) Math.min(
                a.length - 1 - (long) (staging.planes() - 1) * step, base + staging.size(stagedFrom, stagedTo) - 1);
        planeSize = last - first + 1;
        stagedAt = first - packing.base(0).a();
        packed = scratch.left(Math.multiplyExact(quads * Packing.QUAD, planeSize));
        for (int q = 0; q < quads; q++) {
            int row = (plane + q) * Packing.QUAD * step + first;
            interleave(row, row + step, row + 2 * step, row + 3 * step, 1, planeSize, q * Packing.QUAD * planeSize);
        }
    }

    /** Where the copy has the quad of a row at a summed point, given what the point contributes to where elements lie. */
    int staged(int row, int point) {
        Staging staging = packing.staging();
        int windows = staging.windows().length;
        int quad = (top + row) / Packing.QUAD;
        int plane = quad / windows - top / Packing.QUAD / windows;
        return Packing.QUAD * (plane * planeSize + staging.windows()[quad % windows] + point - stagedAt);
    }

    /** Turns to some rows of a batch, and to the points that count for some lanes. */
    void turnTo(int newBatch, int newTop, int newRows, LaneBlocks.Block newLanes) {
        if (newBatch != batch || newTop != top || newRows != rows) {
            Arrays.fill(isPacked, false);
            Arrays.fill(isFinite, true);
        }
        batch = newBatch;
        top = newTop;
        rows = newRows;
        lanes = newLanes;
        columns = packing.columns(lanes);
        long size = (long) quads(rows) * Packing.QUAD_STRIDE * columns.blocks();
        keeps = size <= KEPT && size * packing.columns() <= KEPT_IN_ALL;
        packed = scratch.left(keeps ? (int) size * packing.columns() : quads(height()) * Packing.QUAD_STRIDE);
    }

    private static int quads(int rows) {
        return Math.ceilDiv(rows, Packing.QUAD);
    }

    /** How many rows are packed at a time. */
    int height() {
        return keeps ? rows : Math.min(rows, ROWS);
    }

    /** Packs rows from one on, but if they are. */
    void pack(int block, int first) {
        int number = lanes.columns() * columns.blocks() + block;
        if (isPacked[number]) {
            return;
        }
        isFinite[number] = true;
        for (int m = first; m < Math.min(first + height(), rows); m += Packing.QUAD) {
            for (MaskedRun run : columns.runs().get(block)) {
                pack(run, m, quad(block, m));
            }
            if (packing.laneBlocks().masksLanes()) {
                isFinite[number] &= isFinite(quad(block, m), Packing.QUAD * columns.count(block));
            }
        }
        isPacked[number] = keeps;
    }

    /** Packs the points of a run for four rows; where there are fewer, the last takes the others' places too. */
    private void pack(MaskedRun run, int first, int quad) {
        int row0 = source(run, first);
        int row1 = source(run, Math.min(first + 1, rows - 1));
        int row2 = source(run, Math.min(first + 2, rows - 1));
        int row3 = source(run, Math.min(first + 3, rows - 1));
        int reach = (run.end() - run.start() - 1) * run.step();
        int least = Math.min(Math.min(row0, row1), Math.min(row2, row3)) + Math.min(reach, 0);
        int most = Math.max(Math.max(row0, row1), Math.max(row2, row3)) + Math.max(reach, 0);
        // What does not count is packed too if there is such a place, and then cleared: it is little.
        boolean isWhole = run.always() || (least >= 0 && most < a.length);
        if (isWhole) {
            interleave(row0, row1, row2, row3, run.step(), run.end() - run.start(), quad + Packing.QUAD * run.start());
        }
        for (int i = 0; i < Packing.QUAD && !run.always(); i++) {
            mask(run, Math.min(first + i, rows - 1), quad + i, isWhole);
        }
    }

    /** Where the first point of a run lies in a row. */
    private int source(MaskedRun run, int row) {
        return packing.base(batch).a() + packing.rowsA()[top + row] + run.source();
    }

    private void interleave(int row0, int row1, int row2, int row3, int step, int count, int to) {
        double[] from = a;
        double[] target = packed;
        if (step == 1) { // the compiler has to see that: it then checks the indices before the loop
            for (int k = 0; k < count; k++) {
                target[to + Packing.QUAD * k] = from[row0 + k];
                target[to + Packing.QUAD * k + 1] = from[row1 + k];
                target[to + Packing.QUAD * k + 2] = from[row2 + k];
                target[to + Packing.QUAD * k + 3] = from[row3 + k];
            }
        } else {
            for (int k = 0; k < count; k++) {
                target[to + Packing.QUAD * k] = from[row0 + k * step];
                target[to + Packing.QUAD * k + 1] = from[row1 + k * step];
                target[to + Packing.QUAD * k + 2] = from[row2 + k * step];
                target[to + Packing.QUAD * k + 3] = from[row3 + k * step];
            }
        }
    }

    /**
     * Sets the points of a row of a quad to 0 that the masks leave out.
     *
     * @param isPacked whether the others are there
     */
    private void mask(MaskedRun run, int row, int to, boolean isPacked) {
        long range = packing.left().summedRange(run, batch, top + row);
        int low = (int) (range >>> 32);
        int high = (int) range;
        for (int k = run.start(); k < low; k++) {
            packed[to + Packing.QUAD * k] = 0;
        }
        for (int k = high; k < run.end(); k++) {
            packed[to + Packing.QUAD * k] = 0;
        }
        int source = source(run, row) - run.start() * run.step();
        for (int k = low; k < high && !isPacked; k++) {
            packed[to + Packing.QUAD * k] = a[source + k * run.step()];
        }
    }

    double[] packed() {
        return packed;
    }

    /** Where the quad of a row begins. */
    int quad(int block, int row) {
        int number = keeps
                ? (lanes.columns() * columns.blocks() + block) * quads(rows) + row / Packing.QUAD
                : row % ROWS / Packing.QUAD;
        return number * Packing.QUAD_STRIDE;
    }

    /** A packed element. */
    double get(int block, int row, int k) {
        return packed[quad(block, row) + Packing.QUAD * k + row % Packing.QUAD];
    }

    /** Whether all packed elements of a block are finite, if that matters. */
    boolean isFinite(int block) {
        return isFinite[lanes.columns() * columns.blocks() + block];
    }

    private boolean isFinite(int from, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int i = from; i < from + count; i += Packing.QUAD) {
            s0 += packed[i] * 0;
            s1 += packed[i + 1] * 0;
            s2 += packed[i + 2] * 0;
            s3 += packed[i + 3] * 0;
        }
        return s0 + s1 + s2 + s3 == 0;
    }
}
