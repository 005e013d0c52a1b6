package devml.fast;

/**
 * Lanes of the right operand of a contraction at the summed points of a block: packed into the panel of the tiles, or left
 * where they lie, if there they are neighbours and so few rows are multiplied by them that packing would cost more.
 */
final class DoubleRight {
    /** No place in memory. */
    private static final int PACKED = -1;

    private final Packing packing;
    private final DoubleTiles tiles;
    private double[] b;

    /** Where the lanes begin that are read where they lie, or that they are packed. */
    private int source;

    private boolean isFinite;
    private Columns columns;
    private int block;
    private int lanes;

    DoubleRight(Packing packing, DoubleTiles tiles) {
        this.packing = packing;
        this.tiles = tiles;
    }

    /** What the operand holds may have changed. */
    void begin(double[] operand) {
        b = operand;
    }

    /** Turns to some lanes and to a block of the summed points that count for them; so many rows will be multiplied. */
    void turnTo(int batch, LaneBlocks.Block newLanes, int newBlock, int rows) {
        columns = packing.columns(newLanes);
        block = newBlock;
        lanes = newLanes.count();
        int start = packing.base(batch).b();
        if (isReadInPlace(newLanes, rows)) {
            source = start + newLanes.runs().getFirst().source();
            isFinite = true;
        } else {
            source = PACKED;
            pack(batch, newLanes, start);
            isFinite = packing.left().isEmpty()
                    || packing.staging() != null
                    || tiles.isFinite(columns.count(block), lanes);
        }
    }

    private boolean isReadInPlace(LaneBlocks.Block own, int rows) {
        return tiles.readsInPlace(rows)
                && packing.left().isEmpty()
                && !packing.laneBlocks().masksLanes()
                && own.runs().size() == 1
                && own.runs().getFirst().step() == 1
                && own.count() % tiles.width() == 0;
    }

    /** Whether what the masks leave out of the left operand may be zeros: no product of these with a lane is NaN. */
    boolean isFinite() {
        return isFinite;
    }

    /** An element of the panel. */
    double get(int k, int lane) {
        return tiles.get(k, lane);
    }

    /**
     * Multiplies rows by some of the points.
     *
     * @param from the left operand, in quads
     * @param quads where they begin in there
     * @param k the first of the points, counted from the first of the block, and how many
     * @param out where the results go
     * @param offsets where the rows of results begin in there
     */
    void multiply(double[] from, int[] quads, int rows, int k, int count, double[] out, int[] offsets, Sums sums) {
        if (source == PACKED) {
            tiles.multiply(from, quads, rows, k, count, lanes, out, offsets, sums);
        } else {
            int at = columns.start(block) + k;
            tiles.multiply(from, quads, rows, b, source, columns.b(), at, count, lanes, out, offsets, sums);
        }
    }

    private void pack(int batch, LaneBlocks.Block own, int start) {
        for (MaskedRun run : own.runs()) {
            pack(run, batch, start + run.source());
        }
        int end = Math.ceilDiv(lanes, tiles.width()) * tiles.width();
        if (end > lanes) {
            for (int k = 0; k < columns.count(block); k++) {
                tiles.clear(k, lanes, end);
            }
        }
    }

    private void pack(MaskedRun run, int batch, int offset) {
        int start = columns.start(block);
        int count = columns.count(block);
        if (run.always()) {
            if (run.step() == 1) {
                tiles.copy(b, offset, columns.b(), start, count, run.start(), run.end());
            } else {
                tiles.spread(b, offset, run.step(), columns.b(), start, count, run.start(), run.end());
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            packMasked(
                    run,
                    packing.right().ownRange(run, batch, columns.points()[start + k]),
                    k,
                    offset + columns.b()[start + k]);
        }
    }

    /**
     * Packs a row of a run.
     *
     * @param range the lanes that count
     * @param source where the first lane of the run lies, or would if it does not count
     */
    private void packMasked(MaskedRun run, long range, int k, int source) {
        int low = (int) (range >>> 32);
        int high = (int) range;
        if (low < high && run.step() == 1 && source >= 0 && source + run.end() - run.start() <= b.length) {
            tiles.copy(b, source, k, run.start(), run.end()); // whole, as vectors go: most lanes count
        } else {
            for (int j = low; j < high; j++) {
                tiles.set(k, j, b[source + (j - run.start()) * run.step()]);
            }
        }
        tiles.clear(k, run.start(), low);
        tiles.clear(k, high, run.end());
    }
}
