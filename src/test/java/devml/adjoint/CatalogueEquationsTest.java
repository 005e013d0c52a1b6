package devml.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import devml.check.FileEquations;
import devml.check.Verdict;
import devml.layer.Catalogue;
import devml.layer.Definition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the backward equations of every layer that ships to the derivative of its forward ones, conventions included. */
class CatalogueEquationsTest {
    /** Options that are not left to chance. */
    private static final Map<String, Map<String, String>> OPTIONS = Map.of(
            // Odd powers that cancel may round to a negative sum, whose root is NaN, while the exact sum is 0.
            "lp_pool2d", Map.of("norm_type", "2.0"),
            // Stacked layers are the same equations again, and take long.
            "gru", Map.of("num_layers", "1"),
            "lstm", Map.of("num_layers", "1"));

    /** All but those that are made of other layers, whose equations are held where those are. */
    static List<String> layers() {
        Catalogue catalogue = new Catalogue(List.of());
        return Catalogue.shipped().stream()
                .filter(layer -> !catalogue.find(layer).isComposed())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardIsTheDerivativeOfForward(String layer) {
        Definition definition = new Catalogue(List.of()).find(layer);
        List<Jacobian> points = Settings.of(definition, OPTIONS.getOrDefault(layer, Map.of()), Map.of()).stream()
                .flatMap(bound -> Points.of(bound).stream())
                .toList();
        List<EquationResult> results = EquationCheck.of(points);
        assertThat(results).isNotEmpty();
        for (EquationResult result : results) {
            assertThat(FileEquations.verdict(result)).as(() -> describe(result)).isEqualTo(Verdict.PASS);
        }
    }

    private static String describe(EquationResult result) {
        return result.gradient()
                + result.finding()
                        .map(f -> "%s is %s, not %s; %s, %s"
                                .formatted(
                                        f.index(),
                                        f.value(),
                                        f.derivative(),
                                        f.probe().setting(),
                                        f.probe().kind()))
                        .orElse("");
    }
}
