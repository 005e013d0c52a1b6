package devml.layer;

import static devml.Definitions.bind;
import static devml.Definitions.fault;
import static devml.Definitions.numbers;
import static devml.Definitions.run;
import static devml.Definitions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import devml.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options: types, bounds and defaults. */
class OptionsTest {
    private static final Map<String, Shape> INPUTS = Map.of("x", Shape.of(2));

    private static String layer(String type) {
        return """
                layer: test
                options:
                  k: %s
                tensors: |
                  input  x[N]
                  output y[N]
                forward: |
                  y[n] = x[n]
                """.formatted(type);
    }

    private static String value(String type, String options) {
        return bind(layer(type), options, INPUTS).options().get("k").toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "int >= 1 ~ 3 ~ 3",
                "int2 >= 1 ~ 3 ~ 3",
                "int2 >= 1 ~ [1, 2] ~ [1, 2]",
                "int2 >= 1 ~ [3] ~ 3",
                "int3 or '[]' ~ [] ~ []",
                "int2 >= 0 or same ~ same ~ same",
                "int2 >= 0 or same ~ [0, 1] ~ [0, 1]",
                "float > 0 ~ 3 ~ 3.0",
                "float > 0 ~ 1e-5 ~ 1e-5",
                "float or none ~ none ~ none",
                "bool ~ true ~ true",
                "ints ~ [] ~ []",
                "ints ~ [1, 2, 3] ~ [1, 2, 3]",
                "ints ~ 5 ~ 5",
                "int >= 1 or ints ~ 5 ~ 5",
                "int >= 1 or ints ~ [5] ~ 5",
                "floats ~ [1, 0.5] ~ [1.0, 0.5]",
                "none or mean or sum ~ mean ~ mean"
            })
    void isReadByItsType(String type, String given, String value) {
        assertThat(value(type, "{k: " + given + "}")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "int >= 1 ~ 0 ~ 5 ~ option 'k' of test must be int >= 1; found 0",
                "int < 3 ~ 3 ~ 5 ~ option 'k' of test must be int < 3; found 3",
                "int <= 3 ~ 4 ~ 5 ~ option 'k' of test must be int <= 3; found 4",
                "int > 3 ~ 3 ~ 5 ~ option 'k' of test must be int > 3; found 3",
                "int != 0 or none ~ 0 ~ 5 ~ option 'k' of test must be int != 0; found 0",
                "int2 >= 1 ~ [1, 0] ~ 9 ~ option 'k' of test must be int2 >= 1; found 0",
                "int2 >= 1 ~ [1, 2, 3] ~ 5 ~ option 'k' of test takes one number or 2; found 3",
                "int2 ~ [] ~ 5 ~ option 'k' of test takes one number or 2; found 0",
                "int3 or none ~ [1, 2] ~ 5 ~ option 'k' of test takes one number or 3; found 2",
                "int ~ 0.5 ~ 5 ~ expected an integer but found '0.5', a real number",
                "int ~ [1] ~ 5 ~ expected an integer but found a list",
                "int2 >= 0 or same ~ smae ~ 5 ~ option 'k' of test is int2 >= 0 or same; found 'smae'; did you mean 'same'?",
                "none or mean or sum ~ avg ~ 5 ~ option 'k' of test is none or mean or sum; found 'avg'",
                "bool ~ 1 ~ 5 ~ expected true or false but found '1'; write true",
                "float ~ true ~ 5 ~ expected a number but found 'true'"
            })
    void isRefusedIfItDoesNotFit(String type, String given, int column, String message) {
        assertThat(fault(layer(type), "{k: " + given + "}", INPUTS))
                .isEqualTo("net.yaml:1:" + column + ": error: " + message);
    }

    @Test
    void isNeededWithoutADefault() {
        assertThat(fault(layer("int"), "{}", INPUTS)).isEqualTo("net.yaml:1:1: error: test needs the option 'k'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "int >= 1 = 2 ~ 2",
                "int = -3 ~ -3",
                "int2 >= 1 = 2 ~ 2",
                "int2 = (1, 2) ~ [1, 2]",
                "same or int2 = 1 ~ 1",
                "int2 >= 0 or same = same ~ same",
                "float = 1 ~ 1.0",
                "float = -0.5 ~ -0.5",
                "float or none = none ~ none",
                "bool = false ~ false",
                "ints = (1, 2, 3) ~ [1, 2, 3]",
                "ints = [3, 4] ~ [3, 4]",
                "ints = [3] ~ 3",
                "ints = [] ~ []"
            })
    void hasADefault(String type, String value) {
        assertThat(value(type, "{}")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "int < 3 = 7 ~ 3:16 ~ int < 3",
                "int2 >= 1 = other ~ 3:18 ~ int2 >= 1",
                "int2 = (1, 2, 3) ~ 3:14 ~ int2",
                "bool = 3 ~ 3:13 ~ bool",
                "int = 0.5 ~ 3:12 ~ int",
                "int = [3] ~ 3:12 ~ int",
                "none or mean = sum ~ 3:21 ~ none or mean"
            })
    void aDefaultFitsItsType(String type, String place, String allowed) {
        assertThat(fault(layer(type), "{k: 1}", INPUTS))
                .startsWith("test.yaml:" + place.substring(0, 2))
                .endsWith(": error: the default of option 'k' is no " + allowed);
    }

    @Test
    void aDefaultMayBeAnEarlierOption() {
        String pool = layer("int2").replace("  k: int2", "  k: int2\n  stride: int2 = k\n  step: int2 = stride");
        assertThat(bind(pool, "{k: [2, 3]}", INPUTS).options()).hasToString("{k=[2, 3], stride=[2, 3], step=[2, 3]}");
        assertThat(bind(pool, "{k: 4, stride: [2, 3]}", INPUTS).options())
                .hasToString("{k=4, stride=[2, 3], step=[2, 3]}");
        String late = layer("int2 = later").replace("tensors", "  later: int2 = 1\ntensors");
        assertThat(fault(late, "{}", INPUTS)).endsWith("error: the default of option 'k' is no int2");
    }

    @Test
    void arithmeticOnPairsIsElementwise() {
        String pairs = """
                layer: pairs
                options: {a: int2, b: int2}
                tensors: |
                  input  x[N]
                  output y[P, Q]
                where: |
                  P, Q = 2*a + b - (1, 0)
                forward: |
                  y[p,q] = sum(n: x[n])
                """;
        assertThat(SizesTest.shape(pairs, "{a: [1, 2], b: 3}", INPUTS, "y")).isEqualTo(Shape.of(4, 7));
        assertThat(fault(pairs.replace("int2, b", "ints, b"), "{a: [1, 2, 3], b: 1}", INPUTS))
                .isEqualTo("test.yaml:7:12: error: option 'a' has 3 values where 2 needed");
        assertThat(fault(pairs.replace("(1, 0)", "(1, 0, 2)"), "{a: 1, b: 1}", INPUTS))
                .isEqualTo("test.yaml:7:21: error: a row of 3 values where 2 are needed");
    }

    @Test
    void whereOfOptionsIsLazy() {
        String lazy = """
                layer: lazy
                options: {pad: int or same, safe: bool = true}
                tensors: |
                  input  x[N]
                  output y[M]
                where: |
                  M = where(pad == 'same', N, N - pad)
                  half = where(safe, 1, N//0)
                forward: |
                  y[m] = where(safe, x[m + 0]*half, x[m + 5])
                """;
        assertThat(SizesTest.shape(lazy, "{pad: same}", INPUTS, "y")).isEqualTo(Shape.of(2));
        assertThat(numbers(run(bind(lazy, "{pad: 1}", INPUTS), java.util.Map.of("x", vector(3, 4)))
                        .get("y")))
                .containsExactly(3);
        assertThat(fault(lazy, "{pad: 1, safe: false}", INPUTS)).contains("m + 5 may leave dimension 0 of x");
        assertThat(fault(lazy.replace("x[m + 0]*half, x[m + 5]", "x[m + 0], half"), "{pad: 1, safe: false}", INPUTS))
                .isEqualTo("test.yaml:8:25: error: N//0 cannot be worked out (N = 2, M = 1): / by zero");
    }
}
