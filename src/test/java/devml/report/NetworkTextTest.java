package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import devml.fault.Source;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.notation.Parser;
import devml.run.InputShapes;
import devml.run.Schedule;
import devml.run.Summary;
import devml.tensor.DType;
import devml.yaml.Document;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A network explained and summed up. */
class NetworkTextTest {
    private static final String NETWORK = """
            network: tiny
            inputs:
              x:      {shape: [2, 1, 3, 3], data: missing.npy}
              unused: [1.0]
            layers:
              conv: {layer: conv2d, out_channels: 2, kernel_size: 2, stride: 2, padding: 1, bias: false, activation: relu}
              sum:  {layer: add, from: [conv, conv]}
              cat:  {layer: concat, from: [sum, conv], dim: 1}
            """;

    private static Network network(String yaml) {
        Document document = Document.read(new Source("tiny.yaml", yaml));
        return InputShapes.bind(NetworkFile.read(document, Path.of(""), "tiny"));
    }

    /** Those that conv2d puts into its equations, as both passes show them. */
    private static final String SHORT_NAMES = """
                span  = dilation*(kernel_size - 1)
                pad   = where(padding == 'same', span, where(padding == 'valid', 0, 2*padding))
                o     = g*M + m
                c     = g*D + d
                inner = padding_mode == 'zeros'
                u, v  = (i, j)*stride + (r, s)*dilation
                h, w  = (u, v) - pad//2
                taken = where(inner, x[n,c,h,w], padded[n,c,u,v])
            """;

    private static Schedule schedule() {
        return Schedule.of(network(NETWORK), false);
    }

    @Test
    void forwardTellsEveryTensorAndEquation() {
        assertThat(NetworkText.of(schedule(), true, false)).isEqualTo("""
                forward

                conv = conv2d(x)
                  options: out_channels = 2, kernel_size = 2, stride = 2, padding = 1, dilation = 1, groups = 1, bias = false, padding_mode = zeros
                  sizes: N = 2, C = 1, H = 3, W = 3, G = 1, K = 2, M = 2, D = 1, R = 2, S = 2, I = 2, J = 2, U = 1, V = 1
                  input   x       (2, 1, 3, 3)  x
                  param   weight  (2, 1, 2, 2)  conv.weight
                  output  y       (2, 2, 2, 2)  conv
                  param   bias    absent        reads as 0

                    y[n,o,i,j] = bias[o] + sum(d,r,s: weight[o,d,r,s] * taken)
                  where
                %s\

                conv.relu = relu(conv)
                  sizes: A = (2, 2, 2, 2)
                  input   x  (2, 2, 2, 2)  conv
                  output  y  (2, 2, 2, 2)  conv.relu

                    y[a] = max(x[a], 0)

                sum = add(conv.relu, conv.relu)
                  options: alpha = 1.0
                  sizes: A = (2, 2, 2, 2)
                  input   x      (2, 2, 2, 2)  conv.relu
                  input   other  (2, 2, 2, 2)  conv.relu
                  output  y      (2, 2, 2, 2)  sum

                    y[a] = x[a] + alpha * other[a]

                cat = concat(sum, conv.relu)
                  options: dim = 1
                  sizes: A = 2, K.0 = 2, B = (2, 2), K.1 = 2, T = 4
                  input   x.0  (2, 2, 2, 2)  sum
                  input   x.1  (2, 2, 2, 2)  conv.relu
                  output  y    (2, 4, 2, 2)  cat

                    y[a,start.q + k.q,b] = x.q[a,k.q,b]
                  where
                    start.q = sum(q' | q' < q: K.q')
                """.formatted(SHORT_NAMES));
    }

