package devml.fast;

import java.util.Arrays;

/**
 * Runs a contraction in float64. Lanes of the right operand are packed into a panel, rows of the left one into quads, where
 * their masks become zeros; {@link DoubleTiles} multiply them.
 * Each element of the target starts with what it is added to, and the sums of the blocks of summed points are added to that
 * one after the other, whatever the tiles and threads.
 */
final class DoubleContraction implements Product.Kernel {
    /** The most summed points of sums that go where they belong at once: with more, a copy costs little beside them. */
    private static final int SHORT = 128;

    private final Contraction contraction;
    private final Packing packing;
    private final double[][] tensors;
    private final DoubleScratch scratch;
    private final DoubleTiles tiles;
    private final DoubleVectors vectors;
    private final DoubleStart start;
    private final DoubleLeft left;
    private final DoubleRight right;
    private double[] c;

    /** The piece at hand: its batch, its first row, what its results go to, and where each row of them does. */
    private int batch;

    private int top;
    private double[] out;
    private int[] offsets;

    /** The points of a run that count for each row of a quad, as masks have them. */
    private final long[] ranges = new long[Packing.QUAD];

    /** The lanes at hand, the summed points that count for them, and the number of their first offset. */
    private LaneBlocks.Block lanes;

    private Columns columns;
    private int own;

    DoubleContraction(Contraction contraction, Packing packing, double[][] tensors, DoubleScratch scratch) {
        this.contraction = contraction;
        this.packing = packing;
        this.tensors = tensors;
        this.scratch = scratch;
        this.tiles = scratch.tiles;
        this.start = new DoubleStart(packing, contraction.accumulates());
        this.vectors = new DoubleVectors(packing, scratch, start);
        this.left = new DoubleLeft(packing, scratch);
        this.right = new DoubleRight(packing, tiles);
    }

    @Override
    public void begin() {
        c = tensors[contraction.target()];
        double[] a = tensors[contraction.left().tensor()];
        double[] b = tensors[contraction.right().tensor()];
        start.begin(contraction.start().map(from -> tensors[from.tensor()]).orElse(null));
        vectors.begin(c, a, b);
        left.begin(a);
        right.begin(b);
    }

    @Override
    public void run(int batch, int top, int rows, int laneBlock, int laneBlocks) {
        switch (packing.form()) {
            case DOTS -> vectors.dots(batch, top, rows);
            case ROWS -> {
                for (int i = 0; i < laneBlocks; i++) {
                    vectors.rows(batch, top, rows, packing.laneBlocks().get(laneBlock + i));
                }
            }
            case TILES -> tiles(batch, top, rows, laneBlock, laneBlocks);
        }
    }

    /**
     * Tiles. Rows of the target often lie a power of two apart and would drive one another out of the caches: sums come
     * together elsewhere, and each row is touched once.
     */
    private void tiles(int newBatch, int newTop, int rows, int laneBlock, int laneBlocks) {
        batch = newBatch;
        top = newTop;
        LaneBlocks.Block single = packing.laneBlocks().get(laneBlock);
        boolean direct = packing.summed() <= SHORT
                && laneBlocks == 1
                && single.isContiguous()
                && single.count() % tiles.width() == 0
                && !start.adds();
        out = direct ? c : scratch.totals(laneBlocks * rows * tiles.lanes());
        offsets = scratch.offsets(laneBlocks * rows);
        for (int i = 0; i < laneBlocks; i++) {
            turnTo(laneBlock + i, i * rows);
            for (int m = 0; m < rows; m++) {
                int at = own + m;
                offsets[at] = direct ? target(m) + packing.lanesC()[lanes.from()] : at * tiles.lanes();
                start.set(batch, top + m, lanes, out, offsets[at]);
                if (contraction.accumulates()) {
                    read(target(m), offsets[at]);
                }
            }
        }
        boolean add = start.adds();
        for (int block = 0; block < packing.summedBlocks(); block++) {
            for (int i = 0; i < laneBlocks; i++) {
                turnTo(laneBlock + i, i * rows);
                right.turnTo(batch, lanes, block, rows);
                if (packing.staging() != null) {
                    left.stage(top, rows, block);
                    staged(block, rows, add);
                } else {
                    left.turnTo(batch, top, rows, lanes);
                    block(block, rows, add);
                }
            }
            add = true;
        }
        for (int i = 0; i < laneBlocks; i++) {
            turnTo(laneBlock + i, i * rows);
            for (int m = 0; m < rows; m++) {
                int at = offsets[own + m];
                if (!add) {
                    Arrays.fill(out, at, at + lanes.count(), 0);
                }
                if (!direct) {
                    write(target(m), at);
                }
            }
        }
    }

