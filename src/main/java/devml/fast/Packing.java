package devml.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a contraction: what each point of a group contributes to where an element lies, and to its masks. Lanes
 * whose elements lie evenly spaced form runs, within which a mask leaves one interval.
 */
final class Packing {

    /** Where the elements of one batch start, and what it contributes to the masks. */
    record Base(int c, int a, int b, int[] leftMask, int[] rightMask) {}

    /**
     * Lanes of one block whose elements lie evenly spaced.
     *
     * @param start the first lane, counted in the block
     * @param end the lane after the last
     * @param source what the first contributes to the offset in the right operand
     * @param step how far apart they lie
     * @param mask what the first lane contributes to each mask
     * @param slopes by how much that grows from lane to lane
     */
    record Run(int start, int end, int source, int step, int[] mask, int[] slopes) {}

    private final Base[] bases;
    private final int[] rowsC;
    private final int[] rowsA;
    private final int[] lanesC;
    private final int[] summedA;
    private final int[] summedB;
    private final int[][] rowsMask;
    private final int[][] summedLeftMask;
    private final int[][] summedRightMask;
    private final List<List<Run>> runs = new ArrayList<>();

    Packing(Contraction contraction, int block) {
        this.rowsC = contraction.c().table(contraction.rows());
        this.rowsA = contraction.a().table(contraction.rows());
        this.lanesC = contraction.c().table(contraction.lanes());
        this.summedA = contraction.a().table(contraction.summed());
        this.summedB = contraction.b().table(contraction.summed());
        this.rowsMask = tables(contraction.leftMask(), contraction.rows());
        this.summedLeftMask = tables(contraction.leftMask(), contraction.summed());
        this.summedRightMask = tables(contraction.rightMask(), contraction.summed());
        this.bases = bases(contraction);
        int[] lanesB = contraction.b().table(contraction.lanes());
        int[][] lanesMask = tables(contraction.rightMask(), contraction.lanes());
        for (int from = 0; from < lanesB.length; from += block) {
            runs.add(runs(lanesB, lanesMask, from, Math.min(from + block, lanesB.length)));
        }
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

    private static List<Run> runs(int[] source, int[][] mask, int from, int to) {
        List<Run> runs = new ArrayList<>();
        int start = from;
        while (start < to) {
            int end = start + 1;
            while (end < to && continues(source, start, end) && continuesAll(mask, start, end)) {
                end++;
            }
            int step = end - start > 1 ? source[start + 1] - source[start] : 1;
            int[] values = new int[mask.length];
            int[] slopes = new int[mask.length];
            for (int i = 0; i < mask.length; i++) {
                values[i] = mask[i][start];
                slopes[i] = end - start > 1 ? mask[i][start + 1] - mask[i][start] : 0;
            }
            runs.add(new Run(start - from, end - from, source[start], step, values, slopes));
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

    /** The lanes of a run that the masks let through at a summed point: the first, and the one after the last. */
    long range(Run run, Base base, int k) {
        int low = run.start;
        int high = run.end;
        for (int i = 0; i < run.mask.length; i++) {
            int value = base.rightMask[i] + summedRightMask[i][k] + run.mask[i];
            int slope = run.slopes[i];
            if (slope > 0 && value < 0) {
                low = Math.max(low, run.start + (-value + slope - 1) / slope);
            } else if (slope < 0) {
                high = value < 0 ? run.start : Math.min(high, run.start + value / -slope + 1);
            } else if (slope == 0 && value < 0) {
                high = run.start;
            }
        }
        return (long) low << 32 | Math.max(low, high);
    }

    /** Whether an element of the left operand counts. */
    boolean leftCounts(Base base, int row, int k) {
        for (int i = 0; i < rowsMask.length; i++) {
            if (base.leftMask[i] + rowsMask[i][row] + summedLeftMask[i][k] < 0) {
                return false;
            }
        }
        return true;
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

    List<Run> runs(int block) {
        return runs.get(block);
    }

    int blocks() {
        return runs.size();
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

    int[] summedA() {
        return summedA;
    }

    int[] summedB() {
        return summedB;
    }
}
