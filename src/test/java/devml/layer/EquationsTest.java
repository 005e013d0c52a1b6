package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static devml.Definitions.integers;
import static devml.Definitions.numbers;
import static devml.Definitions.reals;
import static devml.Definitions.run;
import static devml.Definitions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What equations may set and add to, and in which order. */
class EquationsTest {
    private static final Map<String, Shape> INPUTS = Map.of("x", Shape.of(2, 3), "b", Shape.of(2), "i", Shape.of(2));

    /** The first forward equation stands in line 10. */
    private static String layer(String output, String forward) {
        return """
                layer: test
                tensors: |
                  input  x[N, K]
                  input  b[N]
                  input  i[N] in N
                  param  p[K]
                  buffer u[K]
                  output %s
                forward: |
                  %s
                """.formatted(output, forward.replace("; ", "\n  "));
    }

    private static String backward(String equations) {
        return layer("y[N]", "y[n] = b[n]") + "backward: |\n  " + equations.replace("; ", "\n  ") + "\n";
    }

    private static Map<String, Tensor> results(String yaml) {
        BoundLayer layer = bind(yaml, "{}", INPUTS);
        Shape output = layer.tensor("y").orElseThrow().shape();
        double[] cotangent = new double[output.size()];
        Arrays.setAll(cotangent, n -> Math.pow(100, n));
        return run(
                layer,
                Map.of(
                        "x", reals(Shape.of(2, 3), 1, 2, 3, 10, 20, 30),
                        "b", vector(5, 7),
                        "i", integers(Shape.of(2), 1, 1),
                        "dy", reals(output, cotangent)));
    }