    /** Turns to a block of lanes; the offset at {@code first + m} says where row m of its results goes. */
    private void turnTo(int laneBlock, int first) {
        lanes = packing.laneBlocks().get(laneBlock);
        columns = packing.columns(lanes);
        own = first;
    }

    /** Where a row of the target begins. */
    private int target(int row) {
        return packing.base(batch).c() + packing.rowsC()[top + row];
    }

    /** Adds a block of summed points, or begins with it. */
    private void block(int block, int rows, boolean add) {
        for (int m = 0; m < rows; m += left.height()) {
            left.pack(block, m);
            int some = Math.min(left.height(), rows - m);
            if (left.isFinite(block) && right.isFinite()) {
                packed(block, m, some, add);
            } else if (!packing.laneBlocks().masksLanes()) {
                counting(block, m, some, add);
            } else {
                dropping(block, m, some, add);
            }
        }
    }

    private void packed(int block, int first, int rows, boolean add) {
        int[] quads = scratch.quads(Math.ceilDiv(rows, Packing.QUAD));
        int[] to = scratch.to(rows);
        for (int m = 0; m < rows; m++) {
            quads[m / Packing.QUAD] = left.quad(block, first + m);
            to[m] = offsets[own + first + m];
        }
        Sums sums = add ? Sums.ADD : Sums.SET;
        right.multiply(left.packed(), quads, rows, 0, columns.count(block), out, to, sums);
    }

    /** The same with quads as the copy has them: in stretches of the points that count, since no zeros stand for the others. */
    private void staged(int block, int rows, boolean add) {
        for (int m = 0; m < rows; m += Packing.QUAD) {
            int from = 0;
            int to = 0;
            int at = 0;
            boolean goesOn = false;
            for (MaskedRun run : columns.runs().get(block)) {
                long range = packing.left().summedRange(run, batch, top + m);
                int low = (int) (range >>> 32);
                int high = (int) range;
                int next = left.staged(m, run.source() + low - run.start());
                if (low < high && low == to && next == at + Packing.QUAD * (to - from)) {
                    to = high;
                } else if (low < high) {
                    goesOn |= stretch(at, from, to, goesOn);
                    from = low;
                    to = high;
                    at = next;
                }
            }
            if (goesOn) {
                stretch(at, from, to, true);
                for (int i = 0; i < Packing.QUAD; i++) {
                    join(scratch.sums(Packing.QUAD * tiles.lanes()), i * tiles.lanes(), offsets[own + m + i], add);
                }
            } else {
                int[] quads = scratch.quads(1);
                int[] offset = scratch.to(Packing.QUAD);
                quads[0] = at;
                System.arraycopy(offsets, own + m, offset, 0, Packing.QUAD);
                right.multiply(
                        left.packed(), quads, Packing.QUAD, from, to - from, out, offset, add ? Sums.ADD : Sums.SET);
            }
        }
    }

    /** Adds the products of a stretch of points with a quad to sums of its own, or begins with them; false if it has none. */
    private boolean stretch(int at, int from, int to, boolean goesOn) {
        if (from == to) {
            return false;
        }
        int[] quads = scratch.quads(1);
        int[] offset = scratch.to(Packing.QUAD);
        quads[0] = at;
        for (int i = 0; i < Packing.QUAD; i++) {
            offset[i] = i * tiles.lanes();
        }
        double[] sums = scratch.sums(Packing.QUAD * tiles.lanes());
        right.multiply(
                left.packed(), quads, Packing.QUAD, from, to - from, sums, offset, goesOn ? Sums.CONTINUE : Sums.SET);
        return true;
    }

