package devml.fast;

import java.util.Arrays;
import java.util.List;

/**
 * Which elements of an operand count: those for which no form is negative. Batch, the operand's own indices (rows or
 * lanes) and the summed ones each contribute to that.
 */
final class Mask {
    /** For each batch, what it contributes to each form, with the form's constant. */
    private final int[][] batches;

    /** For each form, what each point contributes. */
    private final int[][] own;

    private final int[][] summed;

    Mask(List<Linear> forms, Group batch, Group own, Group summed) {
        int[][] constants = tables(forms, batch);
        this.batches = new int[batch.size()][forms.size()];
        for (int i = 0; i < batches.length; i++) {
            for (int form = 0; form < forms.size(); form++) {
                batches[i][form] = Math.toIntExact(forms.get(form).constant() + constants[form][i]);
            }
        }
        this.own = tables(forms, own);
        this.summed = tables(forms, summed);
    }

    private static int[][] tables(List<Linear> forms, Group group) {
        return forms.stream().map(form -> form.table(group)).toArray(int[][]::new);
    }

    /** Whether every element counts. */
    boolean isEmpty() {
        return own.length == 0;
    }

    /** Whether an element counts. */
    boolean counts(int batch, int point, int k) {
        for (int form = 0; form < own.length; form++) {
            if (batches[batch][form] + own[form][point] + summed[form][k] < 0) {
                return false;
            }
        }
        return true;
    }

    /** What the operand's own points contribute to each form. */
    int[][] own() {
        return own;
    }

    /** What the summed points contribute to each form. */
    int[][] summed() {
        return summed;
    }

    /** The least that batches and the operand's own points contribute to each form. */
    int[] leastOwn() {
        return least(own);
    }

    /** The least that batches and the summed points contribute to each form. */
    int[] leastSummed() {
        return least(summed);
    }

    private int[] least(int[][] tables) {
        int[] least = new int[tables.length];
        for (int i = 0; i < least.length; i++) {
            int form = i;
            least[i] = least(tables[i])
                    + Arrays.stream(batches).mapToInt(base -> base[form]).min().orElse(0);
        }
        return least;
    }

    private static int least(int[] values) {
        return Arrays.stream(values).min().orElse(0);
    }

    /** The summed points of a run that count for one of the operand's own; see {@link MaskedRun#range}. */
    long summedRange(MaskedRun run, int batch, int point) {
        return run.range(batches[batch], own, point);
    }

    /** Those of a run of the operand's own points that count at a summed one; see {@link MaskedRun#range}. */
    long ownRange(MaskedRun run, int batch, int k) {
        return run.range(batches[batch], summed, k);
    }

    /** Whether there is a batch, and what counts is the same in all. */
    boolean isSameInAllBatches() {
        return batches.length > 0 && Arrays.stream(batches).allMatch(base -> Arrays.equals(base, batches[0]));
    }

    /**
     * For each form and each of the operand's own points, a number that tells apart points for which different summed points
     * count, where all batches are the same.
     */
    int[][] classes() {
        int[][] classes = new int[own.length][];
        for (int form = 0; form < classes.length; form++) {
            int enough = -least(summed[form]) - batches[0][form];
            classes[form] = Arrays.stream(own[form])
                    .map(value -> Math.min(value, enough))
                    .toArray();
        }
        return classes;
    }
}
