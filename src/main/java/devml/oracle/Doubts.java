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
 * The record that {@link OracleNumbers} keep of open comparisons and of the elements that depend on them. An open
 * comparison gets a number only when something that depends on it is written.
 */
final class Doubts {
    /** The empty set of doubts. Sets of doubts are shared, so none is changed once it is in use. */
    static final BitSet NONE = new BitSet(0);

    /** The number of comparisons that are told apart; all further ones share the last number. */
    static final int MOST = 4096;

    /**
     * A comparison that the current point has met; if it is not open, it is only close to a tie.
     *
     * @param decided whether the exact numbers decide it
     */
    record Met(Cond.Relation relation, Rounded left, Rounded right, boolean open, boolean decided) {
        /** Whether every implementation has both sides exactly. */
        boolean isKnown() {
            return left.error() == 0
                    && right.error() == 0
                    && left.exact().isExact()
                    && right.exact().isExact();
        }
    }

    /**
     * An integer that depends on open comparisons, with the other values that it might have; none if they are not
     * known.
     */
    private record Doubtful(BitSet doubts, List<Long> alternatives) {}

    private final List<Kink> kinks = new ArrayList<>();
    private final List<Kink> near = new ArrayList<>();
    private final int[] names;
    private final BitSet[] everywhere;
    private final Map<Integer, Map<Integer, Doubtful>> integers = new HashMap<>();

    private final List<Met> met = new ArrayList<>();
    private Assignment equation;

    /** The doubts of the integers that the current point has read. */
    private BitSet read = NONE;

    /** Whether one of these integers may have any value. */
    private boolean readsUnbounded;

    /** The number that the first open comparison gets. */
    private final int first;

    /**
     * @param first the number that the first open comparison gets
     */
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

    /** The doubts that all elements of a tensor share. */
    BitSet everywhere(int tensor) {
        return everywhere[names[tensor]];
    }

    /** Whether it is open if the current point writes its element. */
    boolean isOpen() {
        return isOpen(0) || readsUnbounded;
    }

    /** Makes a tensor another name for one that exists. */
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

    /** Returns the doubts of the element that is now written, except those of its value. */
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

    /** The doubtful integers of a tensor, by offset. */
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

    /** Records an integer; where a doubtful one is added to, the alternatives are no longer known. */
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
