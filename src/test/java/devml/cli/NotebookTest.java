package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import devml.format.Npz;
import devml.format.TensorFiles;
import devml.network.NetworkFile;
import devml.run.Workload;
import devml.tensor.Broadcast;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notebook that this project starts from, from its network file to gradients on disk, against PyTorch. */
class NotebookTest {
    private static final Path NETWORK = Path.of("networks", "simple-backpropagation.yaml");
    private static final Path DATA = Path.of("testdata", "simple-backpropagation");

    @TempDir
    private Path folder;

    /** Written with the layers that devml comes with, and with the notebook's own equations. */
    @ParameterizedTest
    @ValueSource(strings = {"simple-backpropagation", "simple-backpropagation-equations"})
    void gradientsAgreeWithPyTorch(String network) {
        Path out = folder.resolve("out");
        assertThat(Devml.run("run", "networks/" + network + ".yaml", "--out", out)
                        .code())
                .isZero();
        Map<String, Tensor> expected = new LinkedHashMap<>(Npz.readAll(DATA.resolve("seed0.expected.npz")));
        expected.remove("loss");
        Map<String, Tensor> gradients = TensorFiles.readAll(out.resolve("gradients"));
        assertThat(gradients).containsOnlyKeys(expected.keySet());
        expected.forEach((name, reference) -> {
            assertThat(gradients.get(name).shape()).isEqualTo(reference.shape());
            assertAgree(name, toDoubles(gradients.get(name)), toDoubles(reference));
        });
    }

    /** By the tolerances that the project promises; no entry needs an excuse. */
    private static void assertAgree(String name, double[] gradient, double[] reference) {
        double largest = Arrays.stream(reference).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < reference.length; i++) {
            double bound = Math.min(3e-14 * Math.abs(reference[i]), 1e-13 * largest);
            assertThat(gradient[i]).as("%s, entry %d", name, i).isCloseTo(reference[i], within(bound));
        }
    }

    @Test
    void lossIsThatOfTheNotebook() {
        Devml devml = Devml.run("run", NETWORK, "--out", folder.resolve("out"));
        assertThat(devml.out().lines().toList()).last().asString().startsWith("loss 46.215193346");
    }

    @Test
    void parametersAreDrawnWithTheBitsOfNumPy() {
        Workload workload = Workload.load(NetworkFile.read(NETWORK), Workload.Overrides.NONE);
        Map<String, Tensor> drawn = Npz.readAll(DATA.resolve("seed0.parameters.npz"));
        assertThat(workload.parameters()).containsOnlyKeys(drawn.keySet());
        drawn.forEach((name, tensor) -> {
            Tensor parameter = workload.parameters().get(name);
            assertThat(toDoubles(parameter)).isEqualTo(toDoubles(Broadcast.to(tensor, parameter.shape())));
        });
    }

    @Test
    void printsGradientsAsTheNotebookDoes() {
        Devml devml = Devml.run("run", NETWORK, "--out", folder.resolve("out"), "--print");
        assertThat(devml.out()).contains("""
                        fc.bias =
                        [ 1.07696397e-20  1.00000000e+00 -1.00000000e+00]
                        """);
    }

    @Test
    void checkPasses() {
        Devml devml = Devml.run("check", NETWORK);
        assertThat(devml.out()).endsWith("pass: 5 of 5 tensors pass\n");
        assertThat(devml.code()).isZero();
    }

    @Test
    void checkPassesWhereTheNotebookIsWrong() {
        assertThat(Devml.run("check", "networks/simple-backpropagation-5x5.yaml")
                        .code())
                .isZero();
    }

    @Test
    void checkNamesTheEntryThatIsOff() {
        Map<String, Tensor> references = new LinkedHashMap<>(Npz.readAll(DATA.resolve("seed0.expected.npz")));
        Tensor gradient = references.get("conv.weight");
        double[] values = toDoubles(gradient).clone();
        values[offset(gradient.shape(), 1, 0, 1, 1)] += 1e-6 * Math.abs(values[offset(gradient.shape(), 1, 0, 1, 1)]);
        references.put("conv.weight", new Tensor.Doubles(gradient.shape(), values));
        Path perturbed = folder.resolve("perturbed.npz");
        Npz.write(perturbed, references);

        Devml devml = Devml.run("check", NETWORK, "--reference", perturbed);

        assertThat(devml.code()).isEqualTo(1);
        assertThat(devml.out())
                .contains("FAIL conv.weight: 1 of 16 entries beyond their bounds")
                .contains("worst entry     conv.weight[1, 0, 1, 1]")
                .endsWith("FAIL: 4 of 5 tensors pass, 1 FAIL\n");
    }

    private static int offset(Shape shape, int... index) {
        int offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            offset = offset * shape.dim(axis) + index[axis];
        }
        return offset;
    }

    @Test
    void everyRunWritesTheSameBytes() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        for (Path out : new Path[] {first, second}) {
            Devml.run("run", NETWORK, "--out", out, "--format", "npy,csv,npz,safetensors,json", "--values", "all");
        }
        assertThat(Folders.contents(first)).hasSizeGreaterThan(20).isEqualTo(Folders.contents(second));
    }

    @Test
    void manifestSaysHowToGetThemAgain() throws IOException {
        Path out = folder.resolve("out");
        Devml.run("run", NETWORK, "--out", out);
        assertThat(Files.readString(out.resolve("manifest.json")))
                .contains("\"generator\": \"numpy\",\n    \"seed\": 0")
                .contains("\"dtype\": \"float64\"")
                .contains("\"loss\": 46.2151933463")
                .contains("\"conv.weight\": [2, 2, 2, 2]")
                // sha256sum says so of the file that was read
                .contains("\"testdata/simple-backpropagation/x.npy\": "
                        + "\"ffb641c57abd15d4fb91813ae0a0244c7ed988a2f6abb2323d2d5d66d1da42a2\"")
                .containsPattern("\"gradients/fc.bias.npy\": \"[0-9a-f]{64}\"");
    }

    private static double[] toDoubles(Tensor tensor) {
        return tensor.toDoubles().values();
    }
}
