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
 * The result of comparing named tensors with named references.
 *
 * @param results one per name: first the computed tensors in their order, then those that only the reference has
 */
public record Comparison(List<TensorResult> results) {

    public Comparison {
        results = List.copyOf(results);
    }

    /**
     * Compares two sets that should have the same names: a name that only one of them has is a failure.
     *
     * @param tolerance returns the tolerance for a value and its reference, such as {@link Tolerance#between}
     */
    public static Comparison ofEqualNames(
            Map<String, Tensor> values,
            Map<String, Tensor> references,
            BiFunction<Tensor, Tensor, Tolerance> tolerance) {
        return of(values, references, tolerance, values.keySet(), true);
    }

    /**
     * Compares computed tensors with a reference that may hold only some of them. Every tensor of the reference must
     * have been computed. Computed tensors that the reference does not have are ignored, except for those in
     * {@code wanted}.
     *
     * @param tolerance returns the tolerance for a value and its reference, such as {@link Tolerance#between}
     * @param wanted the names that a complete reference has; each that it lacks is listed
     * @param strict whether the lack of one of them is a failure
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
     * The gravest verdict of a tensor; a failure if nothing was compared. Tensors without a reference that is required
     * do not count.
     */
    public Verdict verdict() {
        return isVacuous()
                ? Verdict.FAIL
                : Verdict.worst(results.stream().map(TensorResult::verdict).filter(v -> v != Verdict.UNCHECKED));
    }

    /**
     * Whether the comparison would pass only because no number was compared: the reference is empty, or all its tensors
     * are.
     */
    public boolean isVacuous() {
        return count(Verdict.FAIL) == 0 && count(Verdict.INCONCLUSIVE) == 0 && worst().isEmpty();
    }

    /** The number of tensors with the given verdict. */
    public int count(Verdict verdict) {
        return (int)
                results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** The tensor with the entry that lies farthest beyond its bound; absent if no entry was compared. */
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
