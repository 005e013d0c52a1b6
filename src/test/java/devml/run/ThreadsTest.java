package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Workers;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bits of every gradient are the same for any number of threads. */
class ThreadsTest {

    @ParameterizedTest
    @CsvSource({
        "networks/lenet5.yaml, FLOAT64",
        "networks/lenet5.yaml, FLOAT32",
        "networks/resnet.yaml, FLOAT64",
        "networks/mlp.yaml, FLOAT64"
    })
    void doNotChangeABit(Path file, DType dtype) {
        Workload workload =
                Workload.load(NetworkFile.read(file), new Workload.Overrides(Optional.of(dtype), Optional.empty()));
        Map<String, Tensor> alone = bits(workload, 1);
        for (int threads : new int[] {2, 3, 8}) {
            Map<String, Tensor> several = bits(workload, threads);
            alone.forEach((name, gradient) -> {
                for (int i = 0; i < gradient.size(); i++) {
                    assertThat(several.get(name).get(i))
                            .as("%s[%d] with %d threads", name, i, threads)
                            .isEqualTo(gradient.get(i));
                }
            });
        }
    }

    private static Map<String, Tensor> bits(Workload workload, int threads) {
        Workers workers = new Workers(threads);
        return new TreeMap<>(Runner.run(
                        workload,
                        Runner.parameters(workload.network()),
                        (type, tensors) -> new FastEvaluator(type, tensors, workers),
                        _ -> {})
                .gradients());
    }
}
