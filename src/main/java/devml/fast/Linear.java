package devml.fast;

import devml.equation.Affine;
import devml.equation.Int;
import devml.equation.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An integer that is affine in the indices, laid out to be worked out fast: {@code constant + sum(weights * index)}.
 *
 * @param slots the indices, in ascending order
 * @param weights one for each, none of them 0
 */
record Linear(int[] slots, long[] weights, long constant) {

    /** An affine form, if its atoms are indices. */
    static Optional<Linear> of(Affine affine) {
        if (!affine.isOverIndices()) {
            return Optional.empty();
        }
        int[] slots = new int[affine.weights().size()];
        int next = 0;
        for (Int atom : affine.weights().keySet()) {
            slots[next++] = ((Int.Index) atom).slot();
        }
        Arrays.sort(slots);
        long[] weights = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            weights[i] = affine.weights().get(new Int.Index(slots[i]));
        }
        return Optional.of(new Linear(slots, weights, affine.constant()));
    }

    /** The offset of an element in row-major order, if its subscripts are affine. */
    static Optional<Linear> of(View view, List<Int> subscripts) {
        return of(offset(view, subscripts));
    }

    /** The offset of an element in row-major order. */
    static Affine offset(View view, List<Int> subscripts) {
        long[] strides = new long[subscripts.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride = Math.multiplyExact(stride, (long) view.extents().get(i));
        }
        return Affine.of(subscripts, strides);
    }

    long at(long[] index) {
        long value = constant;
        for (int i = 0; i < slots.length; i++) {
            value += weights[i] * index[slots[i]];
        }
        return value;
    }

    /** By how much the value grows with an index. */
    long weight(int slot) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == slot) {
                return weights[i];
            }
        }
        return 0;
    }

    /** The same with an index apart: what it was is {@code factor} times it plus another index, a new one. */
    Linear split(int slot, int factor, int other) {
        long own = weight(slot);
        if (own == 0) {
            return this;
        }
        int[] allSlots = Arrays.copyOf(slots, slots.length + 1);
        long[] allWeights = Arrays.copyOf(weights, weights.length + 1);
        for (int i = 0; i < slots.length; i++) {
            allWeights[i] *= slots[i] == slot ? factor : 1;
        }
        allSlots[slots.length] = other; // the greatest
        allWeights[slots.length] = own;
        return new Linear(allSlots, allWeights, constant);
    }

    /** The least value that it takes, given the extents of its indices. */
    long least(Map<Integer, Integer> extents) {
        long least = constant;
        for (int i = 0; i < slots.length; i++) {
            least += Math.min(0, weights[i] * (extents.get(slots[i]) - 1));
        }
        return least;
    }

    /** The greatest value that it takes. */
    long greatest(Map<Integer, Integer> extents) {
        long greatest = constant;
        for (int i = 0; i < slots.length; i++) {
            greatest += Math.max(0, weights[i] * (extents.get(slots[i]) - 1));
        }
        return greatest;
    }

    /** Whether this, its constant and what any of its indices contribute fit into a {@linkplain #table table}. */
    boolean isSmall(Map<Integer, Integer> extents) {
        double greatest = Math.abs((double) constant);
        for (int i = 0; i < slots.length; i++) {
            greatest += Math.abs((double) weights[i]) * (extents.get(slots[i]) - 1);
        }
        return greatest <= Integer.MAX_VALUE;
    }

    List<Integer> slotList() {
        List<Integer> list = new ArrayList<>(slots.length);
        for (int slot : slots) {
            list.add(slot);
        }
        return list;
    }

    /** What the indices of a group contribute, at each of their points in lexicographic order. */
    int[] table(Group group) {
        int[] table = new int[group.size()];
        long value = 0;
        int[] index = new int[group.slots().size()];
        for (int point = 0; point < table.length; point++) {
            table[point] = Math.toIntExact(value);
            for (int i = index.length - 1; i >= 0; i--) {
                long weight = weight(group.slots().get(i));
                if (++index[i] < group.extents().get(i)) {
                    value += weight;
                    break;
                }
                value -= weight * (index[i] - 1);
                index[i] = 0;
            }
        }
        return table;
    }
}
