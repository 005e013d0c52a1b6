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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final String FOUR = """
            inputs:
              x: {shape: [4, 2], data: [[1, 0], [0, 1], [2, 0], [0, 0]]}
              t: {shape: [4], data: [-100, 0, 1, 1]}
            layers: {fc: {layer: linear, out_features: 2}}
            random: {generator: numpy, seed: 1}
            %s
            """;

    /** A mean that divides by what depends on the data; the whole batch of which one is made may have nothing of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss: {layer: cross_entropy, target: t}",
                "loss: {layer: cross_entropy, target: t, label_smoothing: 0.25}",
                "loss: {layer: cross_entropy, target: t, reduction: sum}",
                "loss: {layer: cross_entropy, target: t, reduction: none}",
                "definitions: weighed.yaml\nloss: {layer: weighed}",
                "loss: {layer: mean}",
                "loss: {layer: mean, dim: 0}",
                "loss: {layer: sum, dim: 0}",
                "loss: {layer: sum, dim: 1}",
            })
    void divideByWhatAllDivideBy(String loss) throws IOException {
        Files.writeString(folder.resolve("weighed.yaml"), """
                layer: weighed
                summary: The mean of squares, weighed by the first element of each row, of those above a half.
                options: {reduction: none or mean or sum = mean}
                tensors: |
                  input  x[N, C]
                  output y = reduce(l[n], weights[])
                forward: |
                  l[n] = sum(c: x[n,c]^2)
                  weights[] = sum(n: stop(x[n,0])^2)
                """);
        Workload loaded = load(FOUR.formatted(loss));
        Runner.Result whole = run(loaded);
        for (int batch : new int[] {1, 2, 3}) {
            Runner.Result parts = run(load(FOUR.formatted(loss + "\nbatch: " + batch)));
            assertSame(parts, whole);
            assertThat(parts.loss().orElseThrow().shape())
                    .isEqualTo(whole.loss().orElseThrow().shape());
            for (int i = 0; i < whole.loss().orElseThrow().size(); i++) {
                assertThat(parts.loss().orElseThrow().get(i))
                        .isEqualTo(whole.loss().orElseThrow().get(i), within(1e-14));
            }
            assertThat(parts.values().get("loss").toDoubles().values())
                    .isEqualTo(parts.loss().orElseThrow().toDoubles().values());
        }
    }

    @Test
    void allBeingIgnoredHaveNoGradient() throws IOException {
        String ignored = FOUR.replace("-100, 0, 1, 1", "-100, -100, -100, -100");
        Runner.Result result = run(load(ignored.formatted("loss: {layer: cross_entropy, target: t}\nbatch: 3")));
        assertThat(result.loss().orElseThrow().get(0)).isNaN();
        assertThat(result.gradients().get("fc.bias").toDoubles().values()).containsOnly(0);
    }

    /** What a part of the samples yields does not make what all yield. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss: {layer: logsumexp}",
                "loss: {layer: var}",
                "loss: {layer: std}",
                "loss: {layer: vector_norm}",
                "loss: {layer: amax}",
                "loss: {layer: prod}",
                "loss: {layer: softmax, dim: 0}",
                "loss: {layer: mse_loss, from: [x, t]}",
                "definitions: rooted.yaml\nloss: {layer: rooted}",
                "definitions: shifted.yaml\nloss: {layer: shifted}",
            })
    void refuseWhatDoesNotAddUp(String loss) throws IOException {
        Files.writeString(folder.resolve("rooted.yaml"), """
                layer: rooted
                summary: A sum over the root of the number of samples.
                options: {reduction: none or mean or sum = mean}
                tensors: |
                  input  x[N, C]
                  output y = reduce(l[n], sqrt(N))
                forward: |
                  l[n] = sum(c: x[n,c]^2)
                """);
        Files.writeString(folder.resolve("shifted.yaml"), """
                layer: shifted
                summary: Differences of neighbours.
                tensors: |
                  input  x[N, C]
                  output y[]
                forward: |
                  y[] = sum(n,c: x[n,c]*(x[n-1,c] else 0))
                """);
        String square = FOUR.replace("[4, 2]", "[4, 4]").replace("[[1, 0], [0, 1], [2, 0], [0, 0]]", "{rand: [4, 4]}");
        load(square.formatted(loss));
        assertThatThrownBy(() -> load(square.formatted(loss + "\nbatch: 1")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("with 'batch'");
    }

    /** The divisor is a formula that is another one for the batches, the last of them, or all samples. */
    @ParameterizedTest
    @CsvSource({
        "'min(N, 5)', 6, 3",
        "'min(N, 5)', 6, 1",
        "'where(N == 2, 1, N)', 5, 3",
        "'where(N < 30, 1, N)', 40, 20",
        "'where(N == 1, 7, N)', 4, 1",
        "'where(N == 1, 7, N)', 4, 3"
    })
    void refuseSizesThatChangeTheirFormula(String divisor, int samples, int batch) throws IOException {
        Files.writeString(folder.resolve("changing.yaml"), """
                layer: changing
                tensors: |
                  input  x[N, C]
                  output y[]
                where: |
                  M = %s
                forward: |
                  y[] = sum(n,c: x[n,c]^2)/M
                """.formatted(divisor));
        String network = """
                definitions: changing.yaml
                inputs: {x: {rand: [%d, 2]}}
                loss: {layer: changing}
                random: {seed: 1}
                """.formatted(samples);
        load(network);
        assertThatThrownBy(() -> load(network + "batch: " + batch))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("with 'batch' it has to be a sum or a mean");
    }

    /** Five class weights, and as many samples. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss: {layer: cross_entropy, from: x, target: t, weight: w}",
                "loss: {layer: mse_loss, from: [x, w]}",
            })
    void leaveWholeWhatSaysSo(String loss) throws IOException {
        String text = """
                inputs:
                  x: {data: {rand: [5, 5]}, shape: [5, 5]}
                  t: {data: [0, 4, 2, 3, 1]}
                  w: {data: [1, 2, 3, 4, 5], batch: false}
                random: {generator: numpy, seed: 1}
                %s
                """;
        Runner.Result whole = run(load(text.formatted(loss)));
        for (int batch : new int[] {1, 2}) {
            assertSame(run(load(text.formatted(loss + "\nbatch: " + batch))), whole);
        }
        String first = text.replace("shape: [5, 5]", "batch: false");
        assertThatThrownBy(() -> load(first.formatted(loss + "\nbatch: 2")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("the first input counts the samples of 'batch'");
    }

    /** The loss reads time first; targets one behind the other are no samples. */
    @Test
    void followSamplesToAnotherDimension() throws IOException {
        String text = """
                inputs:
                  x: {rand: [5, 3, 4]}
                  targets: {data: [[1, 2], [3, 1], [2, 2], [1, 1], [3, 3]]}
                  steps: {data: [3, 3, 3, 3, 3]}
                  lengths: {data: [2, 1, 2, 1, 2]}
                layers:
                  logp: {layer: log_softmax, dim: 2}
                  time: {layer: permute, dims: [1, 0, 2]}
                loss: {layer: ctc_loss, targets: targets, input_lengths: steps, target_lengths: lengths}
                random: {generator: numpy, seed: 1}
                """;
        assertSame(run(load(text + "batch: 2")), run(load(text)));
        String row = text.replace("[[1, 2], [3, 1], [2, 2], [1, 1], [3, 3]]", "[1, 2, 3, 2, 2, 1, 3, 3]");
        load(row);
        assertThatThrownBy(() -> load(row + "batch: 2"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("ctc_loss: with 'batch' it has to be a sum or a mean over the samples");
    }

    @Test
    void needLayersForAnyNumberOfSamples() throws IOException {
        String text = """
                inputs: {x: {rand: [6, 2]}}
                layers: {pairs: {layer: reshape, shape: [%s, 2]}}
                loss: {layer: sum}
                random: {generator: numpy, seed: 1}
                """;
        assertSame(run(load(text.formatted(-1) + "batch: 2")), run(load(text.formatted(6))));
        assertThatThrownBy(() -> load(text.formatted(2) + "batch: 2"))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("with 'batch' the layers have to take any number of samples, but of 7: pairs");
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

    /** The last state of two directions has an extent of 2 as a batch has; only what grows with the samples is appended. */
    @Test
    void appendOnlyWhatHasRowsForSamples() throws IOException {
        Workload workload = load("""
                inputs: {x: {shape: [5, 3, 4], normal: [0, 1]}}
                batch: 2
                layers: {rnn: {layer: rnn, hidden_size: 2, bidirectional: true, batch_first: true}}
                random: {seed: 1}
                """);
        Selection selection = Selection.of(workload.network(), false, List.of("all"));
        Path out = folder.resolve("out");
        Outputs outputs = Runner.run(
                workload, selection, out, false, (type, program) -> new FastEvaluator(type, program, WORKERS), _ -> {});
        assertThat(outputs.spooled()).containsExactly(out.resolve("values/rnn.npy"));
        assertThat(outputs.values().get("rnn").dims()).containsExactly(5, 3, 4);
        assertThat(outputs.values().get("rnn.h_n").dims()).containsExactly(2, 1, 2);
    }

    /** Several rows a sample are not cut, so that each batch would take the first ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{y: {layer: reshape, shape: [-1, 1]}}",
                "{y: {layer: concat, from: [x, x]}}",
                "{y: {layer: flatten, start_dim: 0}}"
            })
    void refuseTheGradientOfAnOutputWithSeveralRowsForASample(String layers) throws IOException {
        String text = """
                inputs: {x: x.npy}
                layers: LAYERS
                output_gradient: 1
                batch: 2
                """.replace("LAYERS", layers);
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("have a row for each in its first dimension");
    }

    /** What is shared has as many rows as the first batch has samples, by chance. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6})
    void takeNoExtentThatHappensToBeTheirNumberForTheSamples(int batch) throws IOException {
        Workload workload = load("""
                batch: BATCH
                inputs: {x: x.npy, table: {rand: [ROWS, 4]}}
                layers:
                  shared: {layer: tanh, from: table}
                  mean: {layer: mean, from: shared, dim: 0}
                  sum: {layer: add, from: [x, mean]}
                loss: {layer: mean}
                random: {seed: 1}
                """.replace("BATCH", String.valueOf(batch)).replace("ROWS", String.valueOf(batch)));
        Selection selection = Selection.of(workload.network(), false, List.of("shared", "sum"));
        Outputs outputs = Runner.run(
                workload,
                selection,
                folder.resolve("spooled"),
                true,
                (type, program) -> new FastEvaluator(type, program, WORKERS),
                _ -> {});
        assertThat(outputs.values().get("shared").dims()).containsExactly(batch, 4);
        assertThat(outputs.values().get("sum").dims()).containsExactly(SAMPLES, 4);
    }

    /** As without batches; what fits is repeated. */
    @ParameterizedTest
    @ValueSource(strings = {"{ones: [14, 3]}", "[[1, 2, 3], [4, 5, 6]]", "{ones: [7, 3, 1]}"})
    void needAGradientOfTheOutputThatFitsAllSamples(String gradient) {
        String text = """
                inputs: {x: x.npy}
                layers: {fc: {layer: linear, out_features: 3}}
                output_gradient: GRADIENT
                batch: 2
                """.replace("GRADIENT", gradient);
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("do not fit 'output_gradient' of shape (7, 3)");
    }

    /** An output that batches add up to has one gradient for all, also if it has as many elements as there are samples. */
    @Test
    void giveEachBatchTheGradientOfASum() throws IOException {
        String text = """
                inputs: {x: x.npy}
                layers: {fc: {layer: linear, out_features: 7}, total: {layer: sum, dim: 0}}
                output_gradient: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
                %s
                random: {seed: 1}
                """;
        assertSame(run(load(text.formatted("batch: 3"))), run(load(text.formatted(""))));
    }

    /** What all samples yield at once and batch by batch are two roundings of the same numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", ignore_index: 1", ", reduction: sum", ", reduction: none"})
    void haveBoundsThatCoverHowTheyAreAddedUp(String options) throws IOException {
        for (DType dtype : DType.values()) {
            Outputs whole = bounded("", options, dtype);
            Outputs several = bounded("batch: 2", options, dtype);
            assertThat(several.boundsByName())
                    .containsOnlyKeys("fc.weight", "fc.bias", "x", "values/fc", "values/loss", "loss");
            assertThat(numbers(several, "values/loss")).isEqualTo(numbers(several, "loss"));
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

    private static double[] numbers(Outputs outputs, String bound) {
        return outputs.boundsByName().get(bound).whole().toDoubles().values();
    }

    private Outputs bounded(String batch, String options, DType dtype) throws IOException {
        load(NETWORK.formatted(batch, options));
        Workload workload = Workload.load(
                NetworkFile.read(folder.resolve("net.yaml")),
                new Workload.Overrides(Optional.of(dtype), Optional.empty()));
        return Runner.run(
                workload,
                Selection.of(workload.network(), true, List.of("fc", "loss")),
                folder.resolve(batch + options + dtype),
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
