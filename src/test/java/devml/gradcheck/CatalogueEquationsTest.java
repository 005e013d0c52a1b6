package devml.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import devml.check.FileEquations;
import devml.check.Verdict;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.slip.EquivalentSlips;
import devml.slip.Fate;
import devml.slip.Sample;
import devml.slip.Slip;
import devml.slip.Slips;
import devml.slip.Tally;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the backward equations of every layer that ships to the derivative of its forward ones, conventions included; and
 * that this tells them from wrong ones: single slips are planted in them, and each must be refused or found, unless it is
 * listed as one that changes nothing.
 */
class CatalogueEquationsTest {
    /** One slip in so many is planted, unless all are asked for by {@code -Dslips=all}. */
    private static final int SAMPLED = 15;

    private static final EquivalentSlips EQUIVALENT = EquivalentSlips.read("backward.txt");

    /** All but those that are made of other layers, whose equations are held where those are. */
    static List<String> layers() {
        Catalogue catalogue = new Catalogue(List.of());
        return Catalogue.shipped().stream()
                .filter(layer -> !Sample.leavesOut(layer))
                .filter(layer -> !catalogue.find(layer).isComposed())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardIsTheDerivativeOfForward(String layer) {
        Definition definition = new Catalogue(List.of()).find(layer);
        SlipProbes probes = SlipProbes.of(definition);
        List<EquationResult> results = EquationCheck.of(probes.jacobians(), _ -> {});
        assertThat(results).isNotEmpty();
        for (EquationResult result : results) {
            assertThat(FileEquations.verdict(result)).as(() -> describe(result)).isEqualTo(Verdict.PASS);
        }
        findsSlips(layer, definition, probes);
    }

    private static void findsSlips(String layer, Definition definition, SlipProbes probes) {
        Tally tally = new Tally();
        List<String> survivors = new ArrayList<>();
        List<String> listedInVain = new ArrayList<>();
        for (Slip slip : Sample.of(layer, Slips.ofBackward(definition), SAMPLED)) {
            Fate fate = probes.ofBackward(slip);
            tally.add(fate);
            if (fate == Fate.SURVIVED && !EQUIVALENT.has(layer, slip)) {
                survivors.add(EquivalentSlips.name(layer, slip));
            }
            if (fate != Fate.SURVIVED && EQUIVALENT.has(layer, slip)) {
                listedInVain.add(EquivalentSlips.name(layer, slip));
            }
        }
        if (Sample.isWhole()) {
            System.out.println(layer + ", " + tally);
        }
        assertThat(survivors).as("slips that check --equations does not find").isEmpty();
        assertThat(listedInVain).as("slips listed that are found").isEmpty();
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
