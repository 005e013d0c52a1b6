package devml.check;

import devml.fault.Nearest;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Named tensors held against named references.
 *
 * @param results one a name: first those that were computed, in their order, then those that only the reference names
 */
public record Comparison(List<TensorResult> results) {

    public Comparison {
        results = List.copyOf(results);
    }

    /**
     * Two sets that should be the same: a name that only one of them has fails.
     *
     * @param tolerance gives the tolerance for a value and its reference, such as {@link Tolerance#between}
     */
    public static Comparison ofEqualNames(
            Map<String, Tensor> values,
            Map<String, Tensor> references,
            BiFunction<Tensor, Tensor, Tolerance> tolerance) {
        return of(values, references, tolerance, values.keySet(), true);
    }

    /**
     * What was computed against a reference that may hold a part of it. What the reference names must have been
     * computed. What it does not name is left out, but for what it should name.
     *
     * @param tolerance gives the tolerance for a value and its reference, such as {@link Tolerance#between}
     * @param wanted the names that a complete reference has; each that it lacks is listed
     * @param strict whether lacking one of them fails
     */
    public static Comparison of(
            Map<String, Tensor> values,
            Map<String, Tensor> references,
            BiFunction<Tensor, Tensor, Tolerance> tolerance,
            Set<String> wanted,
            boolean strict) {
        List<TensorResult> results = new ArrayList<>();
        values.forEach((name, value) -> {
            Tensor reference = references.get(name);
            if (reference == null) {
                if (wanted.contains(name)) {
                    results.add(new TensorResult.Unexpected(name, value.shape(), strict));
                }
            } else if (!value.shape().equals(reference.shape())) {
                results.add(new TensorResult.ShapeMismatch(name, value.shape(), reference.shape()));
            } else {
                results.add(EntryComparison.of(name, value, reference, tolerance.apply(value, reference)));
            }
        });
        List<String> unmatched = values.keySet().stream()
                .filter(name -> !references.containsKey(name))
                .toList();
        references.forEach((name, reference) -> {
            if (!values.containsKey(name)) {
                results.add(new TensorResult.Missing(name, reference.shape(), Nearest.guess(name, unmatched)));
            }
        });
        return new Comparison(results);
    }

    /**
     * The gravest verdict of a tensor; a failure where there was nothing to compare. Tensors without a required
     * reference do not count, only those that have one.
     */
    public Verdict verdict() {
        return isVacuous()
                ? Verdict.FAIL
                : Verdict.worst(results.stream().map(TensorResult::verdict).filter(v -> v != Verdict.UNCHECKED));
    }

    /**
     * Whether it would pass only because no number was held against another: the reference is empty, or all its tensors
     * are.
     */
    public boolean isVacuous() {
        return count(Verdict.FAIL) == 0 && count(Verdict.INCONCLUSIVE) == 0 && worst().isEmpty();
    }

    /** How many tensors have a verdict. */
    public int count(Verdict verdict) {
        return (int)
                results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** The tensor with the entry that lies farthest beyond its bound; absent where no entry was compared. */
    public Optional<TensorResult.Compared> worst() {
        return compared().stream()
                .filter(tensor -> tensor.worst().isPresent())
                .max(Comparator.comparingDouble(TensorResult.Compared::multiple));
    }

    private List<TensorResult.Compared> compared() {
        return results.stream()
                .filter(TensorResult.Compared.class::isInstance)
                .map(TensorResult.Compared.class::cast)
                .toList();
    }
}
