package devml.reference;

import static devml.Definitions.bind;
import static devml.Definitions.integers;
import static devml.Definitions.numbers;
import static devml.Definitions.reals;
import static devml.Definitions.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of expression comes to. */
class InterpreterTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    /** One number: an expression of x = [[1, 2, 4], [-3, NaN, inf]], i = [2, 0] and z, which has no elements in its rows. */
    private static double value(String expression) {
        BoundLayer layer = bind(
                layer("y[] = " + expression), "{}", Map.of("x", Shape.of(2, 3), "i", Shape.of(2), "z", Shape.of(2, 0)));
        Map<String, Tensor> given =
                Map.of("x", reals(Shape.of(2, 3), 1, 2, 4, -3, NAN, INF), "i", integers(Shape.of(2), 2, 0));
        return numbers(run(layer, given).get("y"))[0];
    }

    private static String layer(String equation) {
        return """
                layer: test
                tensors: |
                  input  x[N, K]
                  input  i[N] in 1000
                  input  z[N, E]
                  output y[]
                forward: |
                  %s
                """.formatted(equation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "7 ~ 7",
                "0.5 ~ 0.5",
                "pi ~ 3.141592653589793",
                "-inf ~ -Infinity",
                "x[0,1] ~ 2",
                "i[0] ~ 2",
                "x[0,i[0]] ~ 4",
                "x[0,0] + x[0,1]*x[0,2] - x[1,0]/2 ~ 10.5",
                "x[0,1]^3 ~ 8",
                "x[0,1]^-2 ~ 0.25",
                "x[1,1]^0 ~ 1",
                "x[0,2]^0.5 ~ 2",
                "x[0,1]^x[0,2] ~ 16",
                "-x[0,1]^2 ~ -4",
                "7 // 2 + 7 % 4 + -7 // 2 ~ 2",
                "7/2 ~ 3.5",
                "x[0,2] // 3 ~ 1",
                "x[0,0] // 0.1 ~ 9",
                "x[1,0] // inf ~ -1",
                "x[1,0] % 2 ~ 1",
                "min(x[0,0], x[1,0], 5) ~ -3",
                "max(i[0], i[1], 1) ~ 2",
                "clamp(x[0,2], 0, 3) ~ 3",
                "clamp(-5, -2, 3) ~ -2",
                "abs(x[1,0]) + abs(-2) ~ 5",
                "sign(x[1,0]) ~ -1",
                "floor(x[1,0]/2) ~ -2",
                "sqrt(x[0,2]) ~ 2",
                "where(x[0,0] < x[0,1], 1, 2) ~ 1",
                "where(x[0,0] >= x[0,1], 1, 2) ~ 2",
                "where(i[0] == 2 and not (i[1] != 0), 1, 2) ~ 1",
                "where(i[0] > 2 or i[1] <= 0, 1, 2) ~ 1",
                "where(0 <= i[0] < 2, 1, 2) ~ 2",
                "(x[0,0] < 2) + (x[0,0] > 2) ~ 1",
                "sum(n,k: where(x[n,k] > 0, 1, 0)) ~ 4",
                "sum(n | n < 1: x[n,0]) ~ 1",
                "sum(k: x[0,k]) ~ 7",
                "prod(k: x[0,k]) ~ 8",
                "mean(k: x[0,k]) ~ 2.3333333333333335",
                "max(k: x[0,k]) ~ 4",
                "min(n: x[n,0]) ~ -3",
                "count(k: x[0,k] > 1) ~ 2",
                "argmax(k: x[0,k]) ~ 2",
                "argmin(n,k | n < 1: x[n,k]) ~ 0",
                "argmax(n,k | k == 0: -x[n,k]) ~ 3",
                "sum(k: k*k) ~ 5",
                "max(k: k - 5) ~ -3",
                "prod(k: k + 1) ~ 6"
            })
    void everyKindOfExpression(String expression, double expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "max(x[1,1], 0) ~ NaN",
                "min(0, x[1,1]) ~ NaN",
                "max(k: x[1,k]) ~ NaN",
                "min(k: x[1,k]) ~ NaN",
                "argmax(k: x[1,k]) ~ 1",
                "argmin(k: x[1,k]) ~ 1",
                "x[1,1]*0 ~ NaN",
                "x[1,2]*0 ~ NaN",
                "x[1,2] - x[1,2] ~ NaN",
                "where(x[1,1] == x[1,1], 1, 2) ~ 2",
                "where(x[1,1] != x[1,1], 1, 2) ~ 1",
                "where(x[1,1] < 0, 1, 2) ~ 2",
                "where(not (x[1,1] >= 0), 1, 2) ~ 1",
                "where(false, x[1,1], 3) ~ 3",
                "where(x[0,0] > 5, x[1,1], 3) ~ 3",
                "sum(k | k != 1: x[1,k]) ~ Infinity",
                "sum(k: x[1,k]) ~ NaN",
                "logsumexp(k: x[1,k]) ~ NaN",
                "logsumexp(k | k == 2: x[1,k]) ~ Infinity",
                "logsumexp(k: -inf*(k + 1)) ~ -Infinity",
                "x[1,2] // 2 ~ NaN",
                "x[0,0] // 0 ~ Infinity",
                "sqrt(x[1,0]) ~ NaN",
                "log(x[1,0]) ~ NaN",
                "1/(x[0,0] - 1) ~ Infinity"
            })
    void nanAndInfinityGoWhereIeee754SendsThem(String expression, double expected) {
        assertThat((Double) value(expression)).isEqualTo((Double) expected); // boxed: NaN is NaN
    }

    @Test
    void theFirstOfEqualsWins() {
        assertThat(value("argmax(n,k: 0*n)")).isZero();
        assertThat(value("argmax(n,k | n == 1: 0*k)")).isEqualTo(3);
        assertThat(value("argmin(k: abs(k - 1))")).isEqualTo(1);
        assertThat(value("argmax(k: (k - 1)*(k - 1))")).isZero();
    }

    @Test
    void overNoPoints() {
        assertThat(value("sum(e: z[0,e])")).isZero();
        assertThat(value("prod(e: z[0,e])")).isEqualTo(1);
        assertThat(value("count(e: z[0,e] > 0)")).isZero();
        assertThat(value("logsumexp(e: z[0,e])")).isEqualTo(-INF);
        assertThat(value("mean(e: z[0,e])")).isNaN();
        assertThat(value("sum(k | k > 5: x[0,k])")).isZero();
        for (String reduction : new String[] {"max", "min"}) {
            assertThatThrownBy(() -> value(reduction + "(k | x[0,k] > 5: x[0,k])"))
                    .isInstanceOf(Fault.class)
                    .hasMessage("a maximum or minimum over no points, at the point [] of the equation");
        }
        assertThatThrownBy(() -> value("argmax(e: z[0,e])"))
                .isInstanceOf(Fault.class)
                .hasMessage("argmax or argmin over no points, at the point [] of the equation");
    }

    @Test
    void sumsRunInLexicographicOrder() {
        // from the left: (1e16 + 1) + 1 = 1e16, but (1 + 1) + 1e16 = 1e16 + 2
        assertThat(value("sum(n,k: where(n == 0 and k == 0, 1e16, 1.0*(k > 0 and n == 0)))"))
                .isEqualTo(1e16);
        assertThat(value("sum(n,k: where(n == 1 and k == 2, 1e16, 1.0*(k > 0 and n == 0)))"))
                .isEqualTo(1e16 + 2);
    }

    @Test
    void logSumExpDoesNotOverflow() {
        assertThat(value("logsumexp(k: 0*x[0,k])")).isEqualTo(StrictMath.log(3));
        assertThat(value("logsumexp(k: 1000.0 + 0*k)")).isEqualTo(1000 + StrictMath.log(3));
        assertThat(value("logsumexp(k: -1000.0 + 0*k)")).isEqualTo(-1000 + StrictMath.log(3));
    }

    @Test
    void overflowingIntegersAreAFault() {
        assertThatThrownBy(() -> value("i[0]*9223372036854775807"))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.render()).startsWith("test.yaml:8:3: error: long overflow"));
        assertThatThrownBy(() -> value("2 // i[1]")).isInstanceOf(Fault.class).hasMessage("/ by zero");
        assertThatThrownBy(() -> value("sum(n: i[n]*9223372036854775807)")).isInstanceOf(Fault.class);
    }

    @Test
    void accumulatedIntegersDoNotWrapAround() {
        String yaml = """
                layer: test
                tensors: |
                  input  i[N] in 1000
                  output y[]
                forward: |
                  t[n] = 9223372036854775807 - i[n]
                  s[] += t[n]
                  y[] = s[]
                """;
        BoundLayer layer = bind(yaml, "{}", Map.of("i", Shape.of(2)));
        assertThatThrownBy(() -> run(layer, Map.of("i", integers(Shape.of(2), 0, 0))))
                .isInstanceOf(Fault.class)
                .hasMessage("long overflow");
    }

    @Test
    void aSubscriptThatDataSendOutsideIsAFault() {
        assertThatThrownBy(() -> value("sum(n: x[n,i[n] + 1])"))
                .isInstanceOf(Fault.class)
                .hasMessage("net.x[0, 3] lies outside of its extents [2, 3], at the point [] of the equation");
        assertThatThrownBy(() -> value("x[0,i[1] - 1]")).hasMessageContaining("net.x[0, -1] lies outside");
    }

    @Test
    void float32RoundsEveryOperation() {
        String yaml = """
                layer: test
                tensors: |
                  input  x[N]
                  output y[N]
                forward: |
                  y[n] = (x[n] + 1)*0.1 - exp(x[n])
                """;
        BoundLayer layer = bind(yaml, "{}", Map.of("x", Shape.of(2)));
        FloatNumbers numbers = new FloatNumbers(layer.tensors().size());
        float[] x = {1e-8f, 0.3f};
        numbers.put(0, new Tensor.Floats(Shape.of(2), x.clone()));
        numbers.allocate(1, 2);
        for (BoundEquation equation : layer.forward()) {
            Interpreter.run(equation.assignment(), numbers, new long[2][]);
        }
        float[] expected = new float[2];
        for (int n = 0; n < 2; n++) {
            expected[n] = (x[n] + 1f) * 0.1f - (float) StrictMath.exp(x[n]);
        }
        assertThat(((Tensor.Floats) numbers.get(1, Shape.of(2))).values()).containsExactly(expected);
        assertThat(expected[0]).isNotEqualTo((float) ((1e-8 + 1) * 0.1 - Math.exp(1e-8)) + 1e-9f);
    }
}
