package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import devml.format.Npy;
import devml.format.Npz;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the oracle proves, as the commands tell it. */
class OracleTest {
    @TempDir
    private Path folder;

    /** The gradient of each input of a ReLU, of which the first is at the kink: 0 by convention, 1 by another. */
    private Path relu() throws IOException {
        return Files.writeString(folder.resolve("relu.yaml"), """
                inputs: {x: [[0, 2, -3]]}
                layers: {act: {layer: relu}}
                """);
    }

    /** One window with a tie between its first and its third element. */
    private Path pool() throws IOException {
        return Files.writeString(folder.resolve("pool.yaml"), """
                inputs: {x: [[[5, 1, 5, 2]]]}
                layers: {pool: {layer: max_pool1d, kernel_size: 4}}
                """);
    }

    private Path reference(Shape shape, double... values) {
        Path file = folder.resolve("reference.npz");
        Npz.write(file, Map.of("x", new Tensor.Doubles(shape, values)));
        return file;
    }

    private static Devml check(Path network, Path reference, Object... options) {
        return Devml.run(
                java.util.stream.Stream.of(new Object[] {"check", network, "--oracle", "-r", reference}, options)
                        .flatMap(java.util.Arrays::stream)
                        .toArray());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0, 0", "1, 1, 0, 3", "0, 2, 0, 1", "1, 2, 0, 1", "0, 1, 1e-30, 1"})
    void anotherConventionAtAKinkIsInconclusive(double first, double second, double third, int code)
            throws IOException {
        Devml run = check(relu(), reference(Shape.of(1, 3), first, second, third));
        assertThat(run.code()).as(run.out()).isEqualTo(code);
        assertThat(run.out())
                .contains("act: dx[0, 0] asks 0.0 <= 0.0 (relu.yaml:10:3): a tie, taken as true; "
                        + "entries that depend on it: 1 of x, the first [0, 0]");
    }

    /** Also where no other entry is left that could be compared. */
    @Test
    void whereAllIsOpenTheVerdictIsInconclusive() throws IOException {
        Path kink = Files.writeString(folder.resolve("kink.yaml"), """
                inputs: {x: [[0]]}
                layers: {act: {layer: relu}}
                """);
        Devml open = check(kink, reference(Shape.of(1, 1), 1));
        assertThat(open.code()).as(open.out()).isEqualTo(3);
        assertThat(open.out()).doesNotContain("FAIL");
        Path pole = Files.writeString(folder.resolve("pole.yaml"), """
                inputs: {x: [0]}
                layers: {act: {layer: reciprocal}}
                """);
        assertThat(Devml.run("check", pole, "--oracle").code()).isEqualTo(3);
    }

    @Test
    void whatRunWroteIsAReference() throws IOException {
        Path network = Files.writeString(folder.resolve("net.yaml"), """
                inputs: {x: [[0.5, -2]]}
                layers: {fc: {layer: linear, out_features: 2}}
                random: {seed: 1}
                """);
        for (String option : List.of("--oracle", "--bounds", "--format=npz", "--format=json", "--format=csv,npy")) {
            Path out = folder.resolve("out" + option.replace('=', '-'));
            assertThat(Devml.run("run", network, option, "--values", "all", "-o", out)
                            .code())
                    .isZero();
            Devml check = Devml.run("check", network, "-r", out);
            assertThat(check.code()).as(option + check).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 0", "0, 1, 0, 3", "0, 0, 1, 1", "1, 0, 1e-30, 1"})
    void anotherElementOfATieIsInconclusive(double first, double third, double other, int code) throws IOException {
        Devml run = check(pool(), reference(Shape.of(1, 1, 4), first, other, third, 0));
        assertThat(run.code()).as(run.out()).isEqualTo(code);
        assertThat(run.out())
                .contains("pool: k[0, 0, 0] asks 5.0 < 5.0")
                .contains("a tie, taken as false; entries that depend on it: 2 of x, the first [0, 0, 0]");
    }

    @Test
    void tiesWithinOneWindowAreOneLine() throws IOException {
        Path network = Files.writeString(folder.resolve("pool.yaml"), """
                inputs: {x: [[[5, 5, 5, 1, 3, 3]]]}
                layers: {pool: {layer: max_pool1d, kernel_size: 3}}
                """);
        Path reference = reference(Shape.of(1, 1, 6), 0, 1, 0, 0, 1, 0);
        assertThat(check(network, reference).out())
                .contains(
                        "pool: k[0, 0, 0] asks 5.0 < 5.0 and 1 more (max_pool1d.yaml:26:3): ties, taken as false; "
                                + "entries that depend on them: 3 of x, the first [0, 0, 0]\n",
                        "pool: k[0, 0, 1] asks 3.0 < 3.0 (max_pool1d.yaml:26:3): a tie, taken as false; "
                                + "entries that depend on it: 2 of x, the first [0, 0, 4]\n");
    }

    @Test
    void whereTheSidesAgreeNothingDependsOnATie() throws IOException {
        Path network = Files.writeString(folder.resolve("abs.yaml"), """
                inputs: {x: [[0, 2]]}
                layers: {act: {layer: relu}, same: {layer: relu}}
                output_gradient: [[0, 1]]
                """);
        Devml run = check(network, reference(Shape.of(1, 2), 0, 1));
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out()).doesNotContain("open comparisons");
    }

    @Test
    void nearKinksAreListed() throws IOException {
        Path network = Files.writeString(folder.resolve("near.yaml"), """
                inputs: {x: [[0.25, 2, -3]]}
                layers: {act: {layer: relu}}
                """);
        Path reference = reference(Shape.of(1, 3), 1, 1, 0);
        assertThat(check(network, reference, "--kinks", "0.3").out())
                .contains("near to a kink:\n  act: dx[0, 0] asks 0.25 <= 0.0 (relu.yaml:10:3): taken as false\n");
        assertThat(check(network, reference, "--kinks", "0.2").out()).doesNotContain("near to a kink");
        assertThat(Devml.run("check", network, "--kinks", "0.2").code()).isEqualTo(2);
    }

    @Test
    void jsonJunitAndGithubTellWhatIsOpen() throws IOException {
        Path junit = folder.resolve("report.xml");
        Path reference = reference(Shape.of(1, 3), 1, 1, 0);
        assertThat(check(relu(), reference, "--json", "--junit", junit).out())
                .contains(
                        "\"oracle\": {", "\"rtol\": 0.0", "\"tie\": true", "\"taken_as\": true", "\"inconclusive\": 1")
                .containsPattern("\"dependents\": \\{\\s*\"x\": \\[\\s*\\[\\s*0,\\s*0\\s*]\\s*]");
        assertThat(junit)
                .content()
                .contains("<property name=\"open comparison\" value=\"act: dx[0, 0] asks 0.0 &lt;= 0.0")
                .contains("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\"")
                .contains("<skipped message=\"inconclusive: 0 of 3 entries beyond their bounds, 1 that")
                .contains("value           1.0000000000000000\nexact           0\n");
        assertThat(check(relu(), reference, "--github", "--quiet").out())
                .contains("::warning file=", "::notice file=", "line=2,", "devml%3A an open comparison::act: dx[0, 0]");
    }

    @Test
    void jsonJunitAndGithubTellWhatIsNear() throws IOException {
        Path junit = folder.resolve("near.xml");
        Path reference = reference(Shape.of(1, 3), 0, 1, 0);
        assertThat(check(relu(), reference, "--kinks", "10", "--json", "--junit", junit)
                        .out())
                .containsPattern("\"near_kinks\": \\[\\s*\\{\\s*\"layer\": \"act\"");
        assertThat(junit).content().contains("<property name=\"near to a kink\" value=\"act: dx[0, 1] asks ");
        assertThat(check(relu(), reference, "--kinks", "10", "--github", "--quiet")
                        .out())
                .contains("devml%3A near to a kink::act: dx[0, 1] asks ");
    }

    @Test
    void saysForWhichEntriesTheToleranceDoesNotSpeak() throws IOException {
        Path reference = reference(Shape.of(1, 3), 1, 1, 0);
        assertThat(check(relu(), reference).out())
                .contains("  numpy.testing.assert_allclose(computed, exact, rtol=0, atol=0)\n")
                .contains("1 entry that depends on an open comparison or has no bound is left out\n");
        assertThat(check(relu(), reference).out()).contains("""
                inconclusive x: 0 of 3 entries beyond their bounds, 1 that depend on an open comparison or have no bound
                  first of them   x[0, 0]
                  value           1.0000000000000000
                  exact           0
                  absolute error  1
                  bound           0, but for an open comparison
                """);
        assertThat(check(relu(), reference, "--json").out())
                .contains("\"left_out\": 1", "the first, x[0, 0], is 1.0000000000000000, exactly 0\"")
                .containsPattern("\"first_inconclusive\": \\{\\s*\"index\": \\[\\s*0,\\s*0\\s*]");
        Path kink = Files.writeString(folder.resolve("kink.yaml"), """
                inputs: {x: [[0, 0]]}
                layers: {act: {layer: relu}}
                """);
        Path other = reference(Shape.of(1, 2), 1, 1);
        assertThat(check(kink, other).out())
                .containsPattern("x +\\(1, 2\\) +inconclusive +- +- +- +- +0 +- +-\n")
                .contains("no tolerance is justified: no entry of a gradient has a bound\n")
                .doesNotContain("assert_allclose");
        assertThat(check(kink, other, "--json").out()).contains("\"rtol\": null", "\"atol\": null", "\"left_out\": 2");
    }

    /** What the proof is about has units in the last place, whatever type a file has. */
    @Test
    void tellsErrorsInUlpsOfTheComputation() throws IOException {
        Path network = Files.writeString(folder.resolve("half.yaml"), """
                inputs: {x: [[1, 2, 4]]}
                layers: {act: {layer: relu}}
                """);
        Path reference = reference(Shape.of(1, 3), 1 + 0x1p-22, 1, 1);
        assertThat(check(network, reference, "--dtype", "float32", "--rtol", "1e-6", "--atol", "0")
                        .out())
                .containsPattern("x +\\(1, 3\\) +pass +2.39e-07 +2.39e-07 +2 ");
    }

    @Test
    void aReferenceOfLessPrecisionIsRefused() throws IOException {
        Path file = folder.resolve("single.npz");
        Npz.write(file, Map.of("x", new Tensor.Floats(Shape.of(1, 3), new float[] {0, 1, 0})));
        assertThat(check(relu(), file).err()).contains("the reference 'x' is float32", "--dtype float32");
        assertThat(check(relu(), file, "--dtype", "float32").code()).isZero();
        assertThat(check(relu(), file, "--rtol", "0", "--atol", "0").code()).isZero();
    }

    @Test
    void runWritesNumbersAndRadii() throws IOException {
        Path network = Files.writeString(
                folder.resolve("third.yaml"), """
                inputs: {x: [[1, 2, 3]]}
                layers: {mean: {layer: linear, out_features: 1}}
                parameters: {mean.weight: [[1, 1, 1]], mean.bias: 0.1}
                loss: {layer: mse_loss, target: t}
                """.replace("{x: [[1, 2, 3]]}", "{x: [[1, 2, 3]], t: [[0.3]]}"));
        Path out = folder.resolve("exact");
        Devml run = Devml.run("run", network, "--oracle", "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        Tensor gradient = Npy.read(out.resolve("gradients/mean.weight.npy"));
        Tensor radius = Npy.read(out.resolve("gradients/mean.weight.radius.npy"));
        assertThat(gradient.get(0)).isEqualTo(11.6, org.assertj.core.data.Offset.offset(1e-14));
        assertThat(radius.get(2)).isBetween(0.0, Math.ulp(gradient.get(2)) / 2 * 1.001);
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("\"oracle\"");
    }

    /** Three samples in batches of two; the last one is at a kink. */
    private Path batches(String batch) throws IOException {
        return Files.writeString(folder.resolve("batches.yaml"), """
                network: batches
                inputs: {x: [[0.1, 2], [0.3, -4], [5, 1]], t: [[0.3], [0.2], [0.1]]}
                layers:
                  fc: {layer: linear, out_features: 1}
                  act: {layer: relu}
                parameters: {fc.weight: [[1, -5]], fc.bias: 0}
                loss: {layer: mse_loss, target: t}
                """.replace("layers:", batch + "\nlayers:"));
    }

    private Tensor proven(String batch, String name, int threads) throws IOException {
        Path out = folder.resolve("proven");
        Devml run =
                Devml.run("run", batches(batch), "--oracle", "--input-gradients", "--threads", threads, "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        return Npy.read(out.resolve("gradients").resolve(name + ".npy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fc.weight", "fc.bias", "x"})
    void batchesAddUp(String name) throws IOException {
        double[] whole = proven("", name, 1).toDoubles().values();
        assertThat(whole).isNotEqualTo(new double[whole.length]);
        for (int threads : List.of(1, 3)) {
            double[] parts = proven("batch: 2", name, threads).toDoubles().values();
            assertThat(parts).hasSameSizeAs(whole);
            for (int i = 0; i < whole.length; i++) {
                assertThat(parts[i]).isEqualTo(whole[i], offset(Math.ulp(whole[i]))); // of exact numbers, the nearest
            }
        }
    }

    /** A mean over what depends on the data, rows, and a mean that no option asks for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss: {layer: cross_entropy, target: t, weight: w}",
                "loss: {layer: cross_entropy, target: t, reduction: none}",
                "loss: {layer: mean}",
            })
    void batchesMakeTheLossOfAll(String loss) throws IOException {
        Path network = Files.writeString(folder.resolve("loss.yaml"), """
                network: loss
                inputs:
                  x: [[0.1, 2], [0.3, -4], [5, 1], [2, 3], [1, 1]]
                  t: [-100, 0, 1, 1, 0]
                  w: [0.3, 0.9]
                layers: {fc: {layer: linear, out_features: 2}}
                parameters: {fc.weight: [[1, -5], [0.2, 0.7]], fc.bias: 0}
                %s
                """.formatted(loss));
        Path out = folder.resolve("whole");
        Devml whole = Devml.run("run", network, "--oracle", "--input-gradients", "--values", "all", "--out", out);
        assertThat(whole.code()).as(whole.err()).isZero();
        Files.writeString(network, Files.readString(network) + "batch: 2\n");
        Path parts = folder.resolve("parts");
        Devml run = Devml.run("run", network, "--oracle", "--input-gradients", "--values", "all", "--out", parts);
        assertThat(run.code()).as(run.err()).isZero();
        for (String name : List.of("gradients/fc.weight", "gradients/x", "values/loss")) {
            Tensor expected = Npy.read(out.resolve(name + ".npy"));
            Tensor found = Npy.read(parts.resolve(name + ".npy"));
            assertThat(found.shape()).isEqualTo(expected.shape());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i)).isEqualTo(expected.get(i), offset(Math.ulp(expected.get(i))));
            }
        }
        Devml check = Devml.run("check", network, "--oracle");
        assertThat(check.code()).as(check.out()).isZero();
    }

    @Test
    void saysInWhichBatchAComparisonIsOpen() throws IOException {
        Devml run = Devml.run("check", batches("batch: 2"), "--oracle", "--kinks", "0.1", "--json");
        Devml other = Devml.run("check", batches("batch: 2"), "--oracle", "--kinks", "0.1", "--json", "--threads", 3);
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(other.out()).isEqualTo(run.out());
        assertThat(run.out())
                .containsSubsequence("\"open_comparisons\"", "\"batch\": 2", "\"layer\": \"act\"", "\"fc.weight\"");
        assertThat(Devml.run("check", batches("batch: 2"), "--oracle").out()).contains("batch 2, act: ");
        assertThat(Devml.run("check", batches(""), "--oracle").out()).contains("\n  act: ");
    }

    /** The second batch goes on with what the first one left, which is known no better than that. */
    @Test
    void buffersGoFromBatchToBatch() throws IOException {
        Path network = Files.writeString(folder.resolve("norm.yaml"), """
                network: norm
                inputs: {x: [[0.1, 2], [0.3, -4], [5, 0.7], [0.2, 1]]}
                batch: 2
                layers: {bn: {layer: batch_norm}}
                """);
        Path out = folder.resolve("run");
        assertThat(Devml.run("run", network, "--values", "all", "--out", out).code())
                .isZero();
        Devml run = Devml.run("check", network, "--oracle", "--reference", out);
        assertThat(run.out()).contains("values/bn.running_mean         (2,)");
        assertThat(run.code()).as(run.out()).isZero();
        Path mean = out.resolve("values/bn.running_mean.npy");
        Tensor.Doubles moved = Npy.read(mean).toDoubles();
        moved.values()[0] = Math.nextUp(Math.nextUp(Math.nextUp(moved.values()[0] * (1 + 0x1p-48))));
        Npy.write(mean, moved);
        assertThat(Devml.run("check", network, "--oracle", "--reference", out).code())
                .isEqualTo(1);
    }
}
