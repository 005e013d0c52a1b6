package devml.rounding;

import devml.equation.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Maps each tensor to the tensor that holds its errors, and allocates such tensors. A tensor without one is exact. The
 * error of an integer element is 0 where the integer is certainly right.
 */
final class Errors {
    private final Map<Integer, Integer> errors = new HashMap<>();
    private final Map<Integer, Integer> sizes = new HashMap<>();
    private final IntUnaryOperator original;
    private int count;

    /**
     * Starts with all tensors exact.
     *
     * @param count the number of tensors of the program
     * @param original the tensor that a tensor is another name for; the tensor itself if it is none
     */
    Errors(int count, IntUnaryOperator original) {
        this.count = count;
        this.original = original;
    }

    int count() {
        return count;
    }

    /** The sizes of the tensors that were added. */
    Map<Integer, Integer> sizes() {
        return sizes;
    }

    Optional<Integer> of(int tensor) {
        return Optional.ofNullable(errors.get(original.applyAsInt(tensor)));
    }

    /** Returns the errors of a tensor, addressed like the given view; they are allocated at the first call. */
    View make(View view) {
        int error = errors.computeIfAbsent(original.applyAsInt(view.tensor()), t -> add(view.size()));
        return like(view, error);
    }

    /** Returns the errors of a tensor, addressed like the given view, if it has any. */
    Optional<View> of(View view) {
        return of(view.tensor()).map(error -> like(view, error));
    }

    /** Allocates a tensor for intermediate results, addressed like the given view. */
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
