package devml.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import devml.fast.Workers;
import devml.fault.Fault;
import devml.format.Format;
import devml.format.Npy;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set gives what its samples give together, however it is cut, and is read no further than it is used. */
class BatchesTest {
    private static final int SAMPLES = 7;
    private static final Workers WORKERS = new Workers(1);

    private static final String NETWORK = """
            network: batches
            %s
            inputs: {x: x.npy, target: target.npy}
            layers: {fc: {layer: linear, out_features: 3}}
            loss: {layer: cross_entropy, target: target%s}
            random: {generator: numpy, seed: 1}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeData() throws IOException {
        Random random = new Random(1);
        double[] x = random.doubles(SAMPLES * 4).toArray();
        long[] target = random.longs(SAMPLES, 0, 3).toArray();
        Npy.write(folder.resolve("x.npy"), new Tensor.Doubles(Shape.of(SAMPLES, 4), x));
        Npy.write(folder.resolve("target.npy"), new Tensor.Longs(Shape.of(SAMPLES), target));
        Npy.write(
                folder.resolve("dy.npy"),
                new Tensor.Doubles(
                        Shape.of(SAMPLES, 3), random.doubles(SAMPLES * 3).toArray()));
    }

    private Workload load(String text) throws IOException {
        Path file = folder.resolve("net.yaml");
        Files.writeString(file, text);
        return Workload.load(
                NetworkFile.read(file), new Workload.Overrides(Optional.of(DType.FLOAT64), Optional.empty()));
    }

    private static Runner.Result run(Workload workload) {
        return Runner.run(
                workload,
                Set.of("fc.weight", "fc.bias", "x"),
                (type, program) -> new FastEvaluator(type, program, WORKERS),
                _ -> {});
    }

    @Test
    void addUpToTheWhole() throws IOException {
        for (String reduction : new String[] {"", ", reduction: sum"}) {
            Runner.Result whole = run(load(NETWORK.formatted("", reduction)));
            for (int batch : new int[] {1, 2, 3, 7, 8}) {
                assertSame(run(load(NETWORK.formatted("batch: " + batch, reduction))), whole);
            }
        }
    }

    /** A batchmean divides by the samples alone; of batches it is their mean too, not their sum. */
    @Test
    void averageWhatIsAMeanOverSamples() throws IOException {
        String text = """
                network: batches
                %s
                inputs: {x: x.npy, target: dy.npy}
                layers: {fc: {layer: linear, out_features: 3}, logp: {layer: log_softmax, dim: 1}}
                loss: {layer: kl_div, target: target, reduction: batchmean}
                random: {generator: numpy, seed: 1}
                """;
        assertSame(run(load(text.formatted("batch: 3"))), run(load(text.formatted(""))));
    }

    @Test
    void cutTheGradientOfTheOutputToo() throws IOException {
        String text = """
                network: batches
                %s
                inputs: {x: x.npy}
                layers: {fc: {layer: linear, out_features: 3}}
                output_gradient: dy.npy
                random: {generator: numpy, seed: 1}
                """;
        assertSame(run(load(text.formatted("batch: 3"))), run(load(text.formatted(""))));
    }

    /** What is drawn for a sample does not depend on its batch. */
    @Test
    void dropTheSameElements() throws IOException {
        String text = NETWORK.replace("layers: {", "layers: {drop: {layer: dropout, p: 0.4}, ");
        Runner.Result whole = run(load(text.formatted("", "")));
        assertSame(run(load(text.formatted("batch: 2", ""))), whole);
        assertThat(whole.gradients().get("x").toDoubles().values()).contains(0);
    }

    /** Each element is a sum of few products below 1, in another order. */
    private static void assertSame(Runner.Result result, Runner.Result whole) {
        assertThat(result.gradients().keySet()).isEqualTo(whole.gradients().keySet());
        whole.gradients().forEach((name, expected) -> {
            assertThat(result.gradients().get(name).shape()).isEqualTo(expected.shape());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(result.gradients().get(name).get(i)).isEqualTo(expected.get(i), within(1e-14));
            }
        });
    }

    @Test
    void stayInTheirFilesUntilTheyAreUsed() throws IOException {
        Workload workload = load(NETWORK.formatted("batch: 3", ""));
        assertThat(workload.inputs().values()).noneMatch(Rows.Held.class::isInstance);
        assertThat(workload.batch(2).inputs().get("x").shape()).isEqualTo(Shape.of(1, 4));
        Files.delete(folder.resolve("x.npy"));
        assertThatThrownBy(() -> workload.batch(1))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("x.npy: no such file");
    }

    @Test
    void tellTheSampleThatIsTooLargeForFloat32() throws IOException {
        double[] x = new double[SAMPLES * 4];
        x[5 * 4 + 2] = 1e300;
        Npy.write(folder.resolve("x.npy"), new Tensor.Doubles(Shape.of(SAMPLES, 4), x));
        Workload workload = load(NETWORK.formatted("batch: 3\ndtype: float32", ""));
        assertThat(workload.dtype()).isEqualTo(DType.FLOAT64);
        Workload single = Workload.load(
                NetworkFile.read(folder.resolve("net.yaml")),
                new Workload.Overrides(Optional.of(DType.FLOAT32), Optional.empty()));
        assertThatThrownBy(() -> single.batch(1))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("1.0E300 at index [5, 2] is too large for float32");
    }

    /** The bytes are those that the whole tensor would be written as. */
    @Test
    void leaveRowsForSamplesInFilesAsTheyCome() throws IOException {
        Workload workload = load(NETWORK.formatted("batch: 3", ""));
        Selection selection = Selection.of(workload.network(), true, List.of("fc"));
        Path spooled = folder.resolve("spooled");
        Outputs outputs = Runner.run(
                workload,
                selection,
                spooled,
                false,
                (type, program) -> new FastEvaluator(type, program, WORKERS),
                _ -> {});
        assertThat(outputs.spooled())
                .containsExactlyInAnyOrder(spooled.resolve("gradients/x.npy"), spooled.resolve("values/fc.npy"));
        assertThat(outputs.named()).containsOnlyKeys("fc.weight", "fc.bias", "x", "values/fc");
        List<Path> written = outputs.write(spooled, List.of(Format.NPY, Format.NPZ));
        Path whole = folder.resolve("whole");
        new Outputs(held(outputs.gradients()), held(outputs.values()), Map.of(), outputs.loss(), List.of())
                .write(whole, List.of(Format.NPY, Format.NPZ));
        assertThat(written)
                .hasSize(5)
                .allSatisfy(file -> assertThat(file).hasSameBinaryContentAs(whole.resolve(spooled.relativize(file))));
        assertSame(
                new Runner.Result(tensors(outputs.gradients()), Map.of(), outputs.loss()),
                run(load(NETWORK.formatted("", ""))));
        outputs.write(spooled, List.of(Format.CSV));
        assertThat(spooled.resolve("gradients/x.npy")).doesNotExist();
        assertThat(spooled.resolve("gradients/x.csv")).exists();
    }

    /** What all samples yield at once and batch by batch are two roundings of the same numbers. */
    @Test
    void haveBoundsThatCoverHowTheyAreAddedUp() throws IOException {
        for (DType dtype : DType.values()) {
            Outputs whole = bounded("", dtype);
            Outputs several = bounded("batch: 2", dtype);
            assertThat(several.boundsByName()).containsOnlyKeys("fc.weight", "fc.bias", "x", "values/fc", "loss");
            whole.tensors().forEach((name, rows) -> {
                Tensor one = rows.whole();
                Tensor other = several.tensors().get(name).whole();
                Tensor bound = whole.boundsByName().get(name).whole();
                Tensor otherBound = several.boundsByName().get(name).whole();
                double unit = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
                for (int i = 0; i < one.size(); i++) {
                    assertThat(Math.abs(one.get(i) - other.get(i)))
                            .isLessThanOrEqualTo(bound.get(i) + otherBound.get(i));
                    assertThat(otherBound.get(i)).isPositive().isLessThan(500 * unit);
                }
            });
        }
    }

    private Outputs bounded(String batch, DType dtype) throws IOException {
        load(NETWORK.formatted(batch, ""));
        Workload workload = Workload.load(
                NetworkFile.read(folder.resolve("net.yaml")),
                new Workload.Overrides(Optional.of(dtype), Optional.empty()));
        return Runner.run(
                workload,
                Selection.of(workload.network(), true, List.of("fc")),
                folder.resolve(batch + dtype),
                true,
                (type, tensors) -> new FastEvaluator(type, tensors, WORKERS),
                _ -> {});
    }

    private static Map<String, Rows> held(Map<String, Rows> rows) {
        Map<String, Rows> held = new LinkedHashMap<>();
        rows.forEach((name, some) -> held.put(name, Rows.of(some.whole())));
        return held;
    }

    private static Map<String, Tensor> tensors(Map<String, Rows> rows) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        rows.forEach((name, some) -> tensors.put(name, some.whole()));
        return tensors;
    }

    @Test
    void needTheShapeThatTheNetworkSays() throws IOException {
        String shaped = NETWORK.formatted("batch: 3", "").replace("x: x.npy", "x: {shape: [7, 5], data: x.npy}");
        assertThatThrownBy(() -> load(shaped))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("data of shape (7, 4) do not fit 'x' of shape (7, 5)");
    }

    @Test
    void canBeInFortranOrder() throws IOException {
        Runner.Result expected = run(load(NETWORK.formatted("batch: 2", "")));
        Tensor x = Npy.read(folder.resolve("x.npy"));
        byte[] bytes = Npy.bytes(transposed(x));
        String header = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1)
                .replace("False", "True ")
                .replace("(4, 7)", "(7, 4)");
        System.arraycopy(header.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 0, 128);
        Files.write(folder.resolve("x.npy"), bytes);
        assertSame(run(load(NETWORK.formatted("batch: 2", ""))), expected);
    }

    private static Tensor transposed(Tensor x) {
        double[] values = new double[x.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.get(i % SAMPLES * 4 + i / SAMPLES);
        }
        return new Tensor.Doubles(Shape.of(4, SAMPLES), values);
    }
}
