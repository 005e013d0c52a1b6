package devml.equation;

import java.util.List;

/**
 * The points that a loop or a reduction visits: every index counts from 0 up to its extent, exclusive, the last index
 * fastest; points where the guard does not hold are skipped.
 *
 * @param slots the indices that the box binds
 * @param extents the extent of each index, in the same order
 * @param guard the condition for a point to take part; evaluated before anything else at the point
 */
public record Box(List<Integer> slots, List<Integer> extents, Cond guard) {
    public Box {
        slots = List.copyOf(slots);
        extents = List.copyOf(extents);
    }

    /** The number of points, including those that the guard excludes. */
    public long size() {
        long size = 1;
        for (int extent : extents) {
            size = Math.multiplyExact(size, (long) extent);
        }
        return size;
    }

    /**
     * Moves the indices to the next point of the box. The guard is not looked at.
     *
     * @return false after the last point; all indices are 0 again then
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
