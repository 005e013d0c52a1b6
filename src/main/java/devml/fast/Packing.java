package devml.fast;

import java.util.List;

/**
 * The tables of a contraction: what each point of a group contributes to where an element lies, and to its masks. The
 * summed points come in blocks whose number and sizes follow from how many there are and nothing else: the order of
 * summation rests on them.
 */
final class Packing {
    /** The most summed points of a block: so many rows of a panel, a cache line wide, fill half a first-level cache. */
    static final int SUMMED = 288;

    /** Rows of the left operand that are packed side by side, and multiplied at once. */
    static final int QUAD = 4;

    /** How far apart packed quads begin: more than they hold, so that they spread over the cache's sets. */
    static final int QUAD_STRIDE = QUAD * SUMMED + 16;

    /** Where the elements of one batch start. */
    record Base(int c, int a, int b) {}

    /** What loops a contraction runs in; this too follows from its extents and from where its elements lie. */
    enum Form {
        /** One lane, and rows whose summed points are neighbours: the sum of products of two vectors for each. */
        DOTS,

        /** One row or one summed point, and lanes that are neighbours: multiples of rows are added up. */
        ROWS,

        /** All else: panels and tiles. */
        TILES
    }

    private final Base[] bases;
    private final int[] rowsC;
    private final int[] rowsA;
    private final int[] lanesC;
    private final int summed;
    private final int summedBlock;
    private final Mask left;
    private final Mask right;
    private final LaneBlocks laneBlocks;
    private final List<Columns> columns;
    private final Starts starts;
    private final Form form;
    private final Staging staging;

    /**
     * Works out the tables.
     *
     * @param width the most lanes that a block has
     */
    static Packing of(Contraction contraction, int width) {
        Packing plain = new Packing(contraction, width, null);
        return Staging.of(contraction, plain)
                .map(staged -> new Packing(staged.contraction(), width, staged.staging()))
                .orElse(plain);
    }

    private Packing(Contraction contraction, int width, Staging staging) {
        this.staging = staging;
        this.rowsC = contraction.at().table(contraction.rows());
        this.rowsA = contraction.left().at().table(contraction.rows());
        this.lanesC = contraction.at().table(contraction.lanes());
        int[] summedA = contraction.left().at().table(contraction.summed());
        int[] summedB = contraction.right().at().table(contraction.summed());
        this.summed = summedA.length;
        int blocks = Math.max(1, Math.ceilDiv(summed, SUMMED));
        this.summedBlock = Math.max(1, Math.ceilDiv(summed, blocks));
        this.left = new Mask(contraction.left().mask(), contraction.batch(), contraction.rows(), contraction.summed());
        this.right =
                new Mask(contraction.right().mask(), contraction.batch(), contraction.lanes(), contraction.summed());
        this.bases = bases(contraction);
        int[] lanesB = contraction.right().at().table(contraction.lanes());
        this.laneBlocks = new LaneBlocks(width, lanesB, lanesC, right, summed);
        this.columns = laneBlocks.columns().stream()
                .map(points ->
                        Columns.of(points, summedBlock, summed, summedA, summedB, left.summed(), left.leastOwn()))
                .toList();
        this.starts =
                contraction.start().map(start -> Starts.of(start, contraction)).orElse(null);
        this.form = choose();
    }

    private static Base[] bases(Contraction contraction) {
        int[] c = contraction.at().table(contraction.batch());
        int[] a = contraction.left().at().table(contraction.batch());
        int[] b = contraction.right().at().table(contraction.batch());
        Base[] bases = new Base[c.length];
        for (int i = 0; i < bases.length; i++) {
            bases[i] = new Base(
                    Math.toIntExact(c[i] + contraction.at().constant()),
                    Math.toIntExact(a[i] + contraction.left().at().constant()),
                    Math.toIntExact(b[i] + contraction.right().at().constant()));
        }
        return bases;
    }

    private Form choose() {
        if (!left.isEmpty() || !right.isEmpty() || summed == 0 || lanes() == 0) {
            return Form.TILES;
        }
        if (lanes() == 1 && areNeighbours(columns.getFirst().runs())) {
            return Form.DOTS;
        }
        boolean inPlace = areNeighbours(
                        laneBlocks.all().stream().map(LaneBlocks.Block::runs).toList())
                && laneBlocks.all().stream().allMatch(LaneBlocks.Block::isContiguous);
        return inPlace && (rows() == 1 || summed == 1) ? Form.ROWS : Form.TILES;
    }

    private static boolean areNeighbours(List<List<MaskedRun>> blocks) {
        return blocks.stream()
                .allMatch(runs -> runs.size() == 1 && runs.getFirst().step() == 1);
    }

    /** What counts of the left operand. */
    Mask left() {
        return left;
    }

    /** What counts of the right operand. */
    Mask right() {
        return right;
    }

    /** Where what the sums start with lies, if they start with something. */
    Starts starts() {
        return starts;
    }

    /** How a copy of the left operand serves its rows; null if they are packed. */
    Staging staging() {
        return staging;
    }

    Form form() {
        return form;
    }

    Base base(int batch) {
        return bases[batch];
    }

    int batches() {
        return bases.length;
    }

    int rows() {
        return rowsC.length;
    }

    int lanes() {
        return lanesC.length;
    }

    int summed() {
        return summed;
    }

    /** How many blocks of summed points there are. */
    int summedBlocks() {
        return Math.ceilDiv(summed, summedBlock);
    }

    LaneBlocks laneBlocks() {
        return laneBlocks;
    }

    /** How many different sets of summed points count for some lanes. */
    int columns() {
        return columns.size();
    }

    Columns columns(LaneBlocks.Block block) {
        return columns.get(block.columns());
    }

    int[] rowsC() {
        return rowsC;
    }

    int[] rowsA() {
        return rowsA;
    }

    int[] lanesC() {
        return lanesC;
    }
}
