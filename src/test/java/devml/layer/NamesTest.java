package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What names mean, and that none means two things. */
class NamesTest {

    /** With an option, a line of 'where' (line 8) and an equation (line 10). */
    private static String layer(String option, String where, String equation) {
        return """
                layer: test
                options:
                  %s: int = 2
                tensors: |
                  input  x[N, K]
                  output y[N]
                where: |
                  %s
                forward: |
                  %s
                """.formatted(option, where, equation);
    }

    private static String faultOf(String option, String where, String equation) {
        return fault(layer(option, where, equation), "{}", Map.of("x", Shape.of(2, 3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "y[n] = kernal ~ 10 ~ 'kernal' is no index, size, option or short name here (N = 2, K = 3); did you mean 'kernel'?",
                "y[n] = twise ~ 10 ~ 'twise' is no index, size, option or short name here (N = 2, K = 3); did you mean 'twice'?",
                "y[n] = q ~ 10 ~ 'q' is no index, size, option or short name here (N = 2, K = 3); allowed: kernel, twice",
                "y[n] = xx[n,0] ~ 10 ~ there is no tensor 'xx' here; did you mean 'x'?",
                "y[n] = sqr(2.0) ~ 10 ~ there is no function 'sqr'; did you mean 'sqrt'?",
                "y[n] = exp(1, 2) ~ 10 ~ exp takes 1 value, found 2 in exp(1, 2)",
                "y[n] = where(n > 1, 2) ~ 10 ~ where takes 3 values, found 2 in where(n > 1, 2)",
                "y[n] = max(2) ~ 10 ~ max takes two values or more; over an index it is max(i: …)",
                "y[n] = 'same' ~ 10 ~ 'same' is a word where a number is needed",
                "y[n] = 'same' < 'valid' ~ 10 ~ words are equal or not; none is less than another",
                "y[n] = n == 'same' ~ 10 ~ an index or an element of a tensor is a number, and never equal to a word",
                "y[n] = x[n,0] != 'same' ~ 10 ~ an index or an element of a tensor is a number, and never equal to a word",
                "y[n] = wrap(2, n, N) ~ 15 ~ wrap takes a mode: zeros, reflect, replicate or circular",
                "y[n] = wrap('reflekt', n, N) ~ 15 ~ there is no padding mode 'reflekt'; did you mean 'reflect'?",
                "y[n] = x[n] ~ 10 ~ x takes 2 subscripts, found 1",
                "y[n] = x[n,0.5] ~ 14 ~ 0.5 is a real number where an integer is needed; '//' divides integers",
                "y[n] = (1, 2) ~ 11 ~ a row of 2 values where one is needed"
            })
    void unknownNamesAndWrongUses(String equation, int column, String message) {
        assertThat(faultOf("kernel", "twice = 2*kernel", equation))
                .isEqualTo("test.yaml:10:" + column + ": error: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "k; a = 1; 3; the index over K",
                "N; a = 1; 3; a size",
                "pi; a = 1; 3; a constant",
                "training; a = 1; 3; a constant",
                "p; p = 1; 8; an option",
                "p; a, a = (1, 2); 8; a short name",
                "p; inf = 1; 8; a constant",
                "p; floor = 1; 8; a function",
                "p; sum = 1; 8; a reduction"
            })
    void aNameMeansOneThing(String option, String where, int line, String before) {
        String name = line == 3 ? option : where.substring(0, where.indexOf(where.contains(",") ? ',' : ' '));
        assertThat(faultOf(option, where, "y[n] = 1"))
                .startsWith("test.yaml:" + line + ":")
                .endsWith(": error: '" + name + "' is " + before + " already");
    }

    @Test
    void anOptionMayBeCalledLikeAFunction() {
        assertThat(bind(layer("max", "a = 1", "y[n] = max(max, sum(k: x[n,k]))"), "{}", Map.of("x", Shape.of(2, 3))))
                .isNotNull();
    }

    @Test
    void tensorsHaveNamesOfTheirOwn() {
        assertThat(bind(layer("x", "a = 1", "y[n] = sum(k: x[n,k])*x"), "{}", Map.of("x", Shape.of(2, 3))))
                .isNotNull();
    }

    @Test
    void aShortNameSpeltLikeAnIndexIsAPosition() {
        assertThat(bind(layer("p", "k = n - 1", "y[n] = (x[n,k] else 0)"), "{}", Map.of("x", Shape.of(2, 3)))
                        .forward()
                        .getFirst()
                        .positions())
                .hasToString("[k: -1…0 of 0…2]");
    }

    @Test
    void aTensorIsDeclaredOnce() {
        String twice = layer("p", "a = 1", "y[n] = 1").replace("  output y[N]", "  input  x[K]\n  output y[N]");
        assertThat(fault(twice, "{}", Map.of("x", Shape.of(2, 3))))
                .isEqualTo("test.yaml:6:3: error: the tensor 'x' is declared twice");
    }

    @Test
    void aTensorIsNotNamedLikeAGradient() {
        String gradient = layer("p", "a = 1", "y[n] = 1").replace("  output y[N]", "  input  dx[K]\n  output y[N]");
        assertThat(fault(gradient, "{}", Map.of("x", Shape.of(2, 3), "dx", Shape.of(3))))
                .isEqualTo("test.yaml:5:3: error: dx would be the gradient of x, "
                        + "but is declared as a tensor of its own");
    }

    @Test
    void noIndexHidesAnother() {
        assertThat(faultOf("p", "a = 1", "y[n] = sum(n: x[n,0])"))
                .isEqualTo(
                        "test.yaml:10:14: error: the index 'n' has a meaning here already; a prime makes another: n'");
        assertThat(bind(layer("p", "a = 1", "y[n] = sum(n': x[n',0])"), "{}", Map.of("x", Shape.of(2, 3))))
                .isNotNull();
    }

    @Test
    void everyIndexOfAnAssignmentIsBound() {
        assertThat(faultOf("p", "a = 1", "y[n] = x[n,k]"))
                .isEqualTo("test.yaml:10:14: error: the index 'k' is not bound: the target names only n; "
                        + "a reduction such as sum(k: …) binds it");
        assertThat(faultOf("p", "a = 1", "y[0] = x[0,k]")).contains("the target names only constants");
        assertThat(faultOf("p", "a = 1", "y[n] = sum(q: x[n,q])"))
                .isEqualTo("test.yaml:10:14: error: 'q' is the index of no size here (N = 2, K = 3)");
    }

    @Test
    void sizesKnowNoIndex() {
        assertThat(faultOf("p", "M = n + 1", "y[n] = M"))
                .isEqualTo("test.yaml:8:7: error: the index 'n' has no meaning here: only options and sizes do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = a + 1", "a, b = (b, a)"})
    void noShortNameStandsForItself(String where) {
        assertThat(faultOf("p", where, "y[n] = a")).contains("is defined by itself");
    }

    @Test
    void shortNamesThatExplodeAreAFault() {
        StringBuilder doubling = new StringBuilder("s0 = 1.5*x[n,0]\n");
        for (int i = 1; i < 30; i++) {
            doubling.append("  s%d = s%d + s%d\n".formatted(i, i - 1, i - 1));
        }
        assertThat(faultOf("p", doubling.toString().strip(), "y[n] = s29"))
                .isEqualTo("test.yaml:21:9: error: the expression comes to more than 10000 short names");
    }

    @Test
    void shortNamesThatNestTooDeepAreAFault() {
        assertThat(faultOf("p", chain(3000), "y[n] = s2999")).contains("error: the expression is too long");
        String backwards = chain(3000)
                .lines()
                .map(String::strip)
                .sorted(Comparator.reverseOrder())
                .collect(Collectors.joining("\n  "));
        assertThat(faultOf("p", backwards, "y[n] = s2999")).contains("error: the expression is too long");
        assertThat(bind(layer("p", chain(60), "y[n] = s59"), "{}", Map.of("x", Shape.of(2, 3))))
                .isNotNull();
    }

    /** Lines of 'where' that each name the one before. */
    private static String chain(int length) {
        StringBuilder where = new StringBuilder("s0 = 1.5*x[n,0]");
        for (int i = 1; i < length; i++) {
            where.append("\n  s%d = s%d + 1".formatted(i, i - 1));
        }
        return where.toString();
    }

    @Test
    void expressionsTooLongForTheStackAreAFault() {
        assertThat(faultOf("p", "a = 1", "y[n] = x[n,0]" + " + x[n,0]".repeat(1000)))
                .isEqualTo(
                        "test.yaml:10:1: error: the line is longer than 4000 characters; 'where' can name parts of it");
        assertThat(faultOf("p", "a = 1", "y[n] = 1.5" + "+n".repeat(1500)))
                .isEqualTo("test.yaml:10:10: error: the expression is too long: more than 250 operations in a row");
        assertThat(bind(layer("p", "a = 1", "y[n] = 1.5" + "+n".repeat(200)), "{}", Map.of("x", Shape.of(2, 3))))
                .isNotNull();
    }
}
