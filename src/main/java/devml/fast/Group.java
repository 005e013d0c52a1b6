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

    /** The extent of one of the indices. */
    int extent(int slot) {
        return extents.get(slots.indexOf(slot));
    }

    /** The others. */
    Group without(int slot) {
        List<Integer> others = slots.stream().filter(other -> other != slot).toList();
        return new Group(others, others.stream().map(this::extent).toList());
    }

    /** What it costs to copy an element of an operand, in cycles: least where long runs of elements are neighbours. */
    double copying(Linear operand) {
        double run = size() == 1 ? 64 : 1;
        for (int i = 0; i < slots.size(); i++) {
            if (Math.abs(operand.weight(slots.get(i))) == 1) {
                run = Math.max(run, extents.get(i));
            }
        }
        return run == 1 ? 1.5 : 0.3 + 8 / run;
    }

    int size() {
        int size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, extent);
        }
        return size;
    }
}
