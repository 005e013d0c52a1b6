package devml.fast;

import java.util.Arrays;

/**
 * Runs a contraction in float64. Lanes of the right operand are packed into a panel; rows of the left one are read where they
 * lie if they do in long runs, else they are packed too, where their masks become zeros; {@link DoubleTiles} multiply them.
 * Each element of the target starts with what it is added to, and the sums of the blocks of summed points are added to that
 * one after the other, whatever the tiles and threads.
 */
final class DoubleContraction implements Product.Kernel {
    private final Contraction contraction;
    private final Packing packing;
    private final double[][] tensors;
    private final DoubleScratch scratch;
    private final DoubleTiles tiles;
    private final DoubleLeft left;
    /** Rows that are read in place at a time: where they are one run each, and where the sums of several are to be kept. */
    private static final int MANY = 64;

    private static final int FEW = 16;

    /** No place in memory. */
    private static final int PACKED = -1;

    /** Where the lanes of a block begin that are read where they lie, or that they are packed. */
    private int right;

    private double[] c;
    private double[] a;
    private double[] b;

    /** What sums start with; null if that is what they are added to, or nothing. */
    private double[] start;

    DoubleContraction(Contraction contraction, Packing packing, double[][] tensors, DoubleScratch scratch) {
        this.contraction = contraction;
        this.packing = packing;
        this.tensors = tensors;
        this.scratch = scratch;
        this.tiles = scratch.tiles;
        this.left = new DoubleLeft(packing, scratch);
    }

    @Override
    public void begin() {
        c = tensors[contraction.target()];
        a = tensors[contraction.left()];
        b = tensors[contraction.right()];
        start = contraction.start().map(from -> tensors[from.tensor()]).orElse(null);
        left.begin(a);
    }

    @Override
    public void run(int batch, int top, int rows, int laneBlock, int laneBlocks) {
        switch (packing.form()) {
            case DOTS -> dots(batch, top, rows);
            case ROWS -> {
                for (int i = 0; i < laneBlocks; i++) {
                    rows(batch, top, rows, packing.laneBlock(laneBlock + i));
                }
            }
            case TILES -> tiles(batch, top, rows, laneBlock, laneBlocks);
        }
    }

    /** Whether sums are added to something. */
    private boolean adds() {
        return contraction.accumulates() || start != null;
    }

    /** Sets elements to what their sums start with, if that is not what is there. */
    private void start(int batch, int row, Packing.LaneBlock lanes, double[] out, int at) {
        Packing.Starts starts = packing.starts();
        int end = lanes.from() + lanes.count();
        if (start != null && starts.isSame(lanes.from(), end)) {
            Arrays.fill(out, at, at + lanes.count(), start[starts.offset(batch, row, lanes.from())]);
        } else if (start != null) {
            for (int j = 0; j < lanes.count(); j++) {
                out[at + j] = start[starts.offset(batch, row, lanes.from() + j)];
            }
        }
    }

    /** One lane: each row of the left operand is read where it lies. */
    private void dots(int batch, int top, int rows) {
        Packing.Base base = packing.base(batch);
        Packing.LaneBlock lane = packing.laneBlock(0);
        Columns columns = packing.columns(lane);
        double[] vector = scratch.totals(packing.summed());
        for (int k = 0; k < packing.summed(); k++) {
            vector[k] = b[base.b() + columns.b()[k]];
        }
        for (int m = top; m < top + rows; m++) {
            int offset = base.a() + packing.rowsA()[m];
            int to = base.c() + packing.rowsC()[m];
            start(batch, m, lane, c, to);
            boolean add = adds();
            for (int block = 0; block < columns.blocks(); block++) {
                int first = columns.start(block);
                double sum = DoubleLoops.dot(a, offset + columns.a()[first], vector, first, columns.count(block));
                c[to] = add ? c[to] + sum : sum;
                add = true;
            }
        }
    }

    /** One row, or one summed point: the lanes of the right operand are read where they lie. */
    private void rows(int batch, int top, int rows, Packing.LaneBlock lanes) {
        Packing.Base base = packing.base(batch);
        Columns columns = packing.columns(lanes);
        int n = lanes.count();
        int source = base.b() + lanes.runs().getFirst().source();
        double[] sums = scratch.totals(tiles.lanes());
        if (packing.summed() == 1) {
            System.arraycopy(b, source + columns.b()[0], sums, 0, n);
        }
        for (int m = top; m < top + rows; m++) {
            int offset = base.a() + packing.rowsA()[m];
            int to = base.c() + packing.rowsC()[m] + packing.lanesC()[lanes.from()];
            start(batch, m, lanes, c, to);
            if (packing.summed() == 1) {
                DoubleLoops.multiply(sums, n, a[offset + columns.a()[0]], c, to, adds());
                continue;
            }
            boolean add = adds();
            for (int block = 0; block < columns.blocks(); block++) {
                int first = columns.start(block);
                Arrays.fill(sums, 0, n, 0);
                DoubleLoops.addRows(
                        sums, n, a, offset, columns.a(), b, source, columns.b(), first, first + columns.count(block));
                for (int j = 0; j < n; j++) {
                    c[to + j] = add ? c[to + j] + sums[j] : sums[j];
                }
                add = true;
            }
        }
    }

