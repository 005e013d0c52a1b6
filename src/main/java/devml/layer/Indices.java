package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.fault.Fault;
import devml.fault.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The indices of one equation: the free ones, which the target or a {@code +=} brings, and those that reductions bind.
 * The loops that can drop a point form a stack of frames.
 */
final class Indices {

    /** A loop whose points can be dropped: a reduction, or the equation itself if it accumulates. */
    final class Frame {
        private final Set<Integer> slots;
        private final int mixedAround = mixed;
        private Cond edges = Cond.TRUE;
        private final Set<Cond> known = new HashSet<>();

        private Frame(Set<Integer> slots) {
            this.slots = slots;
        }

        /** What must hold for a point to take part. */
        Cond edges() {
            return edges;
        }

        /** Whether what is looked at now is no factor of the whole body. */
        boolean isMixed() {
            return mixed > mixedAround;
        }

        /** Whether a factor of the whole body, or the target, drops the points at which this fails. */
        boolean requires(Cond condition) {
            return known.contains(condition);
        }

        void require(Cond condition) {
            if (known.add(condition)) {
                edges = Cond.and(edges, condition);
            }
        }
    }

    /** Whether an equation may bring a new free index at the moment. */
    enum Freedom {
        NONE,
        ALLOWED,
        CLOSED
    }

    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final List<Integer> extents = new ArrayList<>();
    private final Map<String, Integer> free = new LinkedHashMap<>();
    private final Set<Integer> unread = new HashSet<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Freedom freedom = Freedom.NONE;

    /** How deep inside of what is no factor of what surrounds it. */
    private int mixed;

    void setFreedom(Freedom freedom) {
        this.freedom = freedom;
    }

    Optional<Int> find(String name) {
        return Optional.ofNullable(slots.get(name)).map(Int.Index::new);
    }

    /** A free index met for the first time. */
    Int free(String name, int extent, Place place) {
        switch (freedom) {
            case NONE ->
                throw Fault.at(place, "the index '" + name + "' has no meaning here: only options and sizes do");
            case CLOSED ->
                throw Fault.at(
                        place,
                        "the index '%s' is not bound: the target names only %s; a reduction such as sum(%s: …) binds it"
                                .formatted(
                                        name, free.isEmpty() ? "constants" : String.join(", ", free.keySet()), name));
            case ALLOWED -> {}
        }
        int slot = add(name, extent);
        free.put(name, slot);
        return new Int.Index(slot);
    }

    /** A free index that an absent tensor names, if a new one may be brought here. */
    void freeUnread(String name, int extent) {
        if (freedom == Freedom.ALLOWED) {
            int slot = add(name, extent);
            free.put(name, slot);
            unread.add(slot);
        }
    }

    /** Those of the free indices that an absent tensor named first. */
    Set<Integer> unread() {
        return Collections.unmodifiableSet(unread);
    }

    /** An index that a reduction binds. */
    int bind(String name, int extent, Place place) {
        if (slots.containsKey(name)) {
            throw Fault.at(
                    place, "the index '" + name + "' has a meaning here already; a prime makes another: " + name + "'");
        }
        return add(name, extent);
    }

    private int add(String name, int extent) {
        int slot = extents.size();
        extents.add(extent);
        slots.put(name, slot);
        return slot;
    }

    Frame open(List<Integer> bound) {
        Frame frame = new Frame(Set.copyOf(bound));
        frames.push(frame);
        return frame;
    }

    /** Opens the frame of an equation that accumulates: all free indices are its own, those still to come too. */
    Frame openEquation() {
        Frame frame = new Frame(Collections.emptySet());
        frames.push(frame);
        return frame;
    }

    void close(List<String> names) {
        frames.pop();
        names.forEach(slots::remove);
    }

    /** The innermost loop that runs over one of the indices; that of the equation, if it can drop points. */
    Optional<Frame> frameOf(Set<Integer> used) {
        for (Frame frame : frames) {
            boolean isEquation = frame.slots.isEmpty();
            if (isEquation || frame.slots.stream().anyMatch(used::contains)) {
                return Optional.of(frame);
            }
        }
        return Optional.empty();
    }

    /** Looks at something that is not a factor of what surrounds it. */
    <T> T mixed(Supplier<T> work) {
        mixed++;
        T result = work.get();
        mixed--;
        return result;
    }

    /** The free indices in the order in which they were met, each with its slot. */
    Map<String, Integer> freeIndices() {
        return Collections.unmodifiableMap(free);
    }

    /** Whether some loop visits no point, so that nothing is ever accessed. */
    boolean isEmpty() {
        return extents.contains(0);
    }

    List<Integer> extents() {
        return Collections.unmodifiableList(extents);
    }

    List<Integer> extents(List<Integer> slots) {
        List<Integer> some = new ArrayList<>();
        for (int slot : slots) {
            some.add(extents.get(slot));
        }
        return some;
    }
}
