package devml.fast;

/**
 * Where the lanes of a strip lie from its first lane on: in runs of equal length within which they lie evenly spaced.
 *
 * @param length of a run
 * @param step how far apart the lanes of a run lie
 * @param starts where each run starts
 */
record LaneRuns(int length, int step, int[] starts) {

    /** The longest runs that there are. */
    static LaneRuns of(Linear form, LaneShape shape) {
        int[] table = shape.table(form);
        int length = table.length;
        int inner = shape.inner();
        for (int i = 0; i < shape.slots().size() && !isEven(table, length); i++) {
            length = inner;
            inner = i + 1 < shape.slots().size() ? inner / shape.extents().get(i + 1) : 1;
        }
        int[] starts = new int[table.length / length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = table[i * length];
        }
        return new LaneRuns(length, length > 1 ? table[1] - table[0] : 1, starts);
    }

    private static boolean isEven(int[] table, int length) {
        for (int i = 2; i < length; i++) {
            if (table[i] - table[i - 1] != table[1] - table[0]) {
                return false;
            }
        }
        return true;
    }

    boolean isOne() {
        return starts.length == 1;
    }

    /** Whether all lanes are the same element. */
    boolean isUniform() {
        return isOne() && (step == 0 || length == 1);
    }

    int offset(int lane) {
        return starts[lane / length] + lane % length * step;
    }
}
