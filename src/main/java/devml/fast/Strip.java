package devml.fast;

import devml.equation.Box;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Where a machine stands: the index that runs in the lanes, its value in lane 0, and which lanes take part. Without an
 * index a strip has one lane.
 */
final class Strip {
    static final int NONE = -1;

    private final long[] index;
    private int lane = NONE;
    private long first;
    private int low;
    private int high = 1;
    private boolean[] mask;

    /**
     * Starts without an index in the lanes.
     *
     * @param index the values of all indices; that of the lane is kept at 0
     */
    Strip(long[] index) {
        this.index = index;
    }

    int lane() {
        return lane;
    }

    boolean hasLane() {
        return lane != NONE;
    }

    /** The value of the index in lane 0. */
    long first() {
        return first;
    }

    /** The first lane that takes part. */
    int low() {
        return low;
    }

    /** The lane after the last that takes part. */
    int high() {
        return high;
    }

    boolean hasMask() {
        return mask != null;
    }

    boolean[] mask() {
        return mask;
    }

    boolean takesPart(int i) {
        return mask == null || mask[i];
    }

    /** Leaves out the lanes below and from two bounds on. */
    boolean narrow(int newLow, int newHigh) {
        low = newLow;
        high = Math.max(newLow, newHigh);
        return low < high;
    }

    /**
     * Leaves out the lanes in which a condition fails.
     *
     * @return false if none is left
     */
    boolean mask(boolean[] condition) {
        boolean[] both = new boolean[high];
        boolean any = false;
        for (int i = low; i < high; i++) {
            both[i] = condition[i] && takesPart(i);
            any |= both[i];
        }
        mask = both;
        return any;
    }

    /** Does something, after which the lanes that take part are the same as before. */
    void scoped(Runnable work) {
        int beforeLow = low;
        int beforeHigh = high;
        boolean[] beforeMask = mask;
        work.run();
        low = beforeLow;
        high = beforeHigh;
        mask = beforeMask;
    }

    /** Runs an index in the lanes, strip after strip. */
    void over(int slot, int extent, Runnable body) {
        lane = slot;
        for (int start = 0; start < extent; start += Lanes.WIDTH) {
            first = start;
            low = 0;
            high = Math.min(Lanes.WIDTH, extent - start);
            mask = null;
            body.run();
        }
        lane = NONE;
        low = 0;
        high = 1;
        mask = null;
    }

    /** Visits the points of a box one after another; the lanes are the same at each. */
    void forEachPoint(Box box, Runnable body) {
        if (box.size() > 0) {
            box.reset(index);
            do {
                scoped(body);
            } while (box.advance(index));
        }
    }

    /** Works on each lane that takes part, one after another, its index set to its value. */
    void forEachLane(IntConsumer work) {
        int slot = lane;
        int end = high;
        for (int i = low; i < end; i++) {
            if (takesPart(i)) {
                int at = i;
                index[slot] = first + i;
                alone(() -> {
                    work.accept(at);
                    return 0;
                });
            }
        }
        index[slot] = 0;
    }

    /** Works something out as if there were no lanes. */
    long alone(LongSupplier work) {
        int beforeLane = lane;
        long beforeFirst = first;
        long[] result = new long[1];
        scoped(() -> {
            lane = NONE;
            low = 0;
            high = 1;
            mask = null;
            result[0] = work.getAsLong();
        });
        lane = beforeLane;
        first = beforeFirst;
        return result[0];
    }
}
