package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.gradcheck.SlipProbes;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.slip.EquivalentSlips;
import devml.slip.Fate;
import devml.slip.Sample;
import devml.slip.Slip;
import devml.slip.Slips;
import devml.slip.Tally;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plants single slips in the definitions of all layers that ship: each must be refused when it is bound, or its layer's
 * cases must find it, or the check of equations, which alone sees what {@code stop} and {@code straight} say of
 * derivatives; unless it is listed as one that changes nothing.
 */
class SlipsTest {
    /** One slip in so many is planted, unless all are asked for by {@code -Dslips=all}. */
    private static final int SAMPLED = 15;

    private static final EquivalentSlips EQUIVALENT = EquivalentSlips.read("definitions.txt");

    private static final Tally TALLY = new Tally();
    private static int foundByEquations;

    static List<String> layers() {
        return Catalogue.shipped().stream()
                .filter(layer -> !Sample.leavesOut(layer))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void slipsAreRefusedOrFound(String layer) {
        Definition definition = new Catalogue(List.of()).find(layer);
        SlippedCases cases = new SlippedCases(layer);
        SlipProbes probes = null;
        Tally tally = new Tally();
        List<String> survivors = new ArrayList<>();
        List<String> listedInVain = new ArrayList<>();
        for (Slip slip : Sample.of(layer, Slips.of(definition), SAMPLED)) {
            Fate fate = cases.of(slip);
            if (fate == Fate.SURVIVED) {
                probes = probes == null ? SlipProbes.of(definition) : probes;
                if (probes.findIn(slip.definition())) {
                    foundByEquations++;
                    fate = Fate.FOUND;
                } else if (!EQUIVALENT.has(layer, slip)) {
                    survivors.add(EquivalentSlips.name(layer, slip));
                }
            }
            if (fate != Fate.SURVIVED && EQUIVALENT.has(layer, slip)) {
                listedInVain.add(EquivalentSlips.name(layer, slip));
            }
            tally.add(fate);
        }
        TALLY.add(tally);
        if (Sample.isWhole()) {
            System.out.println(layer + ", " + tally);
        }
        assertThat(survivors).as("slips that nothing finds").isEmpty();
        assertThat(listedInVain).as("slips listed that are found").isEmpty();
    }

    /** What the lists name has not changed since. */
    @ParameterizedTest
    @ValueSource(strings = {"definitions.txt", "backward.txt"})
    void listedSlipsExist(String list) {
        Set<String> slips = new HashSet<>();
        for (String layer : Catalogue.shipped()) {
            Slips.of(new Catalogue(List.of()).find(layer))
                    .forEach(slip -> slips.add(EquivalentSlips.name(layer, slip)));
        }
        assertThat(slips).containsAll(EquivalentSlips.read(list).names());
    }

    @AfterAll
    static void report() {
        if (Sample.isWhole()) {
            System.out.println(
                    "all layers, " + TALLY + "; " + foundByEquations + " of those found by check --equations");
        }
    }
}
