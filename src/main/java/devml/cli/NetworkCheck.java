package devml.cli;

import devml.check.Certificate;
import devml.check.Comparison;
import devml.check.FileComparison;
import devml.check.ReferenceNames;
import devml.check.Tolerance;
import devml.fault.Fault;
import devml.fault.Place;
import devml.format.TensorFiles;
import devml.layer.BoundTensor;
import devml.network.BoundNode;
import devml.network.Expectation;
import devml.network.InputSpec;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.run.Proof;
import devml.run.Runner;
import devml.run.Selection;
import devml.run.Workload;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Runs a network and compares what it computes with a reference or with a proof.
 *
 * @param main the command {@code devml}, for its console
 * @param workloads the options for running networks
 * @param comparisons the options for comparing
 * @param given the reference of the command line; if absent, that of the network file is used
 * @param strict whether the reference must have every parameter's gradient
 */
record NetworkCheck(
        Main main, WorkloadOptions workloads, ComparisonOptions comparisons, Optional<Path> given, boolean strict) {

    /**
     * Compares what a network computes with the reference.
     *
     * @throws Fault if the network cannot be run, or there is no reference
     */
    FileComparison of(Path path, Workload workload) {
        NetworkFile file = workload.network().file();
        Map<String, Tensor> references = references(file);
        Network network = workload.network();
        Set<String> parameters = Runner.parameters(network);
        Set<String> gradients = new LinkedHashSet<>(parameters);
        network.inputs().keySet().stream().filter(references::containsKey).forEach(gradients::add);
        Runner.Result result;
        try (Progress progress = Progress.of(main, "batches", Runner.batches(workload))) {
            result = Runner.run(workload, gradients, workloads.evaluators(), progress);
        }
        Comparison comparison = Comparison.of(
                named(result, gradients), references, comparisons.tolerance(tolerance(file)), parameters, strict);
        return new FileComparison(path.toString(), comparison, places(network));
    }

    /**
     * Proves the gradients, and compares the computed ones with the proof, and the reference too if there is one.
     *
     * @param distance comparisons whose sides are at most this far apart are listed even if they are not open
     */
    List<FileComparison> proven(Path path, Workload workload, double distance) {
        NetworkFile file = workload.network().file();
        Network network = workload.network();
        Map<String, Tensor> references = given.isPresent() || file.expect().isPresent() ? references(file) : Map.of();
        Set<String> gradients = Selection.gradients(network, false);
        network.inputs().keySet().stream().filter(references::containsKey).forEach(gradients::add);
        Proof proof;
        try (Progress progress = Progress.of(main, "batches", Runner.batches(workload))) {
            proof = Proof.of(workload, gradients, distance, workloads.threads(), progress);
        }
        Certificate certificate = Certificate.of(proof, gradients);
        Runner.Result result = Runner.run(workload, gradients, workloads.evaluators(), _ -> {});
        Map<String, Tensor> computed = named(result, gradients);
        computed.keySet().removeIf(name -> name.startsWith("values/"));
        List<FileComparison> results = new ArrayList<>();
        results.add(new FileComparison(
                path.toString(),
                certificate.compare(computed, Optional.empty()),
                places(network),
                Optional.of(certificate)));
        if (!references.isEmpty()) {
            Path reference =
                    given.orElseGet(() -> file.expect().get().reference().path());
            results.add(new FileComparison(
                    path + ", " + reference,
                    certificate.compareReferences(references, this.comparisons.tolerance()),
                    places(network)));
        }
        return results;
    }

    private Map<String, Tensor> references(NetworkFile file) {
        if (given.isPresent()) {
            return ReferenceNames.canonical(TensorFiles.readAll(given.get()));
        }
        Expectation expectation = file.expect()
                .orElseThrow(() -> Fault.of(file.source().name()
                        + ": there is nothing to check against; give --reference, or 'expect:' in the network file"));
        try {
            return ReferenceNames.canonical(
                    TensorFiles.readAll(expectation.reference().path()));
        } catch (Fault fault) {
            throw fault.within(expectation.reference().place());
        }
    }

    /** The tolerances of the network file, instead of the defaults. They apply only to its own reference. */
    private BiFunction<Tensor, Tensor, Tolerance> tolerance(NetworkFile file) {
        Optional<Expectation> expectation = file.expect().filter(_ -> given.isEmpty());
        return (value, reference) -> {
            Tolerance usual = Tolerance.between(value, reference);
            return new Tolerance(
                    expectation.flatMap(Expectation::rtol).orElse(usual.rtol()),
                    expectation.flatMap(Expectation::atol).orElse(usual.atol()));
        };
    }

    /** Returns everything that was computed, under the names that references use. */
    private static Map<String, Tensor> named(Runner.Result result, Set<String> gradients) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        gradients.stream()
                .filter(result.gradients()::containsKey)
                .forEach(name -> named.put(name, result.gradients().get(name)));
        result.values().forEach((name, value) -> named.put("values/" + name, value));
        result.loss().ifPresent(loss -> named.put("loss", loss));
        return named;
    }

    private static Map<String, Place> places(Network network) {
        Map<String, Place> places = new HashMap<>();
        for (InputSpec input : network.file().inputs()) {
            places.put(input.name(), input.place());
        }
        for (BoundNode node : network.nodes()) {
            places.put("values/" + node.name(), node.place());
            for (BoundTensor tensor : node.layer().tensors()) {
                places.put(node.name() + "." + tensor.name(), node.place());
                places.put("values/" + node.name() + "." + tensor.name(), node.place());
            }
        }
        network.file().layers().forEach(layer -> places.put("values/" + layer.name(), layer.place()));
        places.put("loss", network.output().place());
        return places;
    }
}
