package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Kernels;
import devml.fast.Workers;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of no samples yields gradients of zeros, as in PyTorch. */
class EmptyBatchTest {
    private static final Workers WORKERS = new Workers(1, Kernels.PLAIN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{zeros: [0, 3]} | p: {layer: prelu, num_parameters: 3}",
                "{zeros: [0, 1, 1]} | p: prelu",
                "{zeros: [3, 0, 0]} | p: prelu",
                "{zeros: [0, 3, 6, 5]} | c: {layer: conv2d, out_channels: 2, kernel_size: 3, padding: 1}",
                "{zeros: [0, 3]} | l: {layer: linear, out_features: 2}"
            })
    void hasGradientsOfZeros(String words, @TempDir Path folder) throws IOException {
        String[] parts = words.split(" \\| ", 2);
        Path file = Files.writeString(
                folder.resolve("net.yaml"),
                "network: empty\ninputs: {x: %s}\nlayers:\n  %s\n  p2: {layer: prelu}\n".formatted(parts[0], parts[1]));
        Workload workload = Workload.load(NetworkFile.read(file), Workload.Overrides.NONE);
        Map<String, Tensor> fast = gradients(workload, (dtype, program) -> new FastEvaluator(dtype, program, WORKERS));
        Map<String, Tensor> reference = gradients(workload, ReferenceEvaluator::new);
        assertThat(fast.keySet()).isEqualTo(reference.keySet()).contains("p2.weight");
        fast.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.size(); i++) {
                assertThat(gradient.get(i)).as("d%s[%d]", name, i).isZero();
                assertThat(reference.get(name).get(i)).isZero();
            }
        });
    }

    private static Map<String, Tensor> gradients(Workload workload, Runner.Evaluators evaluators) {
        return Runner.run(workload, Runner.parameters(workload.network()), evaluators, _ -> {})
                .gradients();
    }
}
