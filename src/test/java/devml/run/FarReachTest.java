package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import devml.fast.Kernels;
import devml.fast.Workers;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strides, paddings and dilations that reach billions of elements beyond a small tensor cost no more than small ones. */
class FarReachTest {
    private static final Workers WORKERS = new Workers(1, Kernels.PLAIN);

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "[2, 4, 6] | {layer: conv1d, out_channels: 3, kernel_size: 1, stride: 9223372036854775807}",
                "[2, 4, 6] | {layer: conv1d, out_channels: 3, kernel_size: 2, padding: 2147483647, stride: 2000000000}",
                "[2, 4, 6] | {layer: conv1d, out_channels: 3, kernel_size: 3, padding: 3000000000, dilation: 3000000000}",
                "[2, 4, 6] | {layer: conv1d, out_channels: 3, kernel_size: 2, stride: 2000000000}",
                "[2, 4, 6, 5] | {layer: conv2d, out_channels: 3, kernel_size: 1, stride: 9223372036854775807}",
                "[2, 4, 6, 5] | {layer: conv2d, out_channels: 3, kernel_size: 2, padding: 2305843009213693952, stride: 4611686018427387904}",
                "[2, 4, 6, 5] | {layer: conv2d, out_channels: 3, kernel_size: [2, 1], padding: [1073741824, 0], stride: [1073741824, 1]}",
                "[2, 4, 6, 5] | {layer: max_pool2d, kernel_size: [1, 2], stride: 9223372036854775807}",
                "[2, 4, 6, 5] | {layer: unfold, kernel_size: 2, padding: 2147483647, stride: 2000000000}",
                "[2, 4, 1] | {layer: conv_transpose1d, out_channels: 3, kernel_size: 2, stride: 9223372036854775807}"
            })
    void costsNothing(String words, @TempDir Path folder) throws IOException {
        String[] parts = words.split(" \\| ", 2);
        Path file = Files.writeString(
                folder.resolve("net.yaml"),
                "inputs: {x: {rand: %s}}\nlayers: {far: %s}\nrandom: {seed: 1}\n".formatted(parts[0], parts[1]));
        Workload workload = Workload.load(NetworkFile.read(file), Workload.Overrides.NONE);
        Map<String, Tensor> fast = gradients(workload, (dtype, program) -> new FastEvaluator(dtype, program, WORKERS));
        Map<String, Tensor> reference = gradients(workload, ReferenceEvaluator::new);
        assertThat(fast.keySet()).isEqualTo(reference.keySet()).contains("x");
        fast.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.size(); i++) {
                assertThat(gradient.get(i))
                        .as("d%s[%d]", name, i)
                        .isCloseTo(reference.get(name).get(i), within(1e-12));
            }
        });
    }

    private static Map<String, Tensor> gradients(Workload workload, Runner.Evaluators evaluators) {
        Set<String> wanted = new HashSet<>(Runner.parameters(workload.network()));
        wanted.add("x");
        return Runner.run(workload, wanted, evaluators, _ -> {}).gradients();
    }
}
