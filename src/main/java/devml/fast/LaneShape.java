package devml.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * The indices that run in the lanes of a strip, the last fastest: a strip holds some values of the first index, and all
 * values of the others at each of them. Without an index a strip has one lane.
 */
final class LaneShape {
    static final LaneShape NONE = new LaneShape(List.of(), List.of());

    private final List<Integer> slots;
    private final List<Integer> extents;
    private final int size;
    private final int inner;
    private final int chunk;

    /**
     * A shape.
     *
     * @param slots the indices
     * @param extents as many extents
     */
    private LaneShape(List<Integer> slots, List<Integer> extents) {
        this.slots = List.copyOf(slots);
        this.extents = List.copyOf(extents);
        int others = 1;
        for (int i = 1; i < extents.size(); i++) {
            others *= extents.get(i);
        }
        this.inner = others;
        this.size = isNone() ? 1 : extents.getFirst() * inner;
        this.chunk = isNone() ? 1 : Math.clamp(Lanes.WIDTH / Math.max(1, inner), 1, Math.max(1, extents.getFirst()));
    }

    boolean isNone() {
        return slots.isEmpty();
    }

    /** The indices. */
    List<Integer> slots() {
        return slots;
    }

    /** As many extents. */
    List<Integer> extents() {
        return extents;
    }

    /** With one more index around the others. */
    LaneShape within(int slot, int extent) {
        List<Integer> allSlots = new ArrayList<>(slots);
        List<Integer> allExtents = new ArrayList<>(extents);
        allSlots.addFirst(slot);
        allExtents.addFirst(extent);
        return new LaneShape(allSlots, allExtents);
    }

    /** How many points there are. */
    int size() {
        return size;
    }

    /** The lanes for one value of the first index. */
    int inner() {
        return inner;
    }

    /** How many values of the first index a strip takes. */
    int chunk() {
        return chunk;
    }

    int lanes() {
        return chunk * inner;
    }

    boolean dependsOn(Linear form) {
        return slots.stream().anyMatch(slot -> form.weight(slot) != 0);
    }

    /** Whether what the lanes add to a form fits into a {@linkplain #table table}, as that to any address does. */
    boolean fits(Linear form) {
        double greatest = 0;
        for (int i = 0; i < slots.size(); i++) {
            greatest += Math.abs((double) form.weight(slots.get(i))) * (extents.get(i) - 1);
        }
        return greatest <= Integer.MAX_VALUE;
    }

    /** What the lanes add to a form whose indices stand at the first lane. */
    int[] table(Linear form) {
        if (isNone()) {
            return new int[] {0};
        }
        List<Integer> counts = new ArrayList<>(extents);
        counts.set(0, chunk);
        return form.table(new Group(slots, counts));
    }
}
