package devml.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    private final int summedBlock;
    private final List<List<Run>> laneRuns = new ArrayList<>();
    private final List<List<Run>> summedRuns = new ArrayList<>();
    private final boolean[] contiguous;
    private final Form form;

    /**
     * Works out the tables.
     *
     * @param block how many lanes a block has
     */
    Packing(Contraction contraction, int block) {
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
        int[] lanesB = contraction.b().table(contraction.lanes());
        int[] leastRight = new int[lanesMask.length];
        for (int i = 0; i < leastRight.length; i++) {
            int mask = i;
            leastRight[i] = least(summedRightMask[i])
                    + Arrays.stream(bases)
                            .mapToInt(base -> base.rightMask[mask])
                            .min()
                            .orElse(0);
        }
        for (int from = 0; from < lanesB.length; from += block) {
            laneRuns.add(Run.of(lanesB, lanesMask, leastRight, from, Math.min(from + block, lanesB.length)));
        }
        int[] leastLeft = new int[rowsMask.length];
        for (int i = 0; i < leastLeft.length; i++) {
            int mask = i;
            leastLeft[i] = least(rowsMask[i])
                    + Arrays.stream(bases)
                            .mapToInt(base -> base.leftMask[mask])
                            .min()
                            .orElse(0);
        }
        int blocks = Math.max(1, Math.ceilDiv(summedA.length, SUMMED));
        this.summedBlock = Math.max(1, Math.ceilDiv(summedA.length, blocks));
        for (int from = 0; from == 0 || from < summedA.length; from += summedBlock) {
            summedRuns.add(
                    Run.of(summedA, summedLeftMask, leastLeft, from, Math.min(from + summedBlock, summedA.length)));
        }
        this.contiguous = new boolean[laneRuns.size()];
        for (int i = 0; i < contiguous.length; i++) {
            contiguous[i] = isContiguous(lanesC, i * block, Math.min((i + 1) * block, lanesC.length));
        }
        this.form = form(this, contraction);
    }

    private static Form form(Packing packing, Contraction contraction) {
        if (!contraction.leftMask().isEmpty()
                || !contraction.rightMask().isEmpty()
                || packing.summed() == 0
                || packing.lanes() == 0) {
            return Form.TILES;
        }
        if (packing.lanes() == 1 && areNeighbours(packing.summedRuns)) {
            return Form.DOTS;
        }
        boolean inPlace = areNeighbours(packing.laneRuns);
        for (int i = 0; i < packing.laneBlocks(); i++) {
            inPlace &= packing.isContiguous(i);
        }
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

    /** How many summed points all blocks have but, maybe, the last. */
    int summedBlock() {
        return summedBlock;
    }

    int summedBlocks() {
        return summedRuns.size();
    }

    int laneBlocks() {
        return laneRuns.size();
    }

    /** The lanes of a block, as the right operand has them. */
    List<Run> laneRuns(int block) {
        return laneRuns.get(block);
    }

    /** The summed points of a block, as the left operand has them. */
    List<Run> summedRuns(int block) {
        return summedRuns.get(block);
    }

    /** Whether the target's elements at the lanes of a block are neighbours. */
    boolean isContiguous(int block) {
        return contiguous[block];
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

    int[] summedB() {
        return summedB;
    }

    int[] summedA() {
        return summedA;
    }
}
