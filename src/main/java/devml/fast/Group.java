package devml.fast;

import java.util.List;

/**
 * Indices that run together, the last one fastest.
 *
 * @param slots the indices
 * @param extents as many extents
 */
record Group(List<Integer> slots, List<Integer> extents) {
    Group {
        slots = List.copyOf(slots);
        extents = List.copyOf(extents);
    }

    /** Whether an operand's elements are neighbours along one of the indices, or there is but one. */
    boolean isDense(Linear operand) {
        for (int i = 0; i < slots.size(); i++) {
            if (extents.get(i) > 1 && Math.abs(operand.weight(slots.get(i))) == 1) {
                return true;
            }
        }
        return size() == 1;
    }

    int size() {
        return extents.stream().reduce(1, Math::multiplyExact);
    }
}
