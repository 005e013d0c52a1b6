package devml.fast;

/**
 * Where what the sums of a contraction start with lies.
 *
 * @param batches what each batch contributes to that
 * @param rows what each row does
 * @param lanes what each lane does
 */
record Starts(int[] batches, int[] rows, int[] lanes) {

    static Starts of(Contraction.Start start, Contraction contraction) {
        int[] batches = start.at().table(contraction.batch());
        for (int i = 0; i < batches.length; i++) {
            batches[i] += Math.toIntExact(start.at().constant());
        }
        return new Starts(
                batches, start.at().table(contraction.rows()), start.at().table(contraction.lanes()));
    }

    int offset(int batch, int row, int lane) {
        return batches[batch] + rows[row] + lanes[lane];
    }

    /** Whether some lanes start with the same. */
    boolean isSame(int from, int to) {
        for (int lane = from + 1; lane < to; lane++) {
            if (lanes[lane] != lanes[from]) {
                return false;
            }
        }
        return true;
    }
}
