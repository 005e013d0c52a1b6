package devml.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Loops around strips. Conditions that are affine in the indices are the bounds of the loops, not tests inside: an index
 * takes only the values at which they can hold.
 */
final class Loops {
    private final int[] slots;
    private final int[] extents;

    /** For each loop, the forms that must not be negative and whose innermost index is the loop's. */
    private final Linear[][] bounds;

    private final Linear[] before;

    /**
     * Loops over indices.
     *
     * @param conditions forms that must not be negative, over these indices and those of what is around the loops
     */
    Loops(List<Integer> slots, List<Integer> extents, List<Linear> conditions) {
        this.slots = slots.stream().mapToInt(i -> i).toArray();
        this.extents = extents.stream().mapToInt(i -> i).toArray();
        List<List<Linear>> forms = new ArrayList<>();
        for (int i = 0; i <= slots.size(); i++) {
            forms.add(new ArrayList<>());
        }
        for (Linear condition : conditions) {
            int level = slots.size();
            while (level > 0 && condition.weight(this.slots[level - 1]) == 0) {
                level--;
            }
            forms.get(level).add(condition);
        }
        this.before = forms.removeFirst().toArray(Linear[]::new);
        this.bounds = forms.stream().map(list -> list.toArray(Linear[]::new)).toArray(Linear[][]::new);
    }

    boolean isEmpty() {
        return slots.length == 0;
    }

    /** The extents, outermost first. */
    List<Integer> extents() {
        return Arrays.stream(extents).boxed().toList();
    }

    int outermost() {
        return slots[0];
    }

    /** The extent of the outermost loop; 1 if there is none. */
    int extent() {
        return isEmpty() ? 1 : extents[0];
    }

    /**
     * Moves the indices to the first point.
     *
     * @param from the least value that the outermost index may take
     * @param to the value after the greatest
     * @return false if there is no point
     */
    boolean first(long[] index, int from, int to) {
        for (Linear condition : before) {
            if (condition.at(index) < 0) {
                return false;
            }
        }
        return from < to && enter(0, index, from, to);
    }

    boolean first(long[] index) {
        return first(index, 0, extent());
    }

    /**
     * Moves the indices to the next point.
     *
     * @return false after the last; then all are 0
     */
    boolean next(long[] index, int to) {
        int level = leave(slots.length - 1, index, to);
        return level > 0 && enter(level, index, 0, to);
    }

    boolean next(long[] index) {
        return next(index, extent());
    }

    /** Sets the indices from a loop on to their first values; where one has none, the loop around it goes on. */
    private boolean enter(int start, long[] index, int from, int to) {
        int level = start;
        while (level < slots.length) {
            index[slots[level]] = 0;
            long low = low(level, index, level == 0 ? from : 0);
            if (low < high(level, index, level == 0 ? to : extents[level])) {
                index[slots[level++]] = low;
            } else {
                level = leave(level - 1, index, to);
                if (level == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Takes the next value of a loop's index or of one around it; the loop inside that one, 0 if there is none. */
    private int leave(int start, long[] index, int to) {
        for (int level = start; level >= 0; level--) {
            long next = index[slots[level]] + 1;
            index[slots[level]] = 0;
            if (next < high(level, index, level == 0 ? to : extents[level])) {
                index[slots[level]] = next;
                return level + 1;
            }
        }
        return 0;
    }

    private long low(int level, long[] index, int least) {
        long low = least;
        for (Linear form : bounds[level]) {
            long weight = form.weight(slots[level]);
            low = weight > 0 ? Math.max(low, Math.ceilDiv(-form.at(index), weight)) : low;
        }
        return low;
    }

    private long high(int level, long[] index, int most) {
        long high = most;
        for (Linear form : bounds[level]) {
            long weight = form.weight(slots[level]);
            high = weight < 0 ? Math.min(high, Math.floorDiv(form.at(index), -weight) + 1) : high;
        }
        return high;
    }
}
