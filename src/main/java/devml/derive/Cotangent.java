package devml.derive;

import devml.notation.Expr;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gradient with respect to a tensor that forward equations set, as the equations before them use it. */
sealed interface Cotangent {

    /** A tensor of the gradient's own. */
    record Named(String tensor) implements Cotangent {}

    /**
     * Terms that are written wherever the gradient is used; none if no gradient arrives.
     *
     * @param indices the subscripts at which they were worked out
     */
    record Inline(List<String> indices, List<Term> terms) implements Cotangent {
        public Inline {
            indices = List.copyOf(indices);
            terms = List.copyOf(terms);
        }
    }

    /** The gradient with respect to one element; nothing if the terms cannot be written for it. */
    default Optional<List<Term>> at(Expr.Access element, Names names) {
        return switch (this) {
            case Named(String tensor) ->
                Optional.of(List.of(
                        Term.of(Product.factor(new Expr.Access(tensor, element.subscripts(), element.span())))));
            case Inline(List<String> _, List<Term> terms) when terms.isEmpty() -> Optional.of(terms);
            case Inline(List<String> indices, List<Term> terms) -> {
                Map<String, Expr> places = new HashMap<>();
                for (int i = 0; i < indices.size(); i++) {
                    Expr subscript = element.subscripts().get(i);
                    boolean isSame =
                            subscript instanceof Expr.Name name && name.name().equals(indices.get(i));
                    if (!isSame) {
                        places.put(indices.get(i), subscript);
                    }
                }
                for (Term term : terms) {
                    for (Expr e : term.expressions()) {
                        if (!Substitution.isPossible(names, e, places.keySet())) {
                            yield Optional.empty();
                        }
                    }
                }
                Substitution substitution = new Substitution(names, places);
                yield Optional.of(terms.stream()
                        .map(term -> term.map(substitution::apply))
                        .toList());
            }
        };
    }
}
