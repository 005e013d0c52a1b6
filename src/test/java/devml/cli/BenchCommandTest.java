package devml.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code devml bench}: what it measures; how long that took is for nobody to say. */
class BenchCommandTest {
    private static final Path NETWORK = Path.of("networks/own-layer.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"fast", "reference"})
    void measuresEveryEquation(String evaluator) {
        Devml devml = Devml.run(
                "bench",
                NETWORK,
                "--json",
                "--repeat",
                3,
                "--threads",
                1,
                "--dtype",
                "float32",
                "--evaluator",
                evaluator);
        assertThat(devml.err()).isEmpty();
        assertThat(devml.code()).isZero();
        JsonObject json = JsonParser.parseString(devml.out()).getAsJsonObject();
        assertThat(json.get("network").getAsString()).isEqualTo("own-layer");
        assertThat(json.get("dtype").getAsString()).isEqualTo("float32");
        assertThat(json.get("evaluator").getAsString()).isEqualTo(evaluator);
        assertThat(json.get("threads").getAsInt()).isEqualTo(1);
        assertThat(json.get("passes").getAsInt()).isEqualTo(3);
        for (String figure : List.of("ms", "tensors_ms", "peak_flops", "memory_bytes_per_second")) {
            assertThat(json.get(figure).getAsDouble()).as(figure).isPositive();
        }
        assertThat(json.getAsJsonArray("equations").asList().stream().map(BenchCommandTest::equation))
                .startsWith(
                        "fc1 forward y[a,o] = bias[o] + sum(k: weight[o,k] * x[a,k]): 135 FLOPs, 208 bytes",
                        "act forward y[a] = x[a] * s: 45 FLOPs, 124 bytes",
                        "fc2 forward y[a,o] = bias[o] + sum(k: weight[o,k] * x[a,k]): 66 FLOPs, 132 bytes")
                .endsWith("fc1 backward dweight[o,k] += dy[a,o] * x[a,k]: 120 FLOPs, 188 bytes");
    }

    /** The numbers that no clock decides; those that one does are positive. */
    private static String equation(JsonElement element) {
        JsonObject equation = element.getAsJsonObject();
        for (String figure : List.of("ms", "flops_per_second", "of_peak", "bytes_per_second", "of_memory")) {
            assertThat(equation.get(figure).getAsDouble()).as(figure).isNotNegative();
        }
        return "%s %s %s: %d FLOPs, %d bytes"
                .formatted(
                        equation.get("layer").getAsString(),
                        equation.get("pass").getAsString(),
                        equation.get("equation").getAsString(),
                        equation.get("flops").getAsLong(),
                        equation.get("bytes").getAsLong());
    }

    @Test
    void measuresPassesWithBoundsIfAsked() {
        Devml json = Devml.run("bench", NETWORK, "--json", "--repeat", 3, "--bounds");
        assertThat(json.code()).isZero();
        JsonObject timing = JsonParser.parseString(json.out()).getAsJsonObject();
        assertThat(timing.get("bounds_ms").getAsDouble()).isPositive();
        assertThat(timing.get("bounds_times_as_long").getAsDouble()).isGreaterThan(1);
        Devml text = Devml.run("bench", NETWORK, "--repeat", 3, "--bounds");
        assertThat(text.out().lines())
                .anyMatch(line -> line.matches(
                        "bounds +[0-9.]+ times as long: [0-9.]+ ms a pass that also bounds rounding errors"));
        Devml reference = Devml.run("bench", NETWORK, "--bounds", "--evaluator", "reference");
        assertThat(reference.code()).isEqualTo(2);
        assertThat(reference.err()).contains("--bounds are those of the fast evaluator");
    }

    @Test
    void printsALineForEachLayerAndEachEquation() {
        Devml devml = Devml.run("bench", "networks/resnet.yaml", "--repeat", 1, "--threads", 2);
        assertThat(devml.code()).isZero();
        assertThat(devml.out().lines())
                .anyMatch(line -> line.matches("layer +forward ms +backward ms +share +GFLOP/s +of peak"))
                .anyMatch(line -> line.matches("conv1 +[0-9.]+ +[0-9.]+ +[0-9]+% +≤ [0-9.]+ +≤ [0-9]+%"))
                .anyMatch(line -> line.matches("tensors +[0-9.]+ +[0-9]+%"))
                .anyMatch(line -> line.matches("total +[0-9.]+ +[0-9.]+ +100% .*"))
                .anyMatch(line -> line.matches("bn1 +update .* running_mean\\[c\\] = .*"))
                .anyMatch(line -> line.matches("relu1 +backward .* drelu1 = sum of what its readers contribute"))
                .anyMatch(line -> line.matches("measured +1 passes of [0-9.]+ ms after a warm-up: "
                        + "fast evaluator by the Vector API, float64, 2 threads; medians")) // the tests' Java has it
                .anyMatch(line -> line.matches("peak +[0-9.]+ GFLOP/s, of fused multiply-adds"));
    }

    @Test
    void needsAPassToMeasure() {
        Devml devml = Devml.run("bench", NETWORK, "--repeat", 0);
        assertThat(devml.code()).isEqualTo(2);
        assertThat(devml.err()).startsWith("error: --repeat must be 1 or more; found 0");
    }
}
