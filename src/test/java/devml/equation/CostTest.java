package devml.equation;

import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.Catalogue;
import devml.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations counted by hand. */
class CostTest {
    private static final String LINEAR = """
            layer: linear
            options: {out: int, with_bias: bool = false}
            tensors: |
              input  x[N, D]
              param  weight[O, D]
              param  bias[O] when with_bias else 0
              output y[N, O]
            where: |
              O = out
            forward: |
              y[n,o] = bias[o] + sum(d: weight[o,d]*x[n,d])
            backward: |
              dbias[o] += dy[n,o]
              dweight[o,d] += dy[n,o]*x[n,d]
              dx[n,d] += dy[n,o]*weight[o,d]
            """;

    private static List<Cost> costs(List<BoundEquation> equations) {
        return equations.stream().map(e -> Cost.of(e.assignment())).toList();
    }

    @Test
    void aLinearLayerTakesTwoOperationsAWeightAndSample() {
        BoundLayer layer = Definitions.bind(LINEAR, "{out: 5}", Map.of("x", Shape.of(7, 3)));
        assertThat(costs(layer.forward())).containsExactly(new Cost(2 * 7 * 3 * 5, true));
        assertThat(costs(layer.backward()))
                .containsExactly(new Cost(2 * 7 * 3 * 5, true), new Cost(2 * 7 * 3 * 5, true));
    }

    @Test
    void aBiasIsAddedOnceAnOutputAndItsGradientOnceASample() {
        BoundLayer layer = Definitions.bind(LINEAR, "{out: 5, with_bias: true}", Map.of("x", Shape.of(7, 3)));
        assertThat(costs(layer.forward())).containsExactly(new Cost(2 * 7 * 3 * 5 + 7 * 5, true));
        assertThat(costs(layer.backward()).getFirst()).isEqualTo(new Cost(7 * 5, true));
    }

    @ParameterizedTest
    @CsvSource({"0, 2, true", "1, 4, false"})
    void aConvolutionCountsWholeBoxes(int padding, int rows, boolean exact) {
        // 2 x 3 -> 4 channels, a 3 x 3 kernel on 4 x 4 pixels
        String options = "{out_channels: 4, kernel_size: 3, bias: false, padding: %d}".formatted(padding);
        BoundLayer layer = Definitions.bind(
                new Catalogue(List.of()).find("conv2d"), options, Map.of("x", Shape.of(2, 3, 4, 4)), true);
        long multiplications = 2L * 4 * rows * rows * 3 * 9;
        assertThat(costs(layer.forward())).containsExactly(new Cost(2 * multiplications, exact));
        assertThat(costs(layer.backward()))
                .containsExactly(new Cost(2 * multiplications, exact), new Cost(2 * multiplications, exact));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "x[n,0] ~ 0 ~ true",
                "-x[n,0] ~ 1 ~ true",
                "x[n,0]*x[n,1] + 2.5/x[n,1] ~ 3 ~ true",
                "x[n,0]^2 ~ 1 ~ true",
                "x[n,0]^-3 ~ 3 ~ true",
                "x[n,0]^0 ~ 0 ~ true",
                "x[n,0]^x[n,1] ~ 1 ~ true",
                "max(x[n,0], 0.0) ~ 1 ~ true",
                "exp(x[n,0]) ~ 1 ~ true",
                "n*D + n // 2 ~ 0 ~ true",
                "max(d: x[n,d]) ~ 3 ~ true",
                "argmax(d: -x[n,d]) ~ 6 ~ true",
                "sum(d | d != n: x[n,d]) ~ 3 ~ false",
                "sum(d | x[n,d] > 0: x[n,d]) ~ 6 ~ false",
                "count(d: x[n,d] > 0) ~ 3 ~ true",
                "mean(d: x[n,d]) ~ 4 ~ true",
                "logsumexp(d: 2*x[n,d]) ~ 17 ~ true",
                "where(x[n,0] > 0, x[n,1]^3, -x[n,1]) ~ 3 ~ false",
                "where(x[n,0] > 0, x[n,1], 0) ~ 1 ~ true",
                "where(n > 0 and x[n,0] > x[n,1] or not (x[n,0] < 0), 2.0, 0) ~ 2 ~ true"
            })
    void eachOperationOnRealNumbersCounts(String value, long point, boolean exact) {
        String yaml = """
                layer: test
                tensors: |
                  input  x[N, D]
                  output y[N]
                forward: |
                  y[n] = %s
                """.formatted(value);
        BoundLayer layer = Definitions.bind(yaml, "{}", Map.of("x", Shape.of(5, 3)));
        assertThat(costs(layer.forward())).containsExactly(new Cost(5 * point, exact));
    }
}
