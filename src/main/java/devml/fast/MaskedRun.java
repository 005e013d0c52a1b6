package devml.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of a group whose elements lie evenly spaced in memory and along which every mask grows evenly, so that a mask
 * leaves one interval of them.
 *
 * @param start the first point, counted from where the runs begin
 * @param end the point after the last
 * @param source what the first contributes to the offset of its element
 * @param step how far apart the elements lie
 * @param mask what the first point contributes to each mask
 * @param slopes by how much that grows from point to point
 * @param always whether no mask ever leaves out one of them
 */
record MaskedRun(int start, int end, int source, int step, int[] mask, int[] slopes, boolean always) {

    /**
     * Splits points into runs, as long as can be.
     *
     * @param source what each point of the group contributes to the offset of its element
     * @param masks what each contributes to each mask
     * @param least the least that everything else contributes to each mask
     */
    static List<MaskedRun> of(int[] source, int[][] masks, int[] least, int from, int to) {
        List<MaskedRun> runs = new ArrayList<>();
        int start = from;
        while (start < to) {
            int end = start + 1;
            while (end < to && continues(source, start, end) && continuesAll(masks, start, end)) {
                end++;
            }
            int step = end - start > 1 ? source[start + 1] - source[start] : 1;
            int[] values = new int[masks.length];
            int[] slopes = new int[masks.length];
            boolean always = true;
            for (int i = 0; i < masks.length; i++) {
                values[i] = masks[i][start];
                slopes[i] = end - start > 1 ? masks[i][start + 1] - masks[i][start] : 0;
                always &= least[i] + Math.min(masks[i][start], masks[i][end - 1]) >= 0;
            }
            runs.add(new MaskedRun(start - from, end - from, source[start], step, values, slopes, always));
            start = end;
        }
        return runs;
    }

    /** Whether the next value lies as far from the one before it as that one from its own. */
    private static boolean continues(int[] table, int start, int next) {
        return next - start < 2 || table[next] - table[next - 1] == table[next - 1] - table[next - 2];
    }

    private static boolean continuesAll(int[][] tables, int start, int next) {
        for (int[] table : tables) {
            if (!continues(table, start, next)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The points that the masks let through: the first in the upper half, and the one after the last in the lower one.
     *
     * @param base what the batch contributes to each mask
     * @param others what the points of another group contribute
     * @param point the one of those
     */
    long range(int[] base, int[][] others, int point) {
        int low = start;
        int high = end;
        for (int i = 0; i < mask.length; i++) {
            int value = base[i] + others[i][point] + mask[i];
            int slope = slopes[i];
            if (slope > 0 && value < 0) {
                low = Math.max(low, start + (slope == 1 ? -value : (-value + slope - 1) / slope));
            } else if (slope < 0) {
                high = value < 0 ? start : Math.min(high, start + (slope == -1 ? value : value / -slope) + 1);
            } else if (slope == 0 && value < 0) {
                high = start;
            }
        }
        low = Math.min(low, end);
        return (long) low << 32 | Math.max(low, high);
    }
}
