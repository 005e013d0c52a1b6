package devml.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * The summed points that count for some lanes of the right operand, in the blocks in which they are summed, and where
 * elements lie there. Lanes in the midst of an image share all points; at its edges, those that fall outside are not among
 * them, and cost nothing.
 *
 * @param points their numbers among all summed points
 * @param starts where each block begins among them, and where the last one ends
 * @param a what each contributes to the offset of an element of the left operand
 * @param b the same for the right one
 * @param runs for each block, its points as the left operand has them
 */
record Columns(int[] points, int[] starts, int[] a, int[] b, List<List<MaskedRun>> runs) {
    /**
     * Some of the summed points.
     *
     * @param size of a block, of all summed points
     * @param summed how many there are of those
     * @param a the tables of all of them
     * @param masks what each contributes to the masks of the left operand
     * @param least the least that everything else contributes to each of those
     */
    static Columns of(int[] points, int size, int summed, int[] a, int[] b, int[][] masks, int[] least) {
        int blocks = Math.ceilDiv(summed, size);
        int[] starts = new int[blocks + 1];
        int[] ownA = select(a, points);
        int[] ownB = select(b, points);
        int[][] ownMasks = new int[masks.length][];
        for (int i = 0; i < masks.length; i++) {
            ownMasks[i] = select(masks[i], points);
        }
        List<List<MaskedRun>> runs = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            int end = starts[block];
            while (end < points.length && points[end] < (block + 1) * size) {
                end++;
            }
            starts[block + 1] = end;
            runs.add(MaskedRun.of(ownA, ownMasks, least, starts[block], end));
        }
        return new Columns(points, starts, ownA, ownB, runs);
    }

    private static int[] select(int[] table, int[] points) {
        int[] selected = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            selected[i] = table[points[i]];
        }
        return selected;
    }

    int blocks() {
        return runs.size();
    }

    int start(int block) {
        return starts[block];
    }

    int count(int block) {
        return starts[block + 1] - starts[block];
    }
}
