package devml.check;

import devml.fault.Fault;
import devml.run.Enclosure;
import devml.run.Proof;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statement of a proof about a network as a whole; {@code check --oracle} compares gradients with it and prints the
 * tolerance that it justifies.
 *
 * @param proof the proof that it summarises
 * @param tolerance the justified tolerance for all gradients at once; absent if no entry has a bound
 * @param leftOut the number of entries that it does not cover: those without a bound, and those that depend on open
 *     comparisons
 */
public record Certificate(Proof proof, Optional<Tolerance> tolerance, int leftOut) {

    /** Summarises the proof of the gradients with the given names. */
    public static Certificate of(Proof proof, Set<String> gradients) {
        List<Enclosure> enclosures = gradients.stream()
                .filter(proof.tensors()::containsKey)
                .map(proof.tensors()::get)
                .toList();
        JustifiedTolerance justified = JustifiedTolerance.of(enclosures);
        return new Certificate(proof, justified.tolerance(), justified.leftOut());
    }

    /**
     * Compares those of the given tensors that have a proof with it.
     *
     * @param tolerance replaces the bounds of the error analysis
     */
    public Comparison compare(Map<String, Tensor> values, Optional<Tolerance> tolerance) {
        List<TensorResult> results = new ArrayList<>();
        values.forEach((name, value) -> {
            Enclosure exact = proof.tensors().get(name);
            if (exact != null) {
                results.add(result(name, value, exact, tolerance));
            }
        });
        return new Comparison(results);
    }

    /**
     * Compares references with the proof; a name for which nothing is proven is reported as missing.
     *
     * @throws Fault if a reference has another precision than the proof is about
     */
    public Comparison compareReferences(Map<String, Tensor> references, Optional<Tolerance> tolerance) {
        Map<String, Tensor> known = new LinkedHashMap<>();
        List<TensorResult> unknown = new ArrayList<>();
        references.forEach((name, reference) -> {
            if (proof.tensors().containsKey(name)) {
                requirePrecision(name, reference, tolerance);
                known.put(name, reference);
            } else {
                unknown.add(new TensorResult.Missing(name, reference.shape(), ""));
            }
        });
        List<TensorResult> results = new ArrayList<>(compare(known, tolerance).results());
        results.addAll(unknown);
        return new Comparison(results);
    }

    private void requirePrecision(String name, Tensor reference, Optional<Tolerance> tolerance) {
        if (proof.dtype() == DType.FLOAT64 && reference instanceof Tensor.Floats && tolerance.isEmpty()) {
            throw Fault.of("the reference '" + name + "' is float32, and the errors of float64 are bounded: "
                    + "run with --dtype float32, or say what to allow by --rtol and --atol");
        }
    }

    private TensorResult result(String name, Tensor value, Enclosure exact, Optional<Tolerance> tolerance) {
        return value.shape().equals(exact.midpoint().shape())
                ? ProofComparison.of(name, value, exact, proof.dtype(), tolerance)
                : new TensorResult.ShapeMismatch(
                        name, value.shape(), exact.midpoint().shape());
    }
}
