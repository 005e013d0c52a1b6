package devml.derive;

import devml.notation.Expr;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one access receives: {@code target += term} at every point of a loop.
 *
 * @param target the element of a gradient
 * @param term what is added to it
 * @param loops the indices over which this runs, families' among them
 */
record Contribution(Expr.Access target, Term term, Set<String> loops) {

    /** The indices that the target does not name, nor a loop around it: the contribution is a sum over them. */
    Set<String> summed(DefinitionNames names) {
        Set<String> summed = new LinkedHashSet<>(loops);
        summed.removeAll(names.indices(target));
        summed.removeAll(names.members());
        return summed;
    }

    Contribution with(Term other) {
        return new Contribution(target, other, loops);
    }
}