    private void tiles(int batch, int top, int rows, int laneBlock, int laneBlocks) {
        Packing.Base base = packing.base(batch);
        // Rows of the target often lie a power of two apart and would drive one another out of the caches: each is
        // touched once.
        Packing.LaneBlock first = packing.laneBlock(laneBlock);
        boolean direct = packing.summedBlocks() == 1
                && laneBlocks == 1
                && first.isContiguous()
                && first.count() % tiles.width() == 0
                && !adds();
        double[] out = direct ? c : scratch.totals(laneBlocks * rows * tiles.lanes());
        int[] offsets = scratch.offsets(laneBlocks * rows);
        for (int i = 0; i < laneBlocks; i++) {
            Packing.LaneBlock lanes = packing.laneBlock(laneBlock + i);
            for (int m = 0; m < rows; m++) {
                int to = base.c() + packing.rowsC()[top + m];
                int at = i * rows + m;
                offsets[at] = direct ? to + packing.lanesC()[lanes.from()] : at * tiles.lanes();
                start(batch, top + m, lanes, out, offsets[at]);
                if (contraction.accumulates()) {
                    read(to, lanes, out, offsets[at]);
                }
            }
        }
        boolean add = adds();
        for (int block = 0; block < packing.summedBlocks(); block++) {
            for (int i = 0; i < laneBlocks; i++) {
                Packing.LaneBlock lanes = packing.laneBlock(laneBlock + i);
                left.turnTo(batch, top, rows, lanes);
                block(base, block, top, rows, lanes, out, offsets, i * rows, add);
            }
            add = true;
        }
        for (int i = 0; i < laneBlocks; i++) {
            Packing.LaneBlock lanes = packing.laneBlock(laneBlock + i);
            for (int m = 0; m < rows; m++) {
                int at = offsets[i * rows + m];
                if (!add) {
                    Arrays.fill(out, at, at + lanes.count(), 0);
                }
                if (!direct) {
                    write(base.c() + packing.rowsC()[top + m], lanes, out, at);
                }
            }
        }
    }

    /** Adds a block of summed points, or begins with it; row m is to go where the offset at {@code own + m} says. */
    private void block(
            Packing.Base base,
            int block,
            int top,
            int rows,
            Packing.LaneBlock lanes,
            double[] out,
            int[] offsets,
            int own,
            boolean add) {
        Columns columns = packing.columns(lanes);
        right = isRightInPlace(lanes, rows) ? base.b() + lanes.runs().getFirst().source() : PACKED;
        boolean rightIsFinite = right != PACKED || packPanel(base, columns, block, lanes);
        if (columns.count(block) > 0 && columns.inPlace() && rightIsFinite && !packing.masksLanes()) {
            int height = columns.runs().get(block).size() > 1 ? FEW : MANY;
            for (int m = 0; m < rows; m += height) {
                int some = Math.min(height, rows - m);
                inPlace(base, columns, block, top, m, some, lanes.count(), out, offsets, own + m, add);
            }
            return;
        }
        for (int m = 0; m < rows; m += left.height()) {
            left.pack(block, m);
            int some = Math.min(left.height(), rows - m);
            if (left.isFinite(block) && rightIsFinite) {
                packed(columns, block, m, some, lanes.count(), out, offsets, own + m, add);
            } else {
                dropping(base, columns, block, top, m, some, lanes, out, offsets, own + m, add);
            }
        }
    }

    /** Whether some lanes are read where they lie, without a panel. */
    private boolean isRightInPlace(Packing.LaneBlock lanes, int rows) {
        return tiles.readsInPlace(rows)
                && contraction.leftMask().isEmpty()
                && !packing.masksLanes()
                && lanes.runs().size() == 1
                && lanes.runs().getFirst().step() == 1
                && lanes.count() % tiles.width() == 0;
    }

    /** Multiplies rows by some points of a block, counted from its first. */
    private void multiply(
            Columns columns,
            int block,
            double[] from,
            int[] starts,
            int first,
            int rows,
            int k,
            int count,
            int n,
            double[] out,
            int[] offsets,
            Sums sums) {
        if (right == PACKED) {
            tiles.multiply(from, starts, first, rows, k, count, n, out, offsets, sums);
        } else {
            int at = columns.start(block) + k;
            tiles.multiply(from, starts, first, rows, b, right, columns.b(), at, count, n, out, offsets, sums);
        }
    }

    private void packed(
            Columns columns, int block, int first, int rows, int n, double[] out, int[] offsets, int own, boolean add) {
        int[] starts = scratch.starts(rows);
        int[] to = scratch.to(rows);
        for (int m = 0; m < rows; m++) {
            starts[m] = left.start(block, first + m);
            to[m] = offsets[own + m];
        }
        Sums sums = add ? Sums.ADD : Sums.SET;
        multiply(columns, block, left.packed(), starts, 0, rows, 0, columns.count(block), n, out, to, sums);
    }

