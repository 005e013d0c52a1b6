package devml.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The lanes of a contraction in blocks, each of which shares a panel. Where masks of the right operand make different summed
 * points count for different lanes, blocks end, so that what does not count is left out of a panel altogether; but where
 * that would make them short, lanes are masked one by one.
 */
final class LaneBlocks {
    /**
     * Blocks are not cut at masks where that would make them shorter than this, on average. A tile that is half empty takes
     * less than masks that are looked at lane by lane.
     */
    private static final int LEAST_LANES = 8;

    /**
     * Some lanes, which share a panel.
     *
     * @param from the first
     * @param count how many
     * @param runs as the right operand has them
     * @param columns the number of the summed points that count for them
     * @param isContiguous whether the target's elements are neighbours
     */
    record Block(int from, int count, List<MaskedRun> runs, int columns, boolean isContiguous) {}

    private final int width;
    private final boolean masksLanes;
    private final List<Block> blocks = new ArrayList<>();

    /** The different sets of summed points that count for some lanes. */
    private final List<int[]> columns = new ArrayList<>();

    /**
     * Cuts the lanes.
     *
     * @param width the most lanes that a block has
     * @param b where lanes lie in the right operand
     * @param c where they lie in the target
     * @param summed how many summed points there are
     */
    LaneBlocks(int width, int[] b, int[] c, Mask mask, int summed) {
        this.width = width;
        int[][] classes = mask.isSameInAllBatches() ? mask.classes() : new int[0][];
        if (areShort(classes, c.length)) {
            classes = new int[0][];
        }
        this.masksLanes = !mask.isEmpty() && classes.length == 0;
        cut(b, c, mask, summed, classes);
    }

    private static boolean areShort(int[][] classes, int lanes) {
        int changes = 0;
        for (int lane = 1; lane < lanes; lane++) {
            changes += isSame(classes, lane - 1, lane) ? 0 : 1;
        }
        return changes * LEAST_LANES > lanes;
    }

    private static boolean isSame(int[][] classes, int lane, int other) {
        for (int[] own : classes) {
            if (own[lane] != own[other]) {
                return false;
            }
        }
        return true;
    }

    private void cut(int[] b, int[] c, Mask mask, int summed, int[][] classes) {
        int[][] masks = masksLanes ? mask.own() : new int[0][];
        int[] least = masksLanes ? mask.leastSummed() : new int[0];
        Map<List<Integer>, Integer> known = new HashMap<>();
        int to;
        for (int from = 0; from < c.length; from = to) {
            to = from + 1;
            while (to < Math.min(from + width, c.length) && isSame(classes, from, to)) {
                to++;
            }
            int lane = from;
            List<Integer> own =
                    Arrays.stream(classes).map(values -> values[lane]).toList();
            int number = known.computeIfAbsent(own, _ -> {
                columns.add(IntStream.range(0, summed)
                        .filter(k -> masksLanes || mask.counts(0, lane, k))
                        .toArray());
                return columns.size() - 1;
            });
            blocks.add(new Block(
                    from, to - from, MaskedRun.of(b, masks, least, from, to), number, areNeighbours(c, from, to)));
        }
    }

    private static boolean areNeighbours(int[] table, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (table[i] != table[i - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    int count() {
        return blocks.size();
    }

    Block get(int number) {
        return blocks.get(number);
    }

    List<Block> all() {
        return blocks;
    }

    /** The most lanes that a block has. */
    int width() {
        return width;
    }

    /** Whether single lanes of a block are masked at some of its summed points. */
    boolean masksLanes() {
        return masksLanes;
    }

    /** The numbers of the summed points of each set that counts for some lanes. */
    List<int[]> columns() {
        return columns;
    }
}
