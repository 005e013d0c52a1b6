package devml.fast;

import java.util.Arrays;

/** Rows of the left operand of a contraction, packed; where they are few they stay so from one block of lanes to the next. */
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
    private final double[] few = new double[4 * Packing.ROW];
    private double[] a;
    private double[] packed;
    private int batch;
    private int top;
    private int rows;
    private LaneBlocks.Block lanes;
    private Columns columns;
    private boolean keeps;

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
        long size = (long) rows * Packing.ROW * columns.blocks();
        keeps = size <= KEPT && size * packing.columns() <= KEPT_IN_ALL;
        packed = scratch.left(keeps ? (int) size * packing.columns() : Math.min(rows, ROWS) * Packing.ROW);
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
        for (int m = first; m < Math.min(first + height(), rows); m++) {
            for (Run run : columns.runs().get(block)) {
                pack(run, m, packed, start(block, m) + run.start());
            }
            if (packing.laneBlocks().masksLanes()) {
                isFinite[number] &= isFinite(start(block, m), columns.count(block));
            }
        }
        isPacked[number] = keeps;
    }

    /** Packs the points of a run, those that the masks leave out as 0. */
    private void pack(Run run, int row, double[] target, int to) {
        int low = run.start();
        int high = run.end();
        if (!run.always()) {
            long range = packing.left().summedRange(run, batch, top + row);
            low = (int) (range >>> 32);
            high = (int) range;
            Arrays.fill(target, to, to + low - run.start(), 0);
            Arrays.fill(target, to + high - run.start(), to + run.end() - run.start(), 0);
        }
        int source =
                packing.base(batch).a() + packing.rowsA()[top + row] + run.source() + (low - run.start()) * run.step();
        int at = to + low - run.start();
        if (run.step() == 1 && high - low > 8) {
            System.arraycopy(a, source, target, at, high - low);
        } else {
            for (int k = low; k < high; k++, source += run.step()) {
                target[at++] = a[source];
            }
        }
    }

    double[] packed() {
        return packed;
    }

    /** Where a row of a block begins. */
    int start(int block, int row) {
        return keeps
                ? ((lanes.columns() * columns.blocks() + block) * rows + row) * Packing.ROW
                : row % ROWS * Packing.ROW;
    }

    /** Whether all packed elements of a block are finite, if that matters. */
    boolean isFinite(int block) {
        return isFinite[lanes.columns() * columns.blocks() + block];
    }

    /** How many of four rows count at a run; each counts as a whole or not at all. */
    int counting(Run run, int first, int count) {
        int counting = 0;
        for (int m = first; m < first + count; m++) {
            long range = packing.left().summedRange(run, batch, top + m);
            counting += (int) (range >>> 32) < (int) range ? 1 : 0;
        }
        return counting;
    }

    /** Packs a run for up to four rows, which are {@code Packing.ROW} apart. */
    double[] packFew(Run run, int first, int count) {
        for (int m = 0; m < count; m++) {
            pack(run, first + m, few, m * Packing.ROW);
        }
        return few;
    }

    private boolean isFinite(int from, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < from + count; i += 4) {
            s0 += packed[i] * 0;
            s1 += packed[i + 1] * 0;
            s2 += packed[i + 2] * 0;
            s3 += packed[i + 3] * 0;
        }
        for (; i < from + count; i++) {
            s0 += packed[i] * 0;
        }
        return s0 + s1 + s2 + s3 == 0;
    }
}
