package devml.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.check.FileEquations;
import devml.check.Verdict;
import devml.layer.Definition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EquationCheckTest {
    private static final String LINEAR = """
            layer: test
            tensors: |
              input  x[A..., K]
              param  weight[O, K]
              output y[A..., O]
            where: |
              O = 3
            forward: |
              y[a,o] = sum(k: weight[o,k] * x[a,k])
            backward: |
              dweight[o,k] += dy[a,o] * x[a,k]
              dx[a,k] += dy[a,o] * weight[o,k]
            """;

    private static final String RELU = """
            layer: test
            tensors: |
              input  x[A...]
              output y[A...]
            forward: |
              y[a] = max(x[a], 0)
            backward: |
              dx[a] += where(x[a] > 0, dy[a], 0)
            """;

    private static List<EquationResult> check(String yaml) {
        Definition definition = Definitions.read(yaml);
        List<Jacobian> points = Settings.of(definition, Map.of(), Map.of()).stream()
                .flatMap(layer -> Points.of(layer).stream())
                .toList();
        return EquationCheck.of(points, _ -> {});
    }

    private static EquationResult only(String yaml) {
        assertThat(check(yaml)).hasSize(1);
        return check(yaml).getFirst();
    }

    @Test
    void rightEquationsPass() {
        assertThat(check(LINEAR)).extracting(FileEquations::verdict).containsExactly(Verdict.PASS, Verdict.PASS);
        assertThat(check(LINEAR)).allMatch(result -> result.entries() > 50);
    }

    @Test
    void aWrongEquationFailsWithItsPlaceAndBothValues() {
        EquationResult wrong = check(LINEAR.replace("dy[a,o] * weight[o,k]", "2*dy[a,o] * weight[o,k]"))
                .getFirst();
        assertThat(wrong.gradient()).isEqualTo("dx");
        assertThat(FileEquations.verdict(wrong)).isEqualTo(Verdict.FAIL);
        assertThat(wrong.place()).hasToString("test.yaml:12:3");
        Finding finding = wrong.finding().orElseThrow();
        assertThat(finding.value()).isEqualTo(2 * finding.derivative()).isNotZero();
    }

    @Test
    void namesTheEntryThatIsWrongAmongMany() {
        EquationResult wrong = only(RELU.replace("where(x[a] > 0, dy[a], 0)", "where(x[a] > 0 and x[a] != 2, dy[a], 0)")
                .replace("max(x[a], 0)", "max(x[a], 0) + 2 - 2"));
        Finding finding = wrong.finding().orElseThrow();
        assertThat(finding.isConvention()).isFalse();
        assertThat(finding.value()).isZero();
        var x = finding.probe().values().get("x");
        int entry = 0;
        for (int i = 0; i < finding.index().size(); i++) {
            entry = entry * x.shape().dim(i) + finding.index().get(i);
        }
        assertThat(x.get(entry)).isEqualTo(2);
    }

    @Test
    void atAKinkAnotherConventionIsInconclusive() {
        assertThat(FileEquations.verdict(only(RELU))).isEqualTo(Verdict.PASS);
        EquationResult other = only(RELU.replace("> 0", ">= 0"));
        assertThat(FileEquations.verdict(other)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(other.finding().orElseThrow().derivative()).isZero();
    }

    @Test
    void theFirstOfEqualMaximaTakesTheGradient() {
        String pool = """
                layer: test
                tensors: |
                  input  x[N, K]
                  output y[N]
                forward: |
                  y[n] = max(k: x[n,k])
                  k[n] = argmax(k: x[n,k])
                backward: |
                  dx[n,k] += dy[n] | k == k[n]
                """;
        EquationResult first = only(pool);
        assertThat(FileEquations.verdict(first)).isEqualTo(Verdict.PASS);
        assertThat(first.conventions()).isPositive();
        EquationResult all =
                only(pool.replace("| k == k[n]", "| x[n,k] == y[n]").replace("  k[n] = argmax(k: x[n,k])\n", ""));
        assertThat(FileEquations.verdict(all)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x[a] > 0", "2*(x[a] > 0) - 1", "floor(x[a])", "3"})
    void straightLetsTheGradientThroughWhateverItsValueIs(String value) {
        EquationResult result = only(RELU.replace("max(x[a], 0)", "straight(x[a], " + value + ")")
                .replace("where(x[a] > 0, dy[a], 0)", "dy[a]"));
        assertThat(FileEquations.verdict(result)).isEqualTo(Verdict.PASS);
    }

    @Test
    void aParameterWithoutGradientFails() {
        List<EquationResult> results = check(LINEAR.replace("  dweight[o,k] += dy[a,o] * x[a,k]\n", ""));
        assertThat(results).extracting(FileEquations::verdict).containsExactly(Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void whatIsNeverComparedIsInconclusive() {
        EquationResult nowhere = only(
                RELU.replace("max(x[a], 0)", "log(-exp(x[a]))").replace("where(x[a] > 0, dy[a], 0)", "dy[a]*x[a]"));
        assertThat(FileEquations.verdict(nowhere)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(nowhere.entries()).isZero();
        assertThat(nowhere.singular()).isPositive();
    }
}
