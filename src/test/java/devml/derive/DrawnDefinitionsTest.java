package devml.derive;

import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.fault.Fault;
import devml.fault.Source;
import devml.gradcheck.EquationCheck;
import devml.gradcheck.EquationResult;
import devml.gradcheck.Finding;
import devml.gradcheck.Jacobian;
import devml.gradcheck.Points;
import devml.layer.BoundLayer;
import devml.layer.Definition;
import devml.notation.Equation;
import devml.notation.Parser;
import devml.notation.Printer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Draws definitions and holds what is derived for each against the derivative of its forward equations.
 * {@code -Ddefinitions=20000} draws more of them, {@code -Dseed=7} others.
 */
class DrawnDefinitionsTest {
    private static final int COUNT = Integer.getInteger("definitions", 200);
    private static final long SEED = Long.getLong("seed", 1);

    /** How many of those that fail are shown, the shortest first. */
    private static final int SHOWN = 3;

    private int refused;
    private int inexpressible;

    /** Those for which binding asks for backward equations of their own: nothing wrong is computed. */
    private int unbound;

    private long entries;
    private long conventions;

    @Test
    void whatIsDerivedIsTheDerivative() {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            DrawnDefinition drawn = DrawnDefinition.of(SEED * 1_000_003 + i);
            failure(drawn).ifPresent(failure -> failures.add(drawn.text() + "\n" + failure + "\n"));
        }
        System.out.printf(
                "%d drawn from seed %d: %d refused, %d inexpressible, %d unbound, %d wrong; %d entries compared, %d at ties%n",
                COUNT, SEED, refused, inexpressible, unbound, failures.size(), entries, conventions);
        assertThat(failures.stream()
                        .sorted(Comparator.comparingInt(String::length))
                        .limit(SHOWN)
                        .toList())
                .as("%d of %d definitions", failures.size(), COUNT)
                .isEmpty();
        assertThat(refused).as("refused forward equations").isLessThan(COUNT / 10);
        assertThat(inexpressible).as("derivatives that the language cannot say").isLessThan(2 + COUNT / 50);
        assertThat(unbound).as("derived equations that are refused").isLessThan(2 + COUNT / 50);
        assertThat(conventions).as("entries at ties, of %d", entries).isLessThan(entries / 2);
    }

    /** What is wrong with what is derived, if anything is. */
    private Optional<String> failure(DrawnDefinition drawn) {
        Definition definition;
        List<DrawnDefinition.Setting> settings = drawn.settings();
        try {
            // with a backward equation of its own: refusals are the forward equations' then
            definition = Definitions.read(drawn.text() + "backward: |\n  du[r] += 0\n");
            for (DrawnDefinition.Setting setting : settings) {
                Points.few(bind(definition, setting));
            }
        } catch (Fault fault) {
            refused++;
            return Optional.empty();
        }
        try {
            Definition derived = definition.withDerived();
            Optional<String> misread = misread(derived.backward());
            if (misread.isPresent()) {
                return misread;
            }
            for (DrawnDefinition.Setting setting : settings) {
                Optional<String> wrong = wrong(bind(derived, setting));
                if (wrong.isPresent()) {
                    return Optional.of(
                            String.join("\n", Printer.lines(derived.backward())) + "\n" + setting + "\n" + wrong.get());
                }
            }
            return Optional.empty();
        } catch (Fault fault) {
            if (fault.getMessage().contains("the derivative needs")) {
                inexpressible++;
                return Optional.empty();
            }
            if (fault.getMessage().contains("does not hold here")) {
                unbound++;
                return Optional.empty();
            }
            return Optional.of(String.join("\n", Printer.lines(definition.derive())) + "\n" + fault.render());
        }
    }

    private static BoundLayer bind(Definition definition, DrawnDefinition.Setting setting) {
        return Definitions.bind(definition, setting.options(), setting.shapes(), true);
    }

    /** What is printed must read the same again. */
    private static Optional<String> misread(List<Equation> derived) {
        String text = String.join("\n", Printer.lines(derived));
        List<Equation> again = Parser.equations(new Source("derived", text).place(0, text.length()));
        return again.equals(derived) ? Optional.empty() : Optional.of("reads otherwise again:\n" + text);
    }

    private Optional<String> wrong(BoundLayer layer) {
        List<Jacobian> points = Points.few(layer);
        for (EquationResult result : EquationCheck.of(points, _ -> {})) {
            entries += result.entries();
            conventions += result.conventions();
            Optional<Finding> finding = result.finding().filter(f -> !f.isConvention());
            if (finding.isPresent() || (result.isUnset() && !isStopped(layer))) {
                return Optional.of(result.gradient() + ": "
                        + finding.map(f -> "%s is %s, the derivative %s, at %s"
                                        .formatted(
                                                f.index(),
                                                f.value(),
                                                f.derivative(),
                                                f.probe().kind()))
                                .orElse("unset"));
            }
        }
        return Optional.empty();
    }

    /** Whether a tensor may be read only where no gradient comes through: it has none then. */
    private static boolean isStopped(BoundLayer layer) {
        String forward = String.join("\n", Printer.lines(layer.definition().forward()));
        return stops(forward)
                || layer.definition().where().stream()
                        .filter(line -> stops(Printer.print(line.value())))
                        .flatMap(line -> line.names().stream())
                        .anyMatch(name -> Pattern.compile("\\b" + name.name() + "\\b")
                                .matcher(forward)
                                .find());
    }

    private static boolean stops(String text) {
        return text.contains("stop(") || text.contains("straight(");
    }
}