    /** Some rows, run by run: of a run that does not count for all four rows of a tile, what does is packed. */
    private void inPlace(
            Packing.Base base,
            Columns columns,
            int block,
            int top,
            int first,
            int rows,
            int n,
            double[] out,
            int[] offsets,
            int own,
            boolean add) {
        boolean several = columns.runs().get(block).size() > 1;
        double[] results = several ? scratch.sums(FEW * tiles.lanes()) : out;
        int[] to = scratch.to(rows);
        int[] starts = scratch.starts(rows);
        for (int m = 0; m < rows; m++) {
            to[m] = several ? m * tiles.lanes() : offsets[own + m];
            if (several) {
                Arrays.fill(results, to[m], to[m] + tiles.lanes(), 0);
            }
        }
        Sums sums = several ? Sums.CONTINUE : add ? Sums.ADD : Sums.SET;
        for (Run run : columns.runs().get(block)) {
            int count = run.end() - run.start();
            for (int m = 0; m < rows; m++) {
                starts[m] = base.a() + packing.rowsA()[top + first + m] + run.source();
            }
            if (run.always()) {
                multiply(columns, block, a, starts, 0, rows, run.start(), count, n, results, to, sums);
                continue;
            }
            for (int m = 0; m < rows; m += 4) {
                int some = Math.min(4, rows - m);
                int counting = left.counting(run, first + m, some);
                if (counting == some) {
                    multiply(columns, block, a, starts, m, some, run.start(), count, n, results, to, sums);
                } else if (counting > 0 || !several) {
                    double[] few = left.packFew(run, first + m, some);
                    for (int i = 0; i < some; i++) {
                        starts[m + i] = i * Packing.ROW;
                    }
                    multiply(columns, block, few, starts, m, some, run.start(), count, n, results, to, sums);
                }
            }
        }
        for (int m = 0; m < rows && several; m++) {
            int at = offsets[own + m];
            for (int j = 0; j < n; j++) {
                out[at + j] = add ? out[at + j] + results[to[m] + j] : results[to[m] + j];
            }
        }
    }

    /** Returns whether the masks of the left operand may become zeros. */
    private boolean packPanel(Packing.Base base, Columns columns, int block, Packing.LaneBlock lanes) {
        int count = columns.count(block);
        for (Run run : lanes.runs()) {
            packLanes(run, base, columns, block);
        }
        int end = Math.ceilDiv(lanes.count(), tiles.width()) * tiles.width();
        if (end > lanes.count()) {
            for (int k = 0; k < count; k++) {
                tiles.clear(k, lanes.count(), end);
            }
        }
        return contraction.leftMask().isEmpty() || panelIsFinite(count, lanes.count());
    }

    private void packLanes(Run run, Packing.Base base, Columns columns, int block) {
        int start = columns.start(block);
        int count = columns.count(block);
        int offset = base.b() + run.source();
        if (run.always()) {
            if (run.step() == 1) {
                tiles.copy(b, offset, columns.b(), start, count, run.start(), run.end());
            } else {
                tiles.spread(b, offset, run.step(), columns.b(), start, count, run.start(), run.end());
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            long range = packing.laneRange(run, base, columns.points()[start + k]);
            int low = (int) (range >>> 32);
            int high = (int) range;
            tiles.clear(k, run.start(), low);
            tiles.clear(k, high, run.end());
            int source = offset + columns.b()[start + k] + (low - run.start()) * run.step();
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

    /** What tiles do, but leaves out what the masks do, where 0 times the other operand is not 0. */
    private void dropping(
            Packing.Base base,
            Columns columns,
            int block,
            int top,
            int first,
            int rows,
            Packing.LaneBlock lanes,
            double[] out,
            int[] offsets,
            int own,
            boolean add) {
        int start = columns.start(block);
        for (int m = first; m < first + rows; m++) {
            for (int j = 0; j < lanes.count(); j++) {
                double sum = 0;
                for (int k = 0; k < columns.count(block); k++) {
                    int point = columns.points()[start + k];
                    if (packing.leftCounts(base, top + m, point)
                            && packing.rightCounts(base, lanes.from() + j, point)) {
                        sum = Math.fma(left.packed()[left.start(block, m) + k], tiles.get(k, j), sum);
                    }
                }
                int to = offsets[own + m - first] + j;
                out[to] = add ? out[to] + sum : sum;
            }
        }
    }

    /** Copies elements of the target that are not neighbours together. */
    private void read(int offset, Packing.LaneBlock lanes, double[] out, int at) {
        for (int j = 0; j < lanes.count(); j++) {
            out[at + j] = c[offset + packing.lanesC()[lanes.from() + j]];
        }
    }

    private void write(int offset, Packing.LaneBlock lanes, double[] results, int at) {
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
