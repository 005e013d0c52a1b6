package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static devml.Definitions.integers;
import static devml.Definitions.numbers;
import static devml.Definitions.run;
import static devml.Definitions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only a position may leave its dimension. Here w = j + r - 1 is one: it reaches from -1 to 4, x from 0 to 3. */
class EdgeRuleTest {
    private static final Map<String, Shape> INPUTS =
            Map.of("x", Shape.of(4), "v", Shape.of(3), "i", Shape.of(4), "m", Shape.of(3, 2));

    private static final String LEAVES =
            "w may leave dimension 0 of x: it reaches -1…4 of 0…3 (W = 4, R = 3, Q = 2, J = 4)";

    private static final String NO_FACTOR = LEAVES
            + "; where it does, the whole point is dropped, so the access must be a factor of everything that is summed "
            + "there";

    /** The equation stands in line 12, its value from column 10 or, of +=, 11. */
    private static String layer(String equation) {
        return """
                layer: window
                tensors: |
                  input  x[W]
                  input  v[R]
                  input  i[W] in W
                  input  m[R, Q]
                  output y[J]
                where: |
                  J = W
                  w = j + r - 1
                forward: |
                  %s
                """.formatted(equation);
    }

    private static double[] result(String equation) {
        return numbers(run(
                        bind(layer(equation), "{}", INPUTS),
                        Map.of(
                                "x", vector(1, 2, 4, 8),
                                "v", vector(100, 10, 1),
                                "i", integers(Shape.of(4), 3, 3, 0, 1),
                                "m", new Tensor.Doubles(Shape.of(3, 2), new double[] {1, 1, 1, 1, 1, 1})))
                .get("y"));
    }

    @Test
    void aPointWhosePositionLeavesContributesNothing() {
        assertThat(result("y[j] = sum(r: v[r]*x[w])")).containsExactly(12, 124, 248, 480);
        assertThat(result("y[j] = max(r: -x[w])")).containsExactly(-1, -1, -2, -4);
        assertThat(result("y[j] = min(r: x[w])")).containsExactly(1, 1, 2, 4);
        assertThat(result("y[j] = sum(r: exp(0*x[w]))")).containsExactly(2, 3, 3, 2);
        assertThat(result("y[j] = mean(r: x[w])")).containsExactly(1.5, 7 / 3.0, 14 / 3.0, 6);
        assertThat(result("y[j] += v[r]*x[w]")).containsExactly(12, 124, 248, 480);
    }

    /** Of one step none comes before another: what is written for it leaves its dimension at no point. */
    @Test
    void nothingLeavesWhereAConditionNeverHolds() {
        String layer = """
                layer: earlier
                tensors: |
                  input  x[T]
                  output y[T]
                forward: |
                  y[t-1] += x[t] | 0 <= t - 1 < T
                """;
        assertThat(numbers(run(bind(layer, "{}", Map.of("x", Shape.of(3))), Map.of("x", vector(1, 2, 3)))
                        .get("y")))
                .containsExactly(2, 3, 0);
        assertThat(numbers(run(bind(layer, "{}", Map.of("x", Shape.of(1))), Map.of("x", vector(1)))
                        .get("y")))
                .containsExactly(0);
    }

    @Test
    void nothingLeavesWhereConditionsExcludeEachOther() {
        String layer = """
                layer: never
                tensors: |
                  input  x[T]
                  output y[T]
                forward: |
                  y[t-1] += x[t] | t == 0 and 0 <= t - 1 < T
                """;
        assertThat(numbers(run(bind(layer, "{}", Map.of("x", Shape.of(3))), Map.of("x", vector(1, 2, 3)))
                        .get("y")))
                .containsExactly(0, 0, 0);
    }

    @Test
    void aScatterDropsToo() {
        String scatter = layer("y[w] += v[r]*x[j + 0]").replace("output y[J]", "output y[W]");
        assertThat(numbers(run(bind(scatter, "{}", INPUTS), Map.of("x", vector(1, 2, 4, 8), "v", vector(100, 10, 1)))
                        .get("y")))
                .containsExactly(210, 421, 842, 84);
    }

    @Test
    void argmaxCountsTheWholeBox() {
        assertThat(result("y[j] = argmax(r: -x[w])")).containsExactly(1, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "y[j] = sum(r: v[r]*x[w] + v[r]) ~ 22",
                "y[j] = sum(r: v[r] - x[w]) ~ 24",
                "y[j] = sum(r: max(x[w], 0)) ~ 21",
                "y[j] = sum(r: where(v[r] > 0, x[w], 0)) ~ 33",
                "y[j] = sum(r: where(x[w] > 0, v[r], 0)) ~ 23",
                "y[j] = sum(r | x[w] > 0: v[r]) ~ 18",
                "y[j] = sum(r: v[r] + sum(q: m[r,q]*x[w])) ~ 38",
                "y[j] = sum(r: sum(q: m[r,q] + x[w])) ~ 33",
                "y[j] += v[r]*x[w] + v[r] ~ 16",
                "y[j] = sum(r: v[r]*x[i[w]]) ~ 0"
            })
    void theAccessMustBeAFactorOfTheBody(String equation, int column) {
        String message = fault(layer(equation), "{}", INPUTS);
        if (column == 0) {
            assertThat(message)
                    .contains("w may leave dimension 0 of i: it reaches -1…4 of 0…3")
                    .contains("must be a factor");
        } else {
            assertThat(message).isEqualTo("test.yaml:12:" + column + ": error: " + NO_FACTOR);
        }
    }

