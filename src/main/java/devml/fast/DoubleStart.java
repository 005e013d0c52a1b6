package devml.fast;

import java.util.Arrays;

/** What the sums of a contraction in float64 are added to: what is in the target, what a tensor holds, or nothing. */
final class DoubleStart {
    private final Packing packing;
    private final boolean accumulates;

    /** What sums start with; null if that is what they are added to, or nothing. */
    private double[] tensor;

    DoubleStart(Packing packing, boolean accumulates) {
        this.packing = packing;
        this.accumulates = accumulates;
    }

    /**
     * What it is may have changed.
     *
     * @param elements null if the sums do not start with a tensor of its own
     */
    void begin(double[] elements) {
        tensor = elements;
    }

    /** Whether sums are added to something. */
    boolean adds() {
        return accumulates || tensor != null;
    }

    /** Sets elements to what their sums start with, if that is not what is there. */
    void set(int batch, int row, LaneBlocks.Block lanes, double[] out, int at) {
        if (tensor == null) {
            return;
        }
        Starts starts = packing.starts();
        if (starts.isSame(lanes.from(), lanes.from() + lanes.count())) {
            Arrays.fill(out, at, at + lanes.count(), tensor[starts.offset(batch, row, lanes.from())]);
        } else {
            for (int j = 0; j < lanes.count(); j++) {
                out[at + j] = tensor[starts.offset(batch, row, lanes.from() + j)];
            }
        }
    }
}
