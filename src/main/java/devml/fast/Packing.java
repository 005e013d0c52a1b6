package devml.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The tables of a contraction: what each point of a group contributes to where an element lies, and to its masks. The
 * summed points come in blocks whose number and sizes follow from how many there are and nothing else: the order of
 * summation rests on them.
 */
final class Packing {
    /** The most summed points of a block: so many rows of a panel, a cache line wide, fill half a first-level cache. */
    static final int SUMMED = 256;

    /** How far apart packed rows of the left operand begin: more than that, so that they spread over the cache's sets. */
    static final int ROW = SUMMED + 16;

    /** Blocks of lanes are not cut at masks where that would make them shorter than this, on average. */
    private static final int LEAST_LANES = 16;

    /** Where the elements of one batch start, and what it contributes to the masks. */
    record Base(int c, int a, int b, int[] leftMask, int[] rightMask) {}

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
    private final int[] summedA;
    private final int[] summedB;
    private final int[][] rowsMask;
    private final int[][] lanesMask;
    private final int[][] summedLeftMask;
    private final int[][] summedRightMask;
    private final int block;
    private final int summedBlock;
    private final List<LaneBlock> laneBlocks = new ArrayList<>();
    private final List<Columns> columns = new ArrayList<>();
    private final boolean masksLanes;
    private final Starts starts;
    private final Form form;

    /** Where what the sums start with lies: what each batch, row and lane contributes to that. */
    record Starts(int[] batches, int[] rows, int[] lanes) {
        private static final Starts NONE = new Starts(new int[0], new int[0], new int[0]);

        private static Starts of(Contraction.Start start, Contraction contraction) {
            int[] batches = start.at().table(contraction.batch());
            for (int i = 0; i < batches.length; i++) {
                batches[i] += Math.toIntExact(start.at().constant());
            }
            return new Starts(
                    batches, start.at().table(contraction.rows()), start.at().table(contraction.lanes()));
        }

        /** Where it lies for the first lane of some, all of which may have the same. */
        int offset(int batch, int row, int lane) {
            return batches[batch] + rows[row] + lanes[lane];
        }

