package devml.adjoint;

import devml.fault.Place;
import devml.layer.Definition;
import devml.notation.Equation;
import java.util.List;
import java.util.Optional;

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

    /** Where the first of the equations stands, or the definition if there is none. */
    public Place place() {
        return equations.isEmpty()
                ? definition.place()
                : equations.getFirst().target().place();
    }
}
