package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Kernels;
import devml.fast.Workers;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors that take each other's room leave every bit as it is. */
class LifetimesTest {
    private static final Workers WORKERS = new Workers(1, Kernels.PLAIN);

    static List<Path> networks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("networks"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void roomThatIsUsedAgainChangesNoBit(Path file) {
        Workload workload = Workload.load(NetworkFile.read(file), Workload.Overrides.NONE);
        Program all = Program.of(workload.network(), Runner.parameters(workload.network()));
        Program few = all.keeping(_ -> false);
        Evaluator evaluator = new FastEvaluator(workload.dtype(), few, WORKERS);
        run(few, evaluator, workload); // leaves numbers in the room that the second pass takes
        Map<String, Tensor> again = run(few, evaluator, workload);
        Map<String, Tensor> once = run(all, new FastEvaluator(workload.dtype(), all, WORKERS), workload);
        assertThat(again.keySet()).isEqualTo(once.keySet());
        once.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.size(); i++) {
                assertThat(Double.doubleToRawLongBits(again.get(name).get(i)))
                        .as("d%s[%d]", name, i)
                        .isEqualTo(Double.doubleToRawLongBits(gradient.get(i)));
            }
        });
    }

    private static Map<String, Tensor> run(Program program, Evaluator evaluator, Workload workload) {
        Workload.Batch batch = workload.batch(0);
        return Execution.run(program, evaluator, batch.inputs(), workload.parameters(), batch.cotangent())
                .gradients();
    }
}