    /** Adds a row of sums to the results, or begins with it. */
    private void join(double[] sums, int from, int to, boolean add) {
        double[] results = out;
        for (int j = 0; j < lanes.count(); j++) {
            results[to + j] = add ? results[to + j] + sums[from + j] : sums[from + j];
        }
    }

    /** Of each row only the points that count: 0 times the other operand would not be 0. */
    private void counting(int block, int first, int rows, boolean add) {
        double[] results = scratch.sums(Packing.QUAD * tiles.lanes());
        for (int m = first; m < first + rows; m += Packing.QUAD) {
            int some = Math.min(Packing.QUAD, first + rows - m);
            Arrays.fill(results, 0, some * tiles.lanes(), 0);
            for (MaskedRun run : columns.runs().get(block)) {
                counting(run, left.quad(block, m), m, some, results);
            }
            for (int i = 0; i < some; i++) {
                join(results, i * tiles.lanes(), offsets[own + m + i], add);
            }
        }
    }

    /** The points of a run that count for all rows of a quad; before and after them, for each row the others that do. */
    private void counting(MaskedRun run, int quad, int first, int rows, double[] results) {
        int low = run.start();
        int high = run.end();
        for (int i = 0; i < rows; i++) {
            ranges[i] = packing.left().summedRange(run, batch, top + first + i);
            low = Math.max(low, (int) (ranges[i] >>> 32));
            high = Math.min(high, (int) ranges[i]);
        }
        if (low >= high) {
            low = run.end();
            high = run.end();
        }
        for (int i = 0; i < rows; i++) {
            some(quad, i, 1, (int) (ranges[i] >>> 32), Math.min((int) ranges[i], low), results);
        }
        some(quad, 0, rows, low, high, results);
        for (int i = 0; i < rows; i++) {
            some(quad, i, 1, Math.max((int) (ranges[i] >>> 32), high), (int) ranges[i], results);
        }
    }

    /** Adds the products of some points with some rows of a quad; one row lies as the first of a quad that begins there. */
    private void some(int quad, int row, int rows, int low, int high, double[] results) {
        if (low >= high) {
            return;
        }
        int[] quads = scratch.quads(1);
        int[] to = scratch.to(Packing.QUAD);
        quads[0] = quad + Packing.QUAD * low + row;
        for (int i = 0; i < rows; i++) {
            to[i] = (row + i) * tiles.lanes();
        }
        right.multiply(left.packed(), quads, rows, low, high - low, results, to, Sums.CONTINUE);
    }

    /** Element by element: leaves out what the masks of either operand do, where 0 times the other one is not 0. */
    private void dropping(int block, int first, int rows, boolean add) {
        int begin = columns.start(block);
        for (int m = first; m < first + rows; m++) {
            for (int j = 0; j < lanes.count(); j++) {
                double sum = 0;
                for (int k = 0; k < columns.count(block); k++) {
                    int point = columns.points()[begin + k];
                    if (packing.left().counts(batch, top + m, point)
                            && packing.right().counts(batch, lanes.from() + j, point)) {
                        sum = Math.fma(left.get(block, m, k), right.get(k, j), sum);
                    }
                }
                int to = offsets[own + m] + j;
                out[to] = add ? out[to] + sum : sum;
            }
        }
    }

    /** Copies elements of the target that are not neighbours together. */
    private void read(int offset, int at) {
        double[] results = out;
        for (int j = 0; j < lanes.count(); j++) {
            results[at + j] = c[offset + packing.lanesC()[lanes.from() + j]];
        }
    }

    private void write(int offset, int at) {
        double[] results = out;
        int[] lanesC = packing.lanesC();
        if (lanes.isContiguous()) {
            System.arraycopy(results, at, c, offset + lanesC[lanes.from()], lanes.count());
        } else {
            for (int j = 0; j < lanes.count(); j++) {
                c[offset + lanesC[lanes.from() + j]] = results[at + j];
            }
        }
    }
}