    @Test
    void backwardTellsWhatRunsAndHowGradientsAddUp() {
        assertThat(NetworkText.of(schedule(), false, true)).isEqualTo("""
                backward

                cat = concat(sum, conv.relu)
                  given  dy    (2, 4, 2, 2)  gradient of cat
                  sets   dx.0  (2, 2, 2, 2)  gradient of sum
                  sets   dx.1  (2, 2, 2, 2)  gradient of conv.relu

                    dx.q[a,k.q,b] += dy[a,start.q + k.q,b]
                  where
                    start.q = sum(q' | q' < q: K.q')

                sum = add(conv.relu, conv.relu)
                  given  dy      (2, 2, 2, 2)  gradient of sum
                  sets   dx      (2, 2, 2, 2)  gradient of conv.relu
                  sets   dother  (2, 2, 2, 2)  gradient of conv.relu

                    dx[a]     += dy[a]
                    dother[a] += alpha * dy[a]

                dconv.relu = sum.dx + sum.dother + cat.dx.1

                conv.relu = relu(conv)
                  given  dy  (2, 2, 2, 2)  gradient of conv.relu
                  sets   dx  (2, 2, 2, 2)  gradient of conv

                    dx[a] += where(x[a] <= 0, 0, dy[a])

                conv = conv2d(x)
                  given  dy       (2, 2, 2, 2)  gradient of conv
                  sets   dweight  (2, 1, 2, 2)  gradient of conv.weight

                    dweight[o,d,r,s] += dy[n,o,i,j] * taken
                  where
                %s\
                """.formatted(SHORT_NAMES));
    }

    @Test
    void inputGradientsBringTheirEquations() {
        String text = NetworkText.of(Schedule.of(network(NETWORK), true), false, true);
        assertThat(text)
                .contains("  sets   dx       (2, 1, 3, 3)  gradient of x\n")
                .contains("    dx[n,c,h,w]      += dy[n,o,i,j] * weight[o,d,r,s] | inner\n");
    }

    @Test
    void expansionsAreShown() {
        String broadcast = """
                inputs: {x: [[1.0, 2.0]], b: [3.0]}
                layers: {mul: {layer: mul, from: [x, b]}, fc: {layer: linear, out_features: 1}}
                """;
        assertThat(NetworkText.of(Schedule.of(network(broadcast), true), true, true))
                .contains("    other[i0,i1] = other.given[0]\n    y[a]         = x[a] * other[a]\n")
                .contains("    dother.given[0] += dother[i0,i1]\n");
    }

    @Test
    void updatesComeLast() {
        String norm = "{inputs: {x: {shape: [4, 2], data: x.npy}}, layers: {bn: {layer: batch_norm}}}";
        assertThat(NetworkText.of(Schedule.of(network(norm), false), true, true))
                .contains("\nupdate\n\nbn = batch_norm(x)\n\n    running_mean[c]       = ");
        assertThat(NetworkText.of(
                        Schedule.of(network(norm.replace("{inputs", "{training: false, inputs")), false), true, true))
                .doesNotContain("update");
    }

    @Test
    void everyEquationParses() {
        String text = NetworkText.of(Schedule.of(network(NETWORK), true), true, true);
        String equations = text.lines()
                .filter(line -> line.startsWith("    ") && line.contains("["))
                .filter(line -> !line.contains("taken ="))
                .reduce("", (a, b) -> a + b.strip() + "\n");
        assertThat(Parser.equations(new Source("text", equations).place(0, equations.length())))
                .hasSize(10);
    }

    @Test
    void jsonSaysTheSame() {
        JsonObject json =
                JsonParser.parseString(NetworkJson.of(schedule(), true, true)).getAsJsonObject();
        JsonObject conv = json.getAsJsonArray("layers").get(0).getAsJsonObject();
        assertThat(conv.get("reads")).hasToString("{\"x\":\"x\"}");
        assertThat(conv.getAsJsonObject("sizes").get("H")).hasToString("[3]");
        assertThat(conv.getAsJsonObject("options").get("stride")).hasToString("\"2\"");
        assertThat(conv.getAsJsonArray("tensors").get(1))
                .hasToString(
                        "{\"name\":\"weight\",\"role\":\"param\",\"shape\":[2,1,2,2],\"in_network\":\"conv.weight\"}");
        assertThat(json.getAsJsonArray("forward").get(1))
                .hasToString("{\"name\":\"conv.relu\",\"equations\":[\"y[a] = max(x[a], 0)\"],\"where\":[]}");
        assertThat(json.getAsJsonArray("backward").get(2))
                .hasToString("{\"sum\":\"dconv.relu\",\"of\":[\"sum.dx\",\"sum.dother\",\"cat.dx.1\"]}");
        assertThat(JsonParser.parseString(NetworkJson.of(schedule(), true, false))
                        .getAsJsonObject()
                        .has("backward"))
                .isFalse();
    }

