package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fast.Workers;
import devml.fault.Fault;
import devml.fault.Source;
import devml.network.NetworkFile;
import devml.tensor.Tensor;
import devml.yaml.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loss of every case, whatever its options, yields batch by batch what it yields of all samples, or is refused. */
class BatchedLossesTest {
    private static final Workers WORKERS = new Workers(1);

    /** Cases without samples in the first dimension of each input. */
    private static final Pattern UNCUT =
            Pattern.compile("unbatched|rank-0|scalar|-1d-|broadcast-scalar-(second-)?mean|no-samples|target-of-one"
                    + "|broadcast-(target-larger|.*of-more-dim|.*of-many-more|variance-of-one)");

    static List<Path> losses() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("testdata/layers"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> NetworkFile.read(file).loss().isPresent())
                    .filter(file -> !file.endsWith("flatten/of-targets.yaml")) // six samples, of labels in two rows
                    .sorted()
                    .toList();
        }
    }

    static List<Path> cut() throws IOException {
        return losses().stream().filter(file -> !isUncut(file)).toList();
    }

    static List<Path> uncut() throws IOException {
        return losses().stream().filter(BatchedLossesTest::isUncut).toList();
    }

    private static boolean isUncut(Path file) {
        return UNCUT.matcher(file.toString()).find();
    }

    @ParameterizedTest
    @MethodSource("cut")
    void agreeWithTheWhole(Path file) throws IOException {
        String text = Files.readString(file);
        for (String same : new LinkedHashSet<>(List.of(text, text.replace("reduction: mean", "reduction: none")))) {
            Map<String, Tensor> whole = run(file, same);
            for (int batch : new int[] {1, 2, 3}) {
                Map<String, Tensor> found = run(file, same + "\nbatch: " + batch + "\n");
                assertThat(found.keySet()).isEqualTo(whole.keySet());
                whole.forEach((name, expected) -> {
                    assertThat(found.get(name).shape()).as(name).isEqualTo(expected.shape());
                    assertThat(CasesTest.error(found.get(name), expected))
                            .as(name + " of " + batch)
                            .isLessThanOrEqualTo(CasesTest.TOLERANCE);
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("uncut")
    void refuseOtherwise(Path file) throws IOException {
        String text = Files.readString(file) + "\nbatch: 1\n";
        List<Integer> first = load(file, Files.readString(file)).inputs().values().stream()
                .findFirst()
                .orElseThrow()
                .dims();
        if (first.equals(List.of(1))) {
            return; // one batch
        }
        assertThatThrownBy(() -> load(file, text)).isInstanceOf(Fault.class).hasMessageContaining("'batch'");
    }

    private static Map<String, Tensor> run(Path file, String text) {
        Workload workload = load(file, text);
        Set<String> wanted = new LinkedHashSet<>(Runner.parameters(workload.network()));
        wanted.addAll(workload.inputs().keySet());
        return CasesTest.named(
                Runner.run(workload, wanted, (dtype, program) -> new FastEvaluator(dtype, program, WORKERS), _ -> {}));
    }

    private static Workload load(Path file, String text) {
        Document document = Document.read(new Source(file.toString(), text));
        return Workload.load(NetworkFile.read(document, file.getParent(), "case"), Workload.Overrides.NONE);
    }
}
