package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import devml.format.Format;
import devml.format.TensorFiles;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunCommandTest {
    private static final String NETWORK = "networks/simple-backpropagation.yaml";

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private Devml run(Object... options) {
        return Devml.run(Stream.concat(Stream.of("run", NETWORK, "--out", out()), Stream.of(options))
                .toArray());
    }

    @Test
    void printsATableAndTheLoss() {
        assertThat(run()).isEqualTo(new Devml(0, """
                        tensor       shape                 norm           min          max
                        conv.weight  (2, 2, 2, 2)   33.52798343   -1.68263834  19.09045317
                        conv.bias    (2,)            1.40283632   -0.0631696    1.40141334
                        fc.weight    (3, 8)        144.82370864  -46.10517854  46.10517854
                        fc.bias      (3,)            1.41421356   -1.           1.
                        loss 46.215193346342886
                        """, "wrote " + out() + System.lineSeparator()));
    }

    /** Else neither run nor check would have anything to show. */
    @Test
    void withoutParametersTheGradientsAreThoseOfTheInputs() throws IOException {
        Path network = Files.writeString(folder.resolve("act.yaml"), """
                inputs: {x: [[0.5, -2]]}
                layers: {act: {layer: relu}}
                """);
        assertThat(Devml.run("run", network, "--out", out()).code()).isZero();
        assertThat(TensorFiles.readAll(out())).containsOnlyKeys("gradients/x");
        Devml check = Devml.run("check", network, "--oracle");
        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.out()).contains("1 of 1 tensors pass");
        assertThat(Devml.run("explain", network, "--backward").out()).contains("dx[");
    }

    /** Each output takes 16 GB, and each gradient as much. */
    @Test
    void refusesWhatCannotFitIntoMemoryBeforeItRuns() throws IOException {
        Path network = Files.writeString(folder.resolve("large.yaml"), """
                network: large
                inputs: {x: {shape: [35000, 1], data: ones}}
                layers:
                  fc: {layer: linear, out_features: 60000}
                  a: {layer: relu}
                  b: {layer: relu}
                  c: {layer: relu}
                  d: {layer: relu}
                  e: {layer: relu}
                  f: {layer: relu}
                """);
        Devml refused = Devml.run("run", network, "--out", out());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("one batch takes ", "DEVML_JAVA_OPTS=-Xmx");
        assertThat(out()).doesNotExist();
    }

    @Test
    void writesBoundsBesideWhatTheyBound() {
        Devml run = run("--bounds", "--values", "fc");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("max bound")
                .containsPattern("\\nloss 46\\.21519334634\\d*, bound \\S+e-1\\d\\n");
        Map<String, Tensor> read = TensorFiles.readAll(out());
        for (String name : List.of("gradients/conv.weight", "gradients/fc.bias", "values/fc")) {
            Tensor bound = read.get(name + ".bound");
            assertThat(bound.shape()).isEqualTo(read.get(name).shape());
            for (int i = 0; i < bound.size(); i++) {
                assertThat(bound.get(i)).as(name).isPositive().isLessThan(1e-9);
            }
        }
        assertThat(run("--bounds", "--json").out()).contains("\"loss_bound\": ", "\"max_bound\": ");
        assertThat(run("--bounds", "--evaluator", "reference"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("--bounds are those of the fast evaluator"));
        assertThat(run("--bounds", "--oracle"))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("--oracle writes exact numbers"));
    }

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrote(Format format) {
        run("--format", format.extension(), "--values", "fc", "--input-gradients");
        Map<String, Tensor> expected = arrays();
        boolean together = !Files.isDirectory(out().resolve("gradients"));
        Map<String, Tensor> read =
                TensorFiles.readAll(together ? out().resolve("gradients." + format.extension()) : out());
        String prefix = together ? "" : "gradients/";
        assertThat(read)
                .containsOnlyKeys(
                        prefix + "conv.weight",
                        prefix + "conv.bias",
                        prefix + "fc.weight",
                        prefix + "fc.bias",
                        prefix + "x",
                        "values/fc");
        expected.forEach((name, tensor) -> {
            Tensor other = read.get(together ? name.replace("gradients/", "") : name);
            assertThat(other.shape()).isEqualTo(tensor.shape());
            assertThat(other.toDoubles().values()).isEqualTo(tensor.toDoubles().values());
        });
    }

    /** The same run in NumPy's format. */
    private Map<String, Tensor> arrays() {
        Path npy = folder.resolve("npy");
        Devml.run("run", NETWORK, "--out", npy, "--values", "fc", "--input-gradients");
        return TensorFiles.readAll(npy);
    }

    @Test
    void writesGradientsOfParametersOnlyUnlessAsked() {
        run();
        assertThat(TensorFiles.readAll(out()))
                .containsOnlyKeys(
                        "gradients/conv.weight", "gradients/conv.bias", "gradients/fc.weight", "gradients/fc.bias");
    }

    @Test
    void writesAllValues() {
        run("--values", "all");
        assertThat(TensorFiles.readAll(out().resolve("values")))
                .containsOnlyKeys("pool", "conv", "conv.relu", "flat", "fc", "loss");
    }

    @Test
    void hintsAtTheNameOfAValue() {
        Devml devml = run("--values", "fc,pol");
        assertThat(devml.err()).contains("no layer or buffer 'pol'", "did you mean 'pool'?");
        assertThat(devml.code()).isEqualTo(2);
    }

    @Test
    void forwardOnlyWritesWhatTheLossReads() {
        Devml devml = run("--forward-only");
        assertThat(TensorFiles.readAll(out())).containsOnlyKeys("values/fc");
        assertThat(devml.out())
                .contains("values/fc")
                .doesNotContain("conv.weight")
                .contains("loss 46.2151933");
    }

    @Test
    void forwardOnlyInOneFile() {
        run("--forward-only", "--format", "npz");
        assertThat(TensorFiles.readAll(out().resolve("values.npz"))).containsOnlyKeys("values/fc");
    }

    @Test
    void printsJson() {
        assertThat(run("--json").out())
                .startsWith("{\n  \"loss\": 46.2151933463")
                .contains("\"tensor\": \"fc.bias\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | [0.25, 0.25]
            0 | []
            """)
    void writesALossOfSeveralNumbersAsAList(int samples, String loss) throws IOException {
        Path network = Files.writeString(folder.resolve("rows.yaml"), """
                inputs: {x: {full: 0.5, shape: [SAMPLES]}, y: {zeros: [SAMPLES]}}
                loss: {layer: mse_loss, target: y, reduction: none}
                """.replace("SAMPLES", String.valueOf(samples)));
        Devml run = Devml.run("run", network, "--out", out(), "--json");
        assertThat(run.err()).doesNotContain("internal error");
        assertThat(run.out()).contains("\"loss\": " + loss + ",");
        assertThat(Files.readString(out().resolve("manifest.json"))).contains("\"loss\": " + loss + ",");
    }

    @Test
    void quietPrintsNothing() {
        assertThat(run("--quiet")).isEqualTo(new Devml(0, "", ""));
        assertThat(out().resolve("manifest.json")).exists();
    }

    @Test
    void computesInFloat32() {
        run("--dtype", "float32");
        assertThat(TensorFiles.readAll(out()))
                .allSatisfy((_, tensor) -> assertThat(tensor).isInstanceOf(Tensor.Floats.class));
    }

    @Test
    void takesTheSeedOfTheCommandLine() throws IOException {
        run("--seed", "1");
        assertThat(Files.readString(out().resolve("manifest.json"))).contains("\"seed\": 1");
        assertThat(TensorFiles.readAll(out()).get("gradients/conv.bias").get(0)).isNotEqualTo(1.4014133394469317);
    }

    @Test
    void aFreshSeedIsToldAndRepeats() throws IOException {
        Path network = folder.resolve("net.yaml");
        Files.writeString(network, """
                inputs: {x: [[1, 2, 3]]}
                layers: {fc: {layer: linear, out_features: 2}, act: tanh}
                """);
        Devml first = Devml.run("run", network, "--out", out(), "--values", "act");
        String seed = first.err().replaceFirst("(?s).*seed ([0-9]+).*", "$1");
        Path again = folder.resolve("again");
        Devml.run("run", network, "--out", again, "--values", "act", "--seed", seed);
        assertThat(Folders.contents(again)).isEqualTo(Folders.contents(out()));
    }

    @Test
    void readsTheNetworkFromStandardInput() throws IOException {
        String network = Files.readString(Path.of(NETWORK)).replace("../", ""); // relative to where we are
        assertThat(Devml.runWith(network, "run", "-", "--out", out()).out()).isEqualTo(run().out());
        assertThat(Devml.runWith("network: [", "run", "-", "--out", out()).err())
                .startsWith("standard input:1:11: error: ");
    }

    @Test
    void replacesWhatAnEarlierRunWrote() {
        run("--values", "all", "--format", "npy,npz");
        assertThat(run().code()).isZero();
        assertThat(out().resolve("values")).doesNotExist();
        assertThat(out().resolve("gradients.npz")).doesNotExist();
        assertThat(folder.toFile().list()).containsExactly("out");
    }

    @Test
    void leavesADirectoryThatIsNotItsOwn() throws IOException {
        Files.createDirectories(out());
        Files.writeString(out().resolve("thesis.tex"), "years of work");
        Devml devml = run();
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("holds 'thesis.tex', which no run of devml wrote");
        assertThat(out().resolve("thesis.tex")).hasContent("years of work");
        assertThat(folder.toFile().list()).containsExactly("out");
    }

    @Test
    void leavesItsOwnDirectoryIfTheUserHasAddedToIt() throws IOException {
        run();
        Files.writeString(out().resolve("gradients").resolve("notes.txt"), "look at conv");
        Map<String, String> before = Folders.contents(out());
        assertThat(run("--seed", "1").code()).isEqualTo(2);
        assertThat(Folders.contents(out())).isEqualTo(before);
    }

    @Test
    void doesNotTakeAnotherProgramsManifestForItsOwn() throws IOException {
        Files.createDirectories(out());
        Files.writeString(out().resolve("manifest.json"), "{\"name\": \"an app\", \"outputs\": []}");
        assertThat(run().code()).isEqualTo(2);
        assertThat(out().resolve("manifest.json")).exists();
    }

    @Test
    void fillsAnEmptyDirectory() throws IOException {
        Files.createDirectories(out());
        assertThat(run().code()).isZero();
        assertThat(out().resolve("manifest.json")).exists();
    }

    @Test
    void doesNotReplaceTheCurrentDirectory() {
        Devml devml = Devml.run("run", NETWORK, "--out", ".");
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).contains("holds the current directory");
    }

    @Test
    void doesNotReplaceAFile() throws IOException {
        Files.writeString(out(), "a file");
        assertThat(run().err()).contains("is in the way: not a directory");
        assertThat(out()).hasContent("a file");
    }

    @Test
    void followsALinkToTheDirectory() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(out(), real);
        assertThat(run().code()).isZero();
        assertThat(out()).isSymbolicLink();
        assertThat(real.resolve("manifest.json")).exists();
    }

    @Test
    void addsUpTheBatchesToTheGradientOfAll() throws IOException {
        String network = Files.readString(Path.of("networks", "mlp.yaml"))
                .replace("../testdata", Path.of("testdata").toAbsolutePath().toString());
        Path batched = Files.writeString(folder.resolve("mlp.yaml"), network + "batch: 20\n"); // of 64: the last has 4
        assertThat(Devml.run("check", batched).out()).endsWith("pass: 7 of 7 tensors pass\n");
    }
}
