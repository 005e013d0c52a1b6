package devml.derive;

import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.layer.Definition;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of the table of derivatives, against differences; and what it says where branches meet. */
class RulesTest {
    private static final Shape SHAPE = Shape.of(40);

    static Stream<String> smooth() {
        return Rules.table().stream()
                .filter(rule -> !rule.derivatives().isEmpty())
                .map(rule -> Printer.print(rule.operation()))
                .filter(operation -> !operation.startsWith("straight")); // no derivative, on purpose
    }

    static Stream<String> flat() {
        return Rules.table().stream()
                .filter(rule -> rule.derivatives().isEmpty())
                .map(rule -> Printer.print(rule.operation()))
                .filter(operation -> !operation.startsWith("wrap")) // takes integers only
                .filter(operation -> !operation.startsWith("stop")); // has none at all
    }

    /** The operation applied to elements: those of x for a, of y for b, of z for c. */
    private static Definition definition(String operation) {
        String elements = operation
                .replaceAll("\\bconstant\\b", "0.81")
                .replaceFirst("^where\\(c,", "where(c > 1,")
                .replaceAll("\\b([abc])\\b", "$1[n]");
        String inputs =
                operands(elements).stream().map("  input %s[N]\n"::formatted).collect(Collectors.joining());
        return Definitions.read(
                "layer: test\ntensors: |\n%s  output y[N]\nforward: |\n  y[n] = %s\n".formatted(inputs, elements));
    }

    private static List<String> operands(String elements) {
        return Stream.of("a", "b", "c")
                .filter(name -> elements.contains(name + "[n]"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void derivativesAgreeWithDifferences(String operation) {
        Random random = new Random(7);
        Map<String, Tensor> given = new LinkedHashMap<>();
        Definition definition = definition(operation);
        definition.inputs().forEach(input -> given.put(input.name(), GradientCheck.random(SHAPE, random)));
        GradientCheck.check(definition, "{}", given);
    }

    @ParameterizedTest
    @MethodSource("flat")
    void whatIsFlatHasNoGradient(String operation) {
        assertThat(definition(operation).backward())
                .isNotEmpty()
                .allSatisfy(equation -> assertThat(equation.toString()).endsWith("[n] += 0"));
    }

    @Test
    void whatIsStoppedHasNoGradientNotEvenZero() {
        assertThat(definition("stop(exp(a))").backward()).isEmpty();
    }

    @Test
    void theGradientOfWhatIsStraightIsThatOfItsFirstOperand() {
        assertThat(definition("straight(a, floor(a)*b)").backward())
                .singleElement()
                .hasToString("da[n] += dy[n]");
    }

    @Test
    void theTableReadsLikeMathematics() {
        assertThat(Rules.table().stream()
                        .filter(rule -> rule.operation() instanceof Expr.Call call
                                && call.function().equals("tanh"))
                        .map(Rules.Rule::derivatives))
                .hasToString("[[" + devml.notation.Parser.expression(place("1 - tanh(a)^2")) + "]]");
    }

    private static devml.fault.Place place(String text) {
        return new devml.fault.Source("test", text).place(0, text.length());
    }

    /** Where a function has no derivative, by the conventions of the table. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "abs(a[n]);                0;   0",
                "max(a[n], 0);             0;   0",
                "max(0, a[n]);             0;   0",
                "min(a[n], 0);             0;   0",
                "min(max(a[n], 0), 6);     6;   0",
                "clamp(a[n], -1, 1);      -1;   1",
                "clamp(a[n], -1, 1);       1;   1",
                "max(a[n], 2*a[n] - 3);    3;   1.5",
                "min(a[n], 3);             NaN; 1",
                "max(a[n], 0);             NaN; 1",
                "a[n]^0;                   0;   0",
                "a[n]^2;                   0;   0",
                "sqrt(a[n]);               0;   Infinity",
                "where(a[n] > 0, log(a[n]), 0); 0; 0",
                "where(a[n] > 0, a[n]^0.5, 0); -1; 0",
                "max(a[n], 1, 2*a[n] - 3); 3;   1.5"
            })
    void conventionsWhereBranchesMeet(String expression, double at, double derivative) {
        Definition definition = Definitions.read("""
                layer: test
                tensors: |
                  input  a[N]
                  output y[N]
                forward: |
                  y[n] = %s
                """.formatted(expression));
        Map<String, Tensor> results = Definitions.run(
                Definitions.bind(definition, "{}", Map.of("a", Shape.of(1)), true),
                Map.of("a", Definitions.vector(at), "dy", Definitions.vector(1)));
        double expected = results.containsKey("da") ? Definitions.values(results.get("da"))[0] : 0;
        assertThat(expected).isEqualTo(derivative);
    }
}
