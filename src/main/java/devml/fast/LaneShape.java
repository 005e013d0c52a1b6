package devml.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * The indices that run in the lanes of a strip, the last fastest: a strip holds some values of the first index, and all
 * values of the others at each of them. Without an index a strip has one lane.
 *
 * @param slots the indices
 * @param extents as many extents
 */
record LaneShape(List<Integer> slots, List<Integer> extents) {
    static final LaneShape NONE = new LaneShape(List.of(), List.of());

    boolean isNone() {
        return slots.isEmpty();
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
        return extents.stream().reduce(1, (a, b) -> a * b);
    }

    /** The lanes for one value of the first index. */
    int inner() {
        return extents.stream().skip(1).reduce(1, (a, b) -> a * b);
    }

    /** How many values of the first index a strip takes. */
    int chunk() {
        return isNone() ? 1 : Math.clamp(Lanes.WIDTH / inner(), 1, Math.max(1, extents.getFirst()));
    }

    int lanes() {
        return chunk() * inner();
    }

    boolean dependsOn(Linear form) {
        return slots.stream().anyMatch(slot -> form.weight(slot) != 0);
    }

    /** What the lanes add to a form whose indices stand at the first lane. */
    int[] table(Linear form) {
        if (isNone()) {
            return new int[] {0};
        }
        List<Integer> counts = new ArrayList<>(extents);
        counts.set(0, chunk());
        return form.table(new Group(slots, counts));
    }
}
