package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.Workers;
import devml.fault.Fault;
import devml.network.NetworkFile;
import devml.run.BoundedProgram;
import devml.run.Evaluator;
import devml.run.Execution;
import devml.run.FastEvaluator;
import devml.run.Program;
import devml.run.Workload;
import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fast evaluator computes lies within the bounds that it computes beside it, by the balls of the oracle. */
class BoundsTest {
    private static final Workers WORKERS = new Workers(1);
    private static long checked;
    private static long unknown;

    static List<Path> files() throws IOException {
        return Runs.files("testdata/layers", "testdata/own-layer", "networks").stream()
                .filter(file -> !file.startsWith("networks/layers"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void encloseFloat64(Path file) {
        check(Runs.of(file), DType.FLOAT64);
    }

    @ParameterizedTest
    @MethodSource("files")
    void encloseFloat32(Path file) {
        Runs runs = Runs.of(file);
        try {
            check(rounded(runs), DType.FLOAT32);
        } catch (Fault tooLarge) {
            assertThat(tooLarge).hasMessageContaining("too large");
        }
    }

    /** With data that float32 holds: the bounds are of what is computed from them, not of how they were rounded. */
    private static Runs rounded(Runs runs) {
        Workload workload = Workload.load(
                runs.workload().network().file(), new Workload.Overrides(Optional.of(DType.FLOAT32), Optional.empty()));
        Map<String, Tensor> parameters = new HashMap<>(workload.parameters());
        parameters.replaceAll((_, tensor) -> tensor.toFloats());
        return new Runs(
                new Workload(
                        workload.network(),
                        DType.FLOAT32,
                        workload.seed(),
                        workload.inputs(),
                        parameters,
                        workload.cotangent()),
                runs.program());
    }

    private static void check(Runs all, DType dtype) {
        Runs runs = isLarge(all) ? all.firstSample() : all;
        OracleNumbers balls = runs.run(new OracleNumbers(dtype, runs.program().count(), 0));
        BoundedProgram bounded = BoundedProgram.of(runs.program(), dtype);
        Evaluator fast = new FastEvaluator(dtype, bounded.program(), WORKERS);
        Workload.Batch batch = runs.batch();
        Execution.run(bounded.program(), fast, batch.inputs(), runs.workload().parameters(), batch.cotangent());
        runs.computed().forEach((name, tensor) -> {
            Shape shape = runs.shape(tensor);
            Tensor computed = fast.get(tensor, shape, false);
            Tensor bound = bounded.bound(fast, tensor, shape);
            for (int i = 0; i < computed.size(); i++) {
                Ball ball = balls.ball(tensor, i);
                if (!ball.isFinite() || bound.get(i) == Double.POSITIVE_INFINITY) {
                    unknown += ball.isFinite() ? 1 : 0;
                    continue;
                }
                double off = Math.abs(computed.get(i) - ball.mid().hi());
                assertThat(off - ball.radius() - Math.abs(ball.mid().lo()))
                        .as("%s[%d] is %s, exactly %s", name, i, computed.get(i), ball)
                        .isLessThanOrEqualTo(bound.get(i));
                checked++;
            }
        });
    }

    /** 0 times an unknown error is not 0, and the greatest of numbers that are off by that may be any of them. */
    @Test
    void knowsNoPlaceAmongUnknownNumbers(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("pick.yaml"), """
                layer: pick
                tensors: |
                  input  x[N]
                  input  z[N, N]
                  output y[]
                forward: |
                  unknown[n] = 1 / (x[n]/3 + 1e20 - 1e20 + 1)
                  sum[n] = sum(n': z[n,n'] * unknown[n'])
                  k[] = argmax(n: sum[n] + x[n])
                  y[] = x[k[]]
                """);
        Files.writeString(folder.resolve("net.yaml"), """
                definitions: [pick.yaml]
                inputs: {x: [1, 2, 3], z: {shape: [3, 3], data: zeros}}
                layers: {pick: {layer: pick, from: [x, z]}}
                """);
        Workload workload = Workload.load(NetworkFile.read(folder.resolve("net.yaml")), Workload.Overrides.NONE);
        BoundedProgram bounded = BoundedProgram.of(Program.of(workload.network(), Set.of()), DType.FLOAT64);
        Evaluator fast = new FastEvaluator(DType.FLOAT64, bounded.program(), WORKERS);
        Execution.run(bounded.program(), fast, workload.batch(0).inputs(), Map.of(), Optional.empty());
        int y = bounded.program().network().outputTensor().number();
        assertThat(bounded.bound(fast, y, Shape.of()).get(0)).isInfinite();
    }

    /** Balls take long: of a batch the first sample will do. */
    private static boolean isLarge(Runs runs) {
        Rows first = runs.workload().inputs().values().iterator().next();
        return !first.dims().isEmpty() && first.dims().getFirst() > 16;
    }

    /** Bounds that are infinite say nothing. Many are of networks in float32, where a variance cannot be told from 0. */
    @AfterAll
    static void sayMuch() {
        assertThat(checked).isGreaterThan(10 * unknown);
    }
}
