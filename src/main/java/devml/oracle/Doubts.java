package devml.oracle;

import devml.equation.Assignment;
import devml.equation.Cond;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which comparisons are open, and which elements depend on them. An open comparison gets a number when something that
 * depends on it is written.
 */
final class Doubts {
    /** Depends on none; never changed, as no set of doubts is once it is in use. */
    static final BitSet NONE = new BitSet(0);

    /** As many comparisons are told apart; all further ones share one number. */
    static final int MOST = 4096;

    /** A comparison at the current point; one that is not open is only near to a tie. */
    record Met(Cond.Relation relation, Rounded left, Rounded right, boolean open, boolean decided) {
        /** Whether every implementation has both sides, and exactly. */
        boolean isKnown() {
            return left.error() == 0
                    && right.error() == 0
                    && left.exact().isExact()
                    && right.exact().isExact();
        }
    }

    /** What an integer might also be. */
    private record Doubtful(BitSet doubts, List<Long> alternatives) {}

    private final List<Kink> kinks = new ArrayList<>();
    private final List<Kink> near = new ArrayList<>();
    private final int[] names;
    private final BitSet[] everywhere;
    private final Map<Integer, Map<Integer, Doubtful>> integers = new HashMap<>();

    private final List<Met> met = new ArrayList<>();
    private Assignment equation;

    /** What integers that were read at this point depend on. */
    private BitSet read = NONE;

    /** Whether one of them may be anything. */
    private boolean readsUnbounded;

    /** The number of the first comparison that is met. */
    private final int first;

    /** @param first the number of the first comparison that is met */
    Doubts(int tensors, int first) {
        this.first = first;
        this.names = IntStream.range(0, tensors).toArray();
        this.everywhere = new BitSet[tensors];
        Arrays.fill(everywhere, NONE);
    }

    static BitSet union(BitSet a, BitSet b) {
        if (b.isEmpty() || a.equals(b)) {
            return a;
        }
        if (a.isEmpty()) {
            return b;
        }
        BitSet all = (BitSet) a.clone();
        all.or(b);
        return all.equals(a) ? a : all.equals(b) ? b : all;
    }

    List<Kink> kinks() {
        return kinks;
    }

    List<Kink> near() {
        return near;
    }

    List<Met> met() {
        return met;
    }

    /** What all elements of a tensor depend on. */
    BitSet everywhere(int tensor) {
        return everywhere[names[tensor]];
    }

    /** Whether the point is perhaps to be written where it is not, or the other way round. */
    boolean isOpen() {
        return isOpen(0) || readsUnbounded;
    }

    /** Lets a tensor be another name for one that exists. */
    void share(int tensor, int existing) {
        names[tensor] = names[existing];
    }

    void begin(Assignment next) {
        equation = next;
        met.clear();
        read = NONE;
        readsUnbounded = false;
    }

    boolean isOpen(int mark) {
        for (int i = mark; i < met.size(); i++) {
            if (met.get(i).open) {
                return true;
            }
        }
        return false;
    }

    void found(int mark) {
        if (isOpen(mark) || readsUnbounded) {
            int tensor = names[equation.target().tensor()];
            read = union(read, numbered(mark, 0));
            met.subList(mark, met.size()).clear();
            everywhere[tensor] = union(everywhere[tensor], read);
        }
    }

    void forget(int mark) {
        met.subList(mark, met.size()).clear();
    }

    /** All that the element depends on that is now written, but for what its value does. */
    BitSet settled(int offset) {
        BitSet all = union(read, numbered(0, offset));
        met.clear();
        return all;
    }

    private BitSet numbered(int mark, int offset) {
        BitSet numbers = NONE;
        for (Met one : met.subList(mark, met.size())) {
            Kink kink = new Kink(equation, offset, one.relation, one.left.exact(), one.right.exact(), one.isKnown());
            if (!one.open) {
                near.add(kink);
                continue;
            }
            if (kinks.size() < MOST) {
                kinks.add(kink);
            }
            BitSet single = new BitSet();
            single.set(Math.min(first + kinks.size(), MOST) - 1);
            numbers = union(numbers, single);
        }
        return numbers;
    }

    /** Integers by tensor and offset. */
    private Map<Integer, Doubtful> integers(int tensor) {
        return integers.computeIfAbsent(names[tensor], _ -> new HashMap<>());
    }

    void readInteger(int tensor, int offset) {
        Doubtful integer = integers(tensor).get(offset);
        if (integer != null) {
            read = union(read, integer.doubts);
            readsUnbounded |= integer.alternatives.isEmpty();
        }
    }

    /** What was added to an integer leaves no alternatives. */
    void wroteInteger(int tensor, int offset, List<Long> alternatives) {
        BitSet all = settled(offset);
        Doubtful before = equation.accumulates() ? integers(tensor).get(offset) : null;
        if (before != null) {
            integers(tensor).put(offset, new Doubtful(union(all, before.doubts), List.of()));
        } else if (all.isEmpty()) {
            integers(tensor).remove(offset);
        } else {
            integers(tensor).put(offset, new Doubtful(all, alternatives));
        }
    }

    List<Long> alternatives(int tensor, int offset) {
        Doubtful integer = integers(tensor).get(offset);
        return integer == null ? List.of() : integer.alternatives;
    }
}
