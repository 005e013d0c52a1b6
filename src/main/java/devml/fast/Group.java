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

    int size() {
        return extents.stream().reduce(1, Math::multiplyExact);
    }
}
