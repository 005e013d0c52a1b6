package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static devml.Definitions.numbers;
import static devml.Definitions.run;
import static devml.Definitions.text;
import static devml.Definitions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tensors that may be absent, what integers may hold, reduced outputs, and start values. */
class AbsentTest {
    private static final String SCALE = """
            layer: scale
            options: {affine: bool = true, limit: float = 0.5}
            tensors: |
              input  x[N]
              input  mask[N] when given else 2
              param  w[N] when affine else 3
              buffer seen[N] when affine else 0
              output y[N]
            where: |
              bound = limit/sqrt(N)
            forward: |
              y[n] = x[n]*mask[n]*w[n] + seen[n]
            backward: |
              dw[n] += dy[n]*x[n]*mask[n]
              dx[n] += dy[n]*mask[n]*w[n]
            update: |
              seen[n] = x[n]
            init: |
              w = uniform(-bound, 2*bound)
              seen = N - 1
            """;

    private static final Map<String, Shape> X = Map.of("x", Shape.of(4));

    @Test
    void anAbsentTensorReadsAsItsValueAndItsEquationsAreDropped() {
        BoundLayer layer = bind(SCALE, "{affine: false}", X);
        assertThat(text(layer.backward())).isEqualTo("dx[n] += dy[n] * mask[n] * w[n]");
        assertThat(layer.update()).isEmpty();
        assertThat(layer.tensor("w")).isEmpty();
        assertThat(layer.gradient("w")).isEmpty();
        assertThat(layer.absent()).extracting(d -> d.name()).containsExactly("mask", "w", "seen");
        Map<String, Tensor> results = run(layer, Map.of("x", vector(1, 2, 3, 4), "dy", vector(1, 1, 1, 1)));
        assertThat(numbers(results.get("y"))).containsExactly(6, 12, 18, 24);
        assertThat(numbers(results.get("dx"))).containsExactly(6, 6, 6, 6);
    }

    @Test
    void theGradientOfAnAbsentOutputIsZero() {
        BoundLayer layer = bind("""
                layer: parts
                options: {both: bool = true}
                tensors: |
                  input  x[N]
                  output y[N]
                  output z[N] when both else 0
                forward: |
                  y[n] = 3*x[n]
                  z[n] = 5*x[n]
                backward: |
                  s[]    = sum(n: dz[n])
                  dx[n] += 3*dy[n] + 5*dz[n] + s[]/2
                """, "{both: false}", X);
        Map<String, Tensor> results = run(layer, Map.of("x", vector(1, 2, 3, 4), "dy", vector(1, 1, 1, 2)));
        assertThat(numbers(results.get("dx"))).containsExactly(3, 3, 3, 6);
    }

