package devml.derive;

import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import java.util.List;
import java.util.Set;

/**
 * The part of a layer's definition from which its backward equations follow.
 *
 * @param options the names of the options
 * @param tensors the declared tensors
 * @param where the short names
 * @param equations the forward equations, in the order in which they run
 */
public record Forward(
        Set<String> options, List<Declaration> tensors, List<Abbreviation> where, List<Equation> equations) {
    public Forward {
        options = Set.copyOf(options);
        tensors = List.copyOf(tensors);
        where = List.copyOf(where);
        equations = List.copyOf(equations);
    }
}