    @Test
    void theSummaryCounts() {
        // conv forward: 16 outputs of 4 products each, 2 operations a product; backward the same for the weight
        // relu: 16 and 16 comparisons with 16 additions, and the sum of 3 gradients: 2 * 16
        assertThat(SummaryTable.of(Summary.of(network(NETWORK), false, DType.FLOAT64), true))
                .isEqualTo("""
                name       layer   output        parameters  forward FLOPs  backward FLOPs
                conv       conv2d  (2, 2, 2, 2)           8          ≤ 128           ≤ 128
                conv.relu  relu    (2, 2, 2, 2)           0             16              64
                sum        add     (2, 2, 2, 2)           0             16              32
                cat        concat  (2, 4, 2, 2)           0              0              32
                total                                     8          ≤ 160           ≤ 256

                parameters   64 bytes
                activations  792 bytes, of one batch: the inputs and what forward keeps
                memory       1.4 KiB, of one batch, with gradients: what a run needs
                ≤ counts whole boxes: points that a border or a guard drops too, and the dearer of two choices
                never read   unused

                conv: y[n,o,i,j] = bias[o] + sum(d,r,s: weight[o,d,r,s] * taken)
                  c: 0…0 of 0…0
                  h: -1…2 of 0…2
                  w: -1…2 of 0…2

                conv: dweight[o,d,r,s] += dy[n,o,i,j] * taken
                  c: 0…0 of 0…0
                  h: -1…2 of 0…2
                  w: -1…2 of 0…2
                """);
    }

    @Test
    void theSummaryAsJson() {
        Summary summary = Summary.of(network(NETWORK), true, DType.FLOAT32);
        JsonObject json = JsonParser.parseString(SummaryTable.json(summary)).getAsJsonObject();
        assertThat(json.getAsJsonArray("layers").get(0))
                .hasToString("{\"name\":\"conv\",\"layer\":\"conv2d\",\"output\":[2,2,2,2],\"parameters\":8,"
                        + "\"forward_flops\":128,\"backward_flops\":256,\"flops_exact\":false}");
        assertThat(json.get("parameter_bytes").getAsInt()).isEqualTo(32);
        assertThat(json.get("activation_bytes").getAsInt()).isEqualTo(396);
        assertThat(json.get("memory_bytes").getAsInt()).isGreaterThan(396 + 32);
        assertThat(json.getAsJsonArray("never_read")).hasToString("[\"unused\"]");
        assertThat(json.getAsJsonArray("positions")
                        .get(1)
                        .getAsJsonObject()
                        .get("low")
                        .getAsInt())
                .isEqualTo(-1);
    }

    @Test
    void layersAndTensorsThatNothingReadsAreTold() {
        String lazy = """
                inputs: {x: [[1.0, 2.0]], mask: [[1.0, 1.0]]}
                layers:
                  lost: {layer: relu}
                  fc: {layer: linear, from: x, out_features: 1}
                """;
        assertThat(Summary.of(network(lazy), false, DType.FLOAT64).unread()).containsExactly("mask", "lost");
    }

    @Test
    void aBatchIsCutWithoutData() {
        String batches = """
                inputs: {x: {shape: [10, 3], data: x.npy}, t: {shape: [10], data: t.npy}, all: {shape: [3], data: a.npy}}
                batch: 4
                layers: {mul: {layer: mul, from: [x, all]}}
                """;
        assertThat(network(batches).inputs().toString()).isEqualTo("{x=(4, 3), t=(4,), all=(3,)}");
        assertThat(network(batches.replace("batch: 4", "batch: 40")).inputs().toString())
                .isEqualTo("{x=(10, 3), t=(10,), all=(3,)}");
    }

    @Test
    void theTotalsAreThoseOfTheRows() {
        Summary summary = Summary.of(network(NETWORK), true, DType.FLOAT64);
        assertThat(summary.backward().operations())
                .isEqualTo(summary.rows().stream()
                        .mapToLong(row -> row.backward().operations())
                        .sum());
        assertThat(summary.parameters()).isEqualTo(8);
    }
}