        /** Whether some lanes have the same. */
        boolean isSame(int from, int to) {
            for (int lane = from + 1; lane < to; lane++) {
                if (lanes[lane] != lanes[from]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Some lanes, which share a panel.
     *
     * @param from the first
     * @param count how many
     * @param runs as the right operand has them
     * @param columns the number of the summed points that count for them
     * @param isContiguous whether the target's elements are neighbours
     */
    record LaneBlock(int from, int count, List<Run> runs, int columns, boolean isContiguous) {}

    /**
     * Works out the tables.
     *
     * @param block the most lanes that a block has
     */
    Packing(Contraction contraction, int block) {
        this.block = block;
        this.rowsC = contraction.c().table(contraction.rows());
        this.rowsA = contraction.a().table(contraction.rows());
        this.lanesC = contraction.c().table(contraction.lanes());
        this.summedA = contraction.a().table(contraction.summed());
        this.summedB = contraction.b().table(contraction.summed());
        this.rowsMask = tables(contraction.leftMask(), contraction.rows());
        this.lanesMask = tables(contraction.rightMask(), contraction.lanes());
        this.summedLeftMask = tables(contraction.leftMask(), contraction.summed());
        this.summedRightMask = tables(contraction.rightMask(), contraction.summed());
        this.bases = bases(contraction);
        int blocks = Math.max(1, Math.ceilDiv(summedA.length, SUMMED));
        this.summedBlock = Math.max(1, Math.ceilDiv(summedA.length, blocks));
        int[] lanesB = contraction.b().table(contraction.lanes());
        int[][] classes = classes();
        this.starts =
                contraction.start().map(start -> Starts.of(start, contraction)).orElse(Starts.NONE);
        this.masksLanes = lanesMask.length > 0 && classes.length == 0;
        cut(lanesB, classes);
        this.form = form(this, contraction);
    }

    /**
     * For each mask and lane, a number that tells apart lanes for which different summed points count; nothing where the
     * batch has a say in that, or where it changes so often that blocks would be short.
     */
    private int[][] classes() {
        if (bases.length == 0) {
            return new int[0][];
        }
        int[][] classes = new int[lanesMask.length][];
        for (int i = 0; i < classes.length; i++) {
            int mask = i;
            if (Arrays.stream(bases).anyMatch(base -> base.rightMask[mask] != bases[0].rightMask[mask])) {
                return new int[0][];
            }
            int enough = -least(summedRightMask[i]) - bases[0].rightMask[i];
            classes[i] = Arrays.stream(lanesMask[i])
                    .map(value -> Math.min(value, enough))
                    .toArray();
        }
        int changes = 0;
        for (int lane = 1; lane < lanesC.length; lane++) {
            changes += isSame(classes, lane - 1, lane) ? 0 : 1;
        }
        return changes * LEAST_LANES > lanesC.length ? new int[0][] : classes;
    }

    private static boolean isSame(int[][] classes, int lane, int other) {
        for (int[] own : classes) {
            if (own[lane] != own[other]) {
                return false;
            }
        }
        return true;
    }

    /** Cuts the lanes into blocks, and where the masks of the right operand allow it, at the edges of their classes. */
    private void cut(int[] lanesB, int[][] classes) {
        int[][] masks = masksLanes ? lanesMask : new int[0][];
        int[] least = least(masks, summedRightMask, base -> base.rightMask);
        Map<List<Integer>, Integer> known = new HashMap<>();
        int to;
        for (int from = 0; from < lanesC.length; from = to) {
            to = from + 1;
            while (to < Math.min(from + block, lanesC.length) && isSame(classes, from, to)) {
                to++;
            }
            int lane = from;
            List<Integer> own =
                    Arrays.stream(classes).map(values -> values[lane]).toList();
            int number = known.computeIfAbsent(own, _ -> columns(lane));
            laneBlocks.add(new LaneBlock(
                    from, to - from, Run.of(lanesB, masks, least, from, to), number, isContiguous(lanesC, from, to)));
        }
    }

    /** Adds the summed points that count for a lane. */
    private int columns(int lane) {
        int[] points = IntStream.range(0, summedA.length)
                .filter(k -> lanesMask.length == 0 || masksLanes || rightCounts(bases[0], lane, k))
                .toArray();
        int[] least = least(rowsMask, rowsMask, base -> base.leftMask);
        columns.add(Columns.of(points, summedBlock, summedA.length, summedA, summedB, summedLeftMask, least));
        return columns.size() - 1;
    }

    /** The least that some tables and the batches contribute to each mask. */
    private int[] least(int[][] masks, int[][] tables, Function<Base, int[]> batch) {
        int[] least = new int[masks.length];
        for (int i = 0; i < least.length; i++) {
            int mask = i;
            least[i] = least(tables[i])
                    + Arrays.stream(bases)
                            .mapToInt(base -> batch.apply(base)[mask])
                            .min()
                            .orElse(0);
        }
        return least;
    }

    private static Form form(Packing packing, Contraction contraction) {
        if (!contraction.leftMask().isEmpty()
                || !contraction.rightMask().isEmpty()
                || packing.summed() == 0
                || packing.lanes() == 0) {
            return Form.TILES;
        }
        if (packing.lanes() == 1 && areNeighbours(packing.columns.getFirst().runs())) {
            return Form.DOTS;
        }
        boolean inPlace =
                areNeighbours(packing.laneBlocks.stream().map(LaneBlock::runs).toList())
                        && packing.laneBlocks.stream().allMatch(LaneBlock::isContiguous);
        return inPlace && (packing.rows() == 1 || packing.summed() == 1) ? Form.ROWS : Form.TILES;
    }

    private static boolean areNeighbours(List<List<Run>> blocks) {
        return blocks.stream()
                .allMatch(runs -> runs.size() == 1 && runs.getFirst().step() == 1);
    }

    private static int least(int[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    private static boolean isContiguous(int[] table, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (table[i] != table[i - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    private static int[][] tables(List<Linear> forms, Group group) {
        return forms.stream().map(form -> form.table(group)).toArray(int[][]::new);
    }

    private static Base[] bases(Contraction contraction) {
        int[] c = contraction.c().table(contraction.batch());
        int[] a = contraction.a().table(contraction.batch());
        int[] b = contraction.b().table(contraction.batch());
        int[][] left = tables(contraction.leftMask(), contraction.batch());
        int[][] right = tables(contraction.rightMask(), contraction.batch());
        Base[] bases = new Base[c.length];
        for (int i = 0; i < bases.length; i++) {
            bases[i] = new Base(
                    Math.toIntExact(c[i] + contraction.c().constant()),
                    Math.toIntExact(a[i] + contraction.a().constant()),
                    Math.toIntExact(b[i] + contraction.b().constant()),
                    starts(contraction.leftMask(), left, i),
                    starts(contraction.rightMask(), right, i));
        }
        return bases;
    }

    private static int[] starts(List<Linear> forms, int[][] tables, int point) {
        int[] starts = new int[tables.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.toIntExact(forms.get(i).constant() + tables[i][point]);
        }
        return starts;
    }

    /** Whether an element of the left operand counts. */
    boolean leftCounts(Base base, int row, int k) {
        return counts(base.leftMask, rowsMask, row, summedLeftMask, k);
    }

    /** Whether an element of the right operand counts. */
    boolean rightCounts(Base base, int lane, int k) {
        return counts(base.rightMask, lanesMask, lane, summedRightMask, k);
    }

    private static boolean counts(int[] base, int[][] own, int point, int[][] summed, int k) {
        for (int i = 0; i < base.length; i++) {
            if (base[i] + own[i][point] + summed[i][k] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The lanes of a run that count at a summed point; see {@link Run#range}. */
    long laneRange(Run run, Base base, int k) {
        return run.range(base.rightMask, summedRightMask, k);
    }

    /** The summed points of a run that count for a row; see {@link Run#range}. */
    long summedRange(Run run, Base base, int row) {
        return run.range(base.leftMask, rowsMask, row);
    }

    /** Whether single lanes of a block are masked at some of its summed points. */
    boolean masksLanes() {
        return masksLanes;
    }

    Starts starts() {
        return starts;
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
        return summedA.length;
    }

    /** How many blocks of summed points there are. */
    int summedBlocks() {
        return Math.ceilDiv(summedA.length, summedBlock);
    }

    int laneBlocks() {
        return laneBlocks.size();
    }

    /** The most lanes that a block has. */
    int lanesOfBlock() {
        return block;
    }

    LaneBlock laneBlock(int number) {
        return laneBlocks.get(number);
    }

    /** How many different sets of summed points count for some lanes. */
    int columns() {
        return columns.size();
    }

    Columns columns(LaneBlock block) {
        return columns.get(block.columns);
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