    @Test
    void freeIndicesThatTheTargetLacksAreSummed() {
        assertThat(numbers(results(layer("y[N]", "y[n] += x[n,k]")).get("y"))).containsExactly(6, 60);
        assertThat(numbers(results(layer("y[]", "y[] += x[n,k]*b[n]")).get("y")))
                .containsExactly(450);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x[n,k] + b[n]", "x[n,k] - 1", "k + 1", "k + (n > 0)", "b[n] + 0.5*k", "-b[n]", "-(k + n)"})
    void everyTermContainsEachIndexThatIsSummed(String value) {
        assertThat(fault(
                        layer("y[N]", "y[n] += " + value).replace("y[n] += -b[n]", "y[n] += -b[n] + x[n,k]"),
                        "{}",
                        INPUTS))
                .isEqualTo(
                        "test.yaml:10:11: error: the index k is summed here, but a term does not contain it and would be "
                                + "counted 3 times; sum(k: …) around the others says what is meant");
    }

    @Test
    void termsThatContainEachIndexAreFine() {
        assertThat(numbers(
                        results(layer("y[N]", "y[n] += x[n,k] - b[n]*k + -(k)")).get("y")))
                .containsExactly(6 - 15 - 3, 60 - 21 - 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "y[N] ~ y[n] = b[n]; y[0] = 1 ~ 11 ~ net.y[0] is set twice",
                "y[N] ~ y[n] = b[n]; y[n] = 1 ~ 11 ~ net.y[0] is set twice",
                "y[7] ~ y[n*2 + k] = 1 ~ 10 ~ net.y[2] is set twice",
                "y[N*K] ~ y[n*N + k] = x[n,k] ~ 10 ~ net.y[2] is set twice",
                "y[N + 2] ~ y[n + 1] = b[n] ~ 10 ~ net.y[0] is never set; the equations of a tensor with '=' set each "
                        + "element once",
                "y[2*N] ~ y[2*n] = b[n] ~ 10 ~ net.y[1] is never set; the equations of a tensor with '=' set each element "
                        + "once",
                "y[N, K] ~ y[n,k] = 1 | k > 0 ~ 10 ~ net.y[0, 0] is never set; the equations of a tensor with '=' set each "
                        + "element once",
                "y[N] ~ y[i[n]] = b[n] ~ 10 ~ which elements of net.y are set must not depend on data; where(…) chooses "
                        + "values, '+=' may choose elements",
                "y[N] ~ y[n] = b[n] | b[n] > 0 ~ 10 ~ which elements of net.y are set must not depend on data; where(…) "
                        + "chooses values, '+=' may choose elements"
            })
    void equationsThatSetWriteEachElementOnce(String output, String equations, int line, String message) {
        assertThat(fault(layer(output, equations), "{}", INPUTS)).isEqualTo("test.yaml:%d:3: error: %s", line, message);
    }

    @Test
    void severalEquationsTogetherSetATensor() {
        assertThat(numbers(results(layer("y[2*N]", "y[2*n] = b[n]; y[2*n + 1] = -b[n]"))
                        .get("y")))
                .containsExactly(5, -5, 7, -7);
        assertThat(numbers(results(layer("y[N]", "y[n] = b[n] | n > 0; y[n] = 9 | n == 0"))
                        .get("y")))
                .containsExactly(9, 7);
    }

    @Test
    void mixedRadixCountsThroughADimension() {
        assertThat(numbers(results(layer("y[N*K]", "y[n*K + k] = x[n,k]")).get("y")))
                .containsExactly(1, 2, 3, 10, 20, 30);
        assertThat(numbers(results(layer("y[K*N]", "y[k*N + n] = x[n,k]")).get("y")))
                .containsExactly(1, 10, 2, 20, 3, 30);
    }

    @Test
    void dataMayChooseWhatIsReadAndWhereIsAdded() {
        assertThat(numbers(results(layer("y[N]", "y[n] = b[i[n]]")).get("y"))).containsExactly(7, 7);
        assertThat(numbers(results(layer("y[N]", "y[i[n]] += b[n]")).get("y"))).containsExactly(0, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "\"y[n] = b[n]; y[n] += 1*n\";11:3;\"net.y is set by '=' and accumulated by '+='; one or the other\"",
                "\"y[n] = b[n] + y[n]\";10:3;\"net.y is read here before its last equation, which is this one: no equation reads its own target\"",
                "\"y[n] += y[n]\";10:3;\"net.y is read here before its last equation, which is this one: no equation reads its own target\"",
                "\"t[n] += b[n]; y[n] = t[n]; t[n] += 2*b[n]\";11:3;net.t is read here before its last equation",
                "\"y[n] = t[n]; t[n] = b[n]\";10:10;\"there is no tensor 't' here; allowed: x, b, i, p, u, y\"",
                "\"t[n] = b[n]; y[n] = b[n]\";10:3;\"t is set, but never read\"",
                "\"x[n,k] = 1; y[n] = b[n]\";10:3;\"x is an input, which no equation of 'forward' may write\"",
                "\"p[k] = 1; y[n] = b[n]\";10:3;\"p is a parameter, which no equation of 'forward' may write\"",
                "\"u[k] = 1; y[n] = b[n]\";10:3;\"u is a buffer, which no equation of 'forward' may write\"",
                "\"db[n] = 1; y[n] = b[n]\";10:3;\"db is a gradient, which no equation of 'forward' may write\"",
                "\"t[2*n] = b[n]; y[n] = t[n]\";10:5;\"t is no declared tensor, so that bare indices must declare it; 2*n is none\"",
                "\"t[n] = n | n < 1; t[n] = 0.5 | n >= 1; y[n] = t[n]\";11:10;\"t holds integers, since it was first set to one; write 0.0 for the real number 0\"",
                "\"t[n] = b[n]; y[n] = t[n] | false\";1:8;no forward equation sets the output y"
            })
    void forwardEquationsAreHeldToTheRules(String equations, String place, String message) {
        assertThat(fault(layer("y[N]", equations), "{}", INPUTS)).isEqualTo("test.yaml:%s: error: %s", place, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "\"y[n] = b[n]\";12:3;\"y is an output, which no equation of 'backward' may write\"",
                "\"dy[n] += b[n]\";12:3;\"dy is the gradient of an output, which no equation of 'backward' may write\"",
                "\"dd[n] += dy[n]\";12:3;\"dd is set, but never read; did you mean 'dx', 'db' or 'di'?\"",
                "\"di[n] += dy[n]\";12:3;\"there is no gradient di: i holds integers\"",
                "\"du[k] += 1*k\";12:3;\"there is no gradient du: u is a buffer\"",
                "\"dp[n] += dy[n]\";12:6;\"n runs over N, but dimension 0 of dp is K; if that is meant, write n + 0\""
            })
    void backwardEquationsAreHeldToTheRules(String equations, String place, String message) {
        assertThat(fault(backward(equations), "{}", INPUTS)).isEqualTo("test.yaml:%s: error: %s", place, message);
    }

    @Test
    void aDeclaredLocalIsReadToo() {
        String yaml = layer("y[N]\n  local  t[N]", "t[n] = b[n]; y[n] = b[n]");
        assertThat(fault(yaml, "{}", INPUTS)).isEqualTo("test.yaml:11:3: error: t is set, but never read");
    }

    @Test
    void aGradientIsReadAsThisLayersOwn() {
        String yaml = backward("dp[k] += dy[n]*x[n,k]; dx[n,k] += dp[k]*b[n]");
        Map<String, Tensor> results = results(yaml);
        assertThat(numbers(results.get("dp"))).containsExactly(1001, 2002, 3003);
        assertThat(numbers(results.get("dx"))).containsExactly(5005, 10010, 15015, 7007, 14014, 21021);
    }

    @Test
    void swappedSubscriptsShow() {
        assertThat(fault(
                        layer("y[N]", "y[n] = sum(k: x[k,n])"),
                        "{}",
                        Map.of("x", Shape.of(2, 2), "b", Shape.of(2), "i", Shape.of(2))))
                .isEqualTo(
                        "test.yaml:10:19: error: k runs over K, but dimension 0 of x is N; if that is meant, write k + 0");
        assertThat(fault(layer("y[N, K]", "t[k,n] = x[n,k]; y[n,k] = t[n,k]"), "{}", INPUTS))
                .isEqualTo(
                        "test.yaml:11:14: error: n runs over N, but dimension 0 of t is K; if that is meant, write n + 0");
        assertThat(bind(layer("y[N]", "y[n] = x[0,n + 0]"), "{}", INPUTS)).isNotNull();
    }

    @Test
    void aConditionOfOptionsAloneSelectsAnEquation() {
        String yaml = """
                layer: test
                options: {double: bool}
                tensors: |
                  input  x[N]
                  output y[N]
                forward: |
                  y[n] = 2*x[n] | double
                  y[n] = x[n]   | not double
                """;
        for (boolean twice : new boolean[] {true, false}) {
            BoundLayer layer = bind(yaml, "{double: " + twice + "}", Map.of("x", Shape.of(2)));
            assertThat(layer.forward()).hasSize(1);
            assertThat(numbers(run(layer, Map.of("x", vector(3, 4))).get("y")))
                    .containsExactly(twice ? 6 : 3, twice ? 8 : 4);
        }
    }

    @Test
    void updatesRunInTrainingOnlyAndMayReadTheirTarget() {
        String yaml = layer("y[N]", "y[n] = b[n]") + "update: |\n  u[k] = 0.5*u[k] + sum(n: x[n,k])\n";
        Map<String, Tensor> given =
                Map.of("x", reals(Shape.of(2, 3), 1, 2, 3, 10, 20, 30), "b", vector(5, 7), "u", vector(2, 4, 6));
        assertThat(numbers(run(bind(yaml, "{}", INPUTS, true), given).get("u"))).containsExactly(12, 24, 36);
        assertThat(numbers(run(bind(yaml, "{}", INPUTS, false), given).get("u")))
                .containsExactly(2, 4, 6);
    }
}
