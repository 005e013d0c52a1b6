package devml.rounding;

import devml.equation.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Which tensors hold the errors of which. A tensor without one is exact. The error of a tensor of integers is 0 where
 * the integer is surely right.
 */
final class Errors {
    private final Map<Integer, Integer> errors = new HashMap<>();
    private final Map<Integer, Integer> sizes = new HashMap<>();
    private final IntUnaryOperator original;
    private int count;

    /**
     * Starts with exact tensors.
     *
     * @param count how many tensors there are
     * @param original the tensor that another is only another name for
     */
    Errors(int count, IntUnaryOperator original) {
        this.count = count;
        this.original = original;
    }

    int count() {
        return count;
    }

    /** The tensors that were added, and their sizes. */
    Map<Integer, Integer> sizes() {
        return sizes;
    }

    Optional<Integer> of(int tensor) {
        return Optional.ofNullable(errors.get(original.applyAsInt(tensor)));
    }

    /** The errors of a tensor, as it is seen; new if there are none yet. */
    View make(View view) {
        int error = errors.computeIfAbsent(original.applyAsInt(view.tensor()), t -> add(view.size()));
        return like(view, error);
    }

    /** The errors of a tensor, as it is seen, if it may have any. */
    Optional<View> of(View view) {
        return of(view.tensor()).map(error -> like(view, error));
    }

    /** A tensor for what is worked out on the way. */
    View temporary(View like) {
        return like(like, add(like.size()));
    }

    private static View like(View view, int tensor) {
        return new View(tensor, "error of " + view.name(), view.extents());
    }

    private int add(int size) {
        sizes.put(count, size);
        return count++;
    }
}
