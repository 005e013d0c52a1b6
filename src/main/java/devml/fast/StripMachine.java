package devml.fast;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Where one thread stands in an equation that runs strip by strip: the values of the indices in lane 0, which lanes take
 * part, and registers that hold a value for each lane. Each part of an expression works on all lanes before the next
 * does, so that walking the expression costs nothing measurable (MonetDB/X100: Boncz, Zukowski and Nes 2005).
 */
final class StripMachine {
    static final String NO_POINTS = "a maximum or minimum over no points";

    private final Lanes lanes;
    private final long[][] tensors;
    private final long[] index;
    private final PointEvaluator alone;
    private final Registers<long[]> longs = new Registers<>(() -> new long[Lanes.WIDTH]);
    private final Registers<boolean[]> booleans = new Registers<>(() -> new boolean[Lanes.WIDTH]);
    private final int[] offsets = new int[Lanes.WIDTH];
    private int low;
    private int high = 1;
    private boolean[] mask;
    private int kept;

    /**
     * A machine for equations of so many indices.
     *
     * @param lanes the tensors and registers of real numbers
     * @param tensors those of integers
     */
    StripMachine(int slots, Lanes lanes, long[][] tensors) {
        this(new long[slots], lanes, tensors);
    }

    private StripMachine(long[] index, Lanes lanes, long[][] tensors) {
        this.lanes = lanes;
        this.tensors = tensors;
        this.index = index;
        this.alone = new PointEvaluator(index, this);
    }

    /** A machine of one lane that shares the indices of this one. */
    StripMachine single() {
        return new StripMachine(index, lanes.fork(), tensors);
    }

    Lanes lanes() {
        return lanes;
    }

    long[] index() {
        return index;
    }

    PointEvaluator alone() {
        return alone;
    }

    long[] integers(int tensor) {
        return tensors[tensor];
    }

    long[] longs(int register) {
        return longs.get(register);
    }

    boolean[] booleans(int register) {
        return booleans.get(register);
    }

    /** Room for the offset of each lane, until the next access. */
    int[] offsets() {
        return offsets;
    }

    /** The register of the first of the values that are kept at the moment. */
    int kept() {
        return kept;
    }

    /**
     * Lets values be kept from a register on.
     *
     * @return the one before
     */
    int keep(int register) {
        int before = kept;
        kept = register;
        return before;
    }

    /** The first lane that takes part. */
    int low() {
        return low;
    }

    /** The lane after the last that takes part. */
    int high() {
        return high;
    }

    /** Which of those between take part; null if all do. */
    boolean[] mask() {
        return mask;
    }

    boolean takesPart(int lane) {
        return mask == null || mask[lane];
    }

    void restrict(int newLow, int newHigh, boolean[] newMask) {
        low = newLow;
        high = newHigh;
        mask = newMask;
    }

    /**
     * Leaves out the lanes in which a condition fails.
     *
     * @param register of truth values that is the mask then
     * @return false if none is left
     */
    boolean mask(boolean[] condition, int register) {
        boolean[] both = booleans(register);
        boolean any = false;
        for (int i = low; i < high; i++) {
            boolean takesPart = condition[i] && (mask == null || mask[i]);
            both[i] = takesPart;
            any |= takesPart;
        }
        mask = both;
        return any;
    }

    /** Puts the opposite of a condition into a register of truth values. */
    boolean[] not(boolean[] condition, int register) {
        boolean[] opposite = booleans(register);
        for (int i = low; i < high; i++) {
            opposite[i] = !condition[i];
        }
        return opposite;
    }

    /**
     * Moves the lanes to a value of their first index; all take part.
     *
     * @return false if that is beyond the last value; then the indices of the lanes are 0 again
     */
    boolean strip(LaneShape shape, int first, int to) {
        int slot = shape.slots().getFirst();
        if (first >= to) {
            index[slot] = 0;
            return false;
        }
        index[slot] = first;
        restrict(0, Math.min(shape.chunk(), to - first) * shape.inner(), null);
        return true;
    }

    /** Works on each lane that takes part, one after another, the indices set to their values there. */
    void forEachLane(LaneShape shape, IntConsumer work) {
        List<Integer> slots = shape.slots();
        long first = slots.isEmpty() ? 0 : index[slots.getFirst()];
        for (int lane = low; lane < high; lane++) {
            if (takesPart(lane)) {
                int rest = lane;
                for (int i = slots.size() - 1; i > 0; i--) {
                    index[slots.get(i)] = rest % shape.extents().get(i);
                    rest /= shape.extents().get(i);
                }
                if (!slots.isEmpty()) {
                    index[slots.getFirst()] = first + rest;
                }
                work.accept(lane);
            }
        }
        slots.forEach(slot -> index[slot] = 0);
        if (!slots.isEmpty()) {
            index[slots.getFirst()] = first;
        }
    }

    /** Joins a register to a result, lane by lane. */
    void join(Fold fold, int result, int at) {
        neutralise(fold, at);
        lanes.apply(fold.op(), result, at, low, high);
    }

    /** Joins all lanes of a register to the one number of a result. */
    void joinLanes(Fold fold, int result, int at) {
        neutralise(fold, at);
        lanes.fold(fold.op(), at, low, high);
        lanes.apply(fold.op(), result, at, 0, 1);
    }

    /** Lanes that take no part must not change a result. */
    private void neutralise(Fold fold, int at) {
        if (mask != null) {
            lanes.fill(at + 1, low, high, fold.neutral());
            lanes.copyWhere(mask, at, at + 1, low, high);
            lanes.copy(at + 1, at, low, high);
        }
    }

    /** Notes which lanes take part. */
    void mark(boolean[] seen) {
        if (mask == null) {
            Arrays.fill(seen, low, high, true);
            return;
        }
        for (int i = low; i < high; i++) {
            seen[i] |= mask[i];
        }
    }

    /** Fails if a lane that takes part was not noted. */
    void require(boolean[] seen) {
        for (int i = low; i < high; i++) {
            if (!seen[i] && takesPart(i)) {
                throw new ArithmeticException(NO_POINTS);
            }
        }
    }
}
