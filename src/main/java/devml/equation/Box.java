package devml.equation;

import java.util.List;

/**
 * The points of a loop: every index from 0 to below its extent, the last running fastest, where the guard holds.
 *
 * @param slots the indices
 * @param extents as many extents
 * @param guard which points take part; evaluated before anything else at a point
 */
public record Box(List<Integer> slots, List<Integer> extents, Cond guard) {
    public Box {
        slots = List.copyOf(slots);
        extents = List.copyOf(extents);
    }

    /** The number of points, those included that the guard excludes. */
    public long size() {
        long size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, (long) extent);
        }
        return size;
    }

    /**
     * Moves the indices to the next point of the box, guard or no guard.
     *
     * @return false after the last point; then all indices are 0 again
     */
    public boolean advance(long[] index) {
        for (int i = slots.size() - 1; i >= 0; i--) {
            int slot = slots.get(i);
            if (++index[slot] < extents.get(i)) {
                return true;
            }
            index[slot] = 0;
        }
        return false;
    }

    /** Moves the indices to the first point. */
    public void reset(long[] index) {
        for (int slot : slots) {
            index[slot] = 0;
        }
    }
}
