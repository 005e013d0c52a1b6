package devml.gradcheck;

import devml.fault.Fault;
import devml.fault.Place;
import devml.layer.Definition;
import devml.notation.Equation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the check says of one gradient.
 *
 * @param gradient its name: {@code dx}; in a network {@code conv.dx}
 * @param definition whose gradient it is
 * @param equations those that set it
 * @param entries how many entries were held against the derivative, at all probes together
 * @param conventions how many of them depend on how a tie is decided
 * @param singular how many were left out, since there is no finite derivative, or roundings decide a tie
 * @param finding the first wrong entry
 */
public record EquationResult(
        String gradient,
        Definition definition,
        List<Equation> equations,
        long entries,
        long conventions,
        long singular,
        Optional<Finding> finding) {

    public EquationResult {
        equations = List.copyOf(equations);
    }

    /** The same under the name of a layer of a network. */
    public EquationResult of(String layer) {
        return new EquationResult(
                layer + "." + gradient, definition, equations, entries, conventions, singular, finding);
    }

    /** Whether an equation is missing: none applies, and either none ever does or the derivative is not 0 here. */
    public boolean isUnset() {
        return equations.isEmpty()
                && (finding.isPresent() || !Contributing.sets(name(), definition, definition.backward()));
    }

    /** The gradient's name in its definition. */
    public String name() {
        return gradient.substring(gradient.lastIndexOf(".d") + 1);
    }

    /** The equations of the locals that those of the gradient read: a mistake may stand in one of them as well. */
    public List<Equation> read() {
        Set<Place> own = equations.stream().map(e -> e.target().place()).collect(Collectors.toSet());
        return Contributing.to(name(), definition, definition.backward()).stream()
                .filter(equation -> !own.contains(equation.target().place()))
                .toList();
    }

    /**
     * The equations that follow for the gradient from the forward ones, with those of the locals that they read.
     *
     * @throws Fault if none can be derived
     */
    public List<Equation> derived() {
        return Contributing.to(name(), definition, definition.derive());
    }

    /** Where the first of the equations stands, or the definition if there is none. */
    public Place place() {
        return equations.isEmpty()
                ? definition.place()
                : equations.getFirst().target().place();
    }
}
