package devml.derive;

import devml.notation.Expr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gradient with respect to a tensor that forward equations set, where it is no tensor of its own: terms that are
 * written wherever it is used; none if no gradient arrives.
 *
 * @param indices the subscripts at which they were worked out
 */
record Inline(List<String> indices, List<Term> terms) {
    Inline {
        indices = List.copyOf(indices);
        terms = List.copyOf(terms);
    }

    /** The gradient with respect to one element; nothing if the terms cannot be written for it. */
    Optional<List<Term>> at(Expr.Access element, DefinitionNames names) {
        Map<String, Expr> places = new HashMap<>();
        for (int i = 0; i < indices.size(); i++) {
            Expr subscript = element.subscripts().get(i);
            boolean isSame = subscript instanceof Expr.Name name && name.name().equals(indices.get(i));
            if (!isSame) {
                places.put(indices.get(i), subscript);
            }
        }
        Substitution substitution = new Substitution(names, places);
        for (Term term : terms) {
            for (Expr e : term.expressions()) {
                if (!substitution.isPossible(e)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(
                terms.stream().map(term -> term.map(substitution::apply)).toList());
    }
}
