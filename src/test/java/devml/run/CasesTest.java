package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Workers;
import devml.format.TensorFiles;
import devml.layer.Catalogue;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every case under testdata against the gradients and values that PyTorch computed for it in float64. */
class CasesTest {
    private static final Path LAYERS = Path.of("testdata/layers");

    /**
     * Relative to the largest entry of a tensor. Both sides round in float64, in different orders; the sums here have at
     * most a few hundred terms of like size, whose rounding errors stay below 1e-13 of the largest.
     */
    static final double TOLERANCE = 1e-12;

    private static final Workers WORKERS = new Workers(2);

    /** While one layer is written: {@code -Dcases=conv} runs only the cases with that in their paths. */
    private static final String ONLY = System.getProperty("cases", "");

    static List<Path> cases() throws IOException {
        return everyCase().stream()
                .filter(file -> file.toString().contains(ONLY))
                .toList();
    }

    private static List<Path> everyCase() throws IOException {
        try (Stream<Path> layers = Files.walk(LAYERS);
                Stream<Path> notebook = Files.walk(Path.of("testdata/notebook"));
                Stream<Path> networks = Files.list(Path.of("networks"))) {
            return Stream.of(layers, notebook, networks)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> NetworkFile.read(file).expect().isPresent())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void referenceAgreesWithPyTorch(Path file) {
        check(file, ReferenceEvaluator::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fastAgreesWithPyTorch(Path file) {
        check(file, (dtype, program) -> new FastEvaluator(dtype, program, WORKERS));
    }

    /** Runs a network and compares every gradient and value with what it expects. */
    static void check(Path file, Runner.Evaluators evaluators) {
        NetworkFile network = NetworkFile.read(file);
        Map<String, Tensor> expected =
                TensorFiles.readAll(network.expect().orElseThrow().reference().path());
        Workload workload = Workload.load(network, Workload.Overrides.NONE);
        Set<String> wanted = new LinkedHashSet<>(Runner.parameters(workload.network()));
        workload.inputs().keySet().stream().filter(expected::containsKey).forEach(wanted::add);
        Runner.Result result = Runner.run(workload, wanted, evaluators, _ -> {});

        Map<String, Tensor> computed = named(result);
        assertThat(computed).containsKeys(expected.keySet().toArray(String[]::new));
        assertThat(expected.keySet()).as("the expected gradients").containsAll(Runner.parameters(workload.network()));
        expected.forEach((name, tensor) -> {
            assertThat(computed.get(name).shape()).as(name).isEqualTo(tensor.shape());
            assertThat(error(computed.get(name), tensor)).as(name).isLessThanOrEqualTo(TOLERANCE);
        });
    }

    /** All that was computed, under the names of what is expected. */
    static Map<String, Tensor> named(Runner.Result result) {
        Map<String, Tensor> computed = new LinkedHashMap<>(result.gradients());
        result.values().forEach((name, value) -> computed.put("values/" + name, value));
        result.loss().ifPresent(loss -> computed.put("loss", loss));
        return computed;
    }

    /** The largest difference over the largest finite reference; NaN and infinities must be the same ones. */
    static double error(Tensor computed, Tensor expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.size(); i++) {
            double a = computed.get(i);
            double b = expected.get(i);
            if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
                largest = Double.isFinite(b) ? Math.max(largest, Math.abs(b)) : largest;
                continue;
            }
            if (!Double.isFinite(a) || !Double.isFinite(b)) {
                return Double.POSITIVE_INFINITY;
            }
            largest = Math.max(largest, Math.abs(b));
            difference = Math.max(difference, Math.abs(a - b));
        }
        return difference == 0 ? 0 : difference / largest;
    }

    @Test
    void everyLayerHasACase() throws IOException {
        List<Path> all = everyCase();
        for (String layer : Catalogue.shipped()) {
            assertThat(all).as("cases of " + layer).anyMatch(file -> file.startsWith(LAYERS.resolve(layer)));
        }
    }
}
