package devml.fast;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Arrays that no tensor takes at the moment. What was given back last is taken first: it is the most likely to be in a
 * cache.
 *
 * @param <A> the type of the arrays
 */
final class ArrayPool<A> {
    private final Map<Integer, Deque<A>> arrays = new HashMap<>();

    void give(int size, A array) {
        arrays.computeIfAbsent(size, _ -> new ArrayDeque<>()).addLast(array);
    }

    /** An array of a size, if there is one. */
    Optional<A> take(int size) {
        return Optional.ofNullable(arrays.get(size)).map(Deque::pollLast);
    }
}