    @Test
    void factorsOfAllKindsMayDrop() {
        assertThat(result("y[j] = sum(r: 2*v[r]/x[w]*3)")).hasSize(4);
        assertThat(result("y[j] = sum(r: sum(q: m[r,q])*x[w]^2)")).hasSize(4);
        assertThat(result("y[j] = 1000 + sum(r: v[r]*x[w])")).containsExactly(1012, 1124, 1248, 1480);
    }

    @Test
    void withoutALoopNothingCanBeDropped() {
        String shift = layer("y[j] = x[w]").replace("w = j + r - 1", "w = j - 1");
        assertThat(fault(shift, "{}", INPUTS))
                .isEqualTo(
                        "test.yaml:12:12: error: w may leave dimension 0 of x: it reaches -1…2 of 0…3 "
                                + "(W = 4, R = 3, Q = 2, J = 4), and no reduction or += could drop the point; 'else' gives a value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "y[j] = sum(r: v[r]*x[j + r]) ~ 24 ~ j + r may leave dimension 0 of x: it reaches 0…5 of 0…3",
                "y[j] = sum(r | j + r - 1 >= 0: x[j + r - 1]) ~ 36 ~ j + r - 1 may leave dimension 0 of x: it reaches 0…4 of 0…3",
                "y[j] = where(j > 0, 0, x[j - 1]) ~ 28 ~ j - 1 may leave dimension 0 of x: it reaches -1…-1 of 0…3",
                "y[j] = (x[j - 1] else x[j - 1]) ~ 27 ~ j - 1 may leave dimension 0 of x: it reaches -1…2 of 0…3",
                "y[j] = (x[i[j + 1]] else 0) ~ 15 ~ j + 1 may leave dimension 0 of i: it reaches 1…4 of 0…3",
                "y[j] = x[j + 1] | j > 0 ~ 12 ~ j + 1 may leave dimension 0 of x: it reaches 2…4 of 0…3"
            })
    void anythingElseMustStayInside(String equation, int column, String message) {
        assertThat(fault(layer(equation), "{}", INPUTS))
                .isEqualTo(
                        "test.yaml:12:%d: error: %s (W = 4, R = 3, Q = 2, J = 4); "
                                + "a position, a guard or 'else' would cover it",
                        column, message);
    }

    @Test
    void guardsConditionsAndElseCover() {
        assertThat(result("y[j] = sum(r | 0 <= j + r - 1 < W: v[r]*x[j + r - 1])"))
                .containsExactly(12, 124, 248, 480);
        assertThat(result("y[j] = where(j > 0, x[j - 1], 0)")).containsExactly(0, 1, 2, 4);
        assertThat(result("y[j] = where(j < 1, 0, x[j - 1])")).containsExactly(0, 1, 2, 4);
        assertThat(result("y[j] = where(j < 1 or j > 3, 0, x[j - 1])")).containsExactly(0, 1, 2, 4);
        assertThat(result("y[j] = x[j - 1] | j >= 1\n  y[j] = -1 | j == 0")).containsExactly(-1, 1, 2, 4);
        assertThat(result("y[j] = (x[j - 1] else 0) + (x[j + 1] else 7)")).containsExactly(2, 5, 10, 11);
        assertThat(result("y[j] += v[r]*x[j + r - 1] | 1 <= j + r <= 4")).containsExactly(12, 124, 248, 480);
        assertThat(result("y[j] = x[min(j + 1, W - 1)]")).containsExactly(2, 4, 8, 8);
        assertThat(result("y[j] = x[(j + 1) % W]")).containsExactly(2, 4, 8, 1);
    }

    @Test
    void dataDecideWithoutTheEdgeRule() {
        assertThat(result("y[j] = x[i[j + 0]]")).containsExactly(8, 8, 1, 2);
    }

    @Test
    void wrapFollowsThePaddingModes() {
        String wrap = """
                layer: wrap
                options: {mode: zeros or reflect or replicate or circular}
                tensors: |
                  input  x[W]
                  output y[J, R]
                where: |
                  J = W + 4
                  R = 1
                  w = wrap(mode, j - 2 + r, W)
                forward: |
                  y[j,r] += x[w]
                """;
        Map<String, String> modes = Map.of(
                "zeros", "0 0 1 2 3 0 0",
                "reflect", "3 2 1 2 3 2 1", // numpy.pad([1, 2, 3], 2, 'reflect')
                "replicate", "1 1 1 2 3 3 3", // 'edge'
                "circular", "2 3 1 2 3 1 2"); // 'wrap'
        modes.forEach((mode, expected) -> {
            BoundLayer layer = bind(wrap, "{mode: " + mode + "}", Map.of("x", Shape.of(3)));
            StringBuilder found = new StringBuilder();
            for (double y : numbers(run(layer, Map.of("x", vector(1, 2, 3))).get("y"))) {
                found.append(found.isEmpty() ? "" : " ").append((int) y);
            }
            assertThat(found.toString()).as(mode).isEqualTo(expected);
        });
    }
}