    @Test
    void aPresentOneIsReadAndHasItsEquations() {
        BoundLayer layer = bind(SCALE, "{}", Map.of("x", Shape.of(4), "mask", Shape.of(4)));
        assertThat(layer.backward()).hasSize(2);
        assertThat(layer.absent()).isEmpty();
        Map<String, Tensor> results = run(
                layer,
                Map.of(
                        "x", vector(1, 2, 3, 4),
                        "mask", vector(0, 1, 0, 1),
                        "w", vector(5, 6, 7, 8),
                        "dy", vector(1, 1, 1, 1)));
        assertThat(numbers(results.get("y"))).containsExactly(0, 12, 0, 32);
        assertThat(numbers(results.get("dw"))).containsExactly(0, 2, 0, 4);
        assertThat(numbers(results.get("seen"))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void anInputThatIsNotOptionalIsNeeded() {
        assertThat(fault(SCALE, "{}", Map.of())).isEqualTo("net.yaml:1:1: error: net, a scale, lacks its input 'x'");
    }

    @Test
    void parametersAndBuffersStartAsInitSays() {
        BoundLayer layer = bind(SCALE, "{limit: 4}", X);
        assertThat(layer.tensor("w").orElseThrow().start()).contains(new InitialValue.Uniform(-2, 4));
        assertThat(layer.tensor("seen").orElseThrow().start()).contains(new InitialValue.Constant(3));
        String normal = SCALE.replace("uniform(-bound, 2*bound)", "normal(0, bound)");
        assertThat(bind(normal, "{limit: 4}", X).tensor("w").orElseThrow().start())
                .contains(new InitialValue.Normal(0, 2));
        String silent = SCALE.replace("  w = uniform(-bound, 2*bound)\n", "");
        assertThat(bind(silent, "{}", X).tensor("w").orElseThrow().start()).isEqualTo(Optional.empty());
        assertThat(fault(SCALE.replace("uniform(", "gamma("), "{}", X))
                .isEqualTo(
                        "test.yaml:19:7: error: a start value is uniform(low, high), normal(mean, deviation) or a number");
        assertThat(fault(
                        SCALE.replace("seen = N - 1", "seen = mask[0]"),
                        "{}",
                        Map.of("x", Shape.of(4), "mask", Shape.of(4))))
                .contains("error: a start value depends on options and sizes only");
    }

    @Test
    void whatTheNetworkSetsNeedsNoStart() {
        Binder.Request given = new Binder.Request(
                "net",
                Map.of(),
                X,
                _ -> Kind.REAL,
                Set.of("w"),
                true,
                Definitions.read(SCALE).place());
        BoundLayer layer = Binder.bind(Definitions.read(SCALE.replace("uniform(", "gamma(")), given, 0);
        assertThat(layer.tensor("w").orElseThrow().start()).isEmpty();
        assertThat(layer.tensor("seen").orElseThrow().start()).isPresent();
    }

    @Test
    void aRangeMayNameALaterInputsSize() {
        String pick = """
                layer: pick
                options: {none_of: int = -1}
                tensors: |
                  input  i[N] in K or none_of
                  input  x[K]
                  output y[N]
                forward: |
                  y[n] = where(i[n] < 0, 0, x[max(i[n], 0)])
                """;
        BoundTensor index = bind(pick, "{}", Map.of("i", Shape.of(3), "x", Shape.of(5)))
                .tensor("i")
                .orElseThrow();
        assertThat(index.integer()).isTrue();
        assertThat(index.range().orElseThrow()).isEqualTo(new BoundTensor.Range(5, Optional.of(-1L), false));
        assertThat(index.range().orElseThrow().contains(4)).isTrue();
        assertThat(index.range().orElseThrow().contains(5)).isFalse();
        assertThat(index.range().orElseThrow().contains(-1)).isTrue();
        assertThat(index.range().orElseThrow().contains(-2)).isFalse();
    }

    @Test
    void aReducedOutputObeysItsOption() {
        String loss = """
                layer: loss
                options: {reduction: none or mean or sum = mean}
                tensors: |
                  input  x[N]
                  output y = reduce(l[n], 2*N)
                forward: |
                  l[n] = x[n]^2
                backward: |
                  dx[n] += 2*x[n]*dl[n]
                """;
        Map<String, Tensor> given = Map.of("x", vector(1, 2, 3, 4), "dy", vector(8));
        Map<String, Tensor> sum = run(bind(loss, "{reduction: sum}", X), given);
        assertThat(numbers(sum.get("y"))).containsExactly(30);
        assertThat(numbers(sum.get("dx"))).containsExactly(16, 32, 48, 64);
        Map<String, Tensor> mean = run(bind(loss, "{}", X), given);
        assertThat(numbers(mean.get("y"))).containsExactly(30 / 8.0);
        assertThat(numbers(mean.get("dx"))).containsExactly(2, 4, 6, 8);
        BoundLayer none = bind(loss, "{reduction: none}", X);
        assertThat(none.tensor("y").orElseThrow().shape()).isEqualTo(Shape.of(4));
        Map<String, Tensor> each = run(none, Map.of("x", vector(1, 2, 3, 4), "dy", vector(1, 0, 2, 0)));
        assertThat(numbers(each.get("y"))).containsExactly(1, 4, 9, 16);
        assertThat(numbers(each.get("dx"))).containsExactly(2, 0, 12, 0);
        assertThat(fault(loss.replace("reduction:", "reduce_by:"), "{}", X))
                .isEqualTo("test.yaml:5:3: error: reduce needs the option 'reduction: none or mean or sum = mean'");
    }
}
