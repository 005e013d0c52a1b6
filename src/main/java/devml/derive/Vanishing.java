package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds gradients that are 0 whatever the inputs are, such as that of the maximum which softmax subtracts, or of the
 * mean inside of a variance.
 */
final class Vanishing {
    private final DefinitionNames names;
    private final NewLocals locals;
    private final Map<String, Canonical.Definition> definitions = new HashMap<>();

    Vanishing(DefinitionNames names, Forward forward, NewLocals locals) {
        this.names = names;
        this.locals = locals;
        Set<String> several = new HashSet<>();
        for (Equation equation : forward.equations()) {
            String tensor = equation.target().tensor();
            Optional<List<String>> indices = names.element(equation.target());
            boolean isWhole = !equation.accumulates()
                    && equation.condition().isEmpty()
                    && equation.loops().isEmpty()
                    && indices.isPresent();
            if (!several.add(tensor) || !isWhole) {
                definitions.remove(tensor);
            } else {
                definitions.put(tensor, new Canonical.Definition(indices.get(), equation.value()));
            }
        }
    }

    /** Lets a gradient be known by what contributes to it. */
    void define(List<Contribution> contributions) {
        Optional<List<String>> indices = contributions.stream()
                .findFirst()
                .map(Contribution::target)
                .filter(target ->
                        contributions.stream().allMatch(c -> c.target().equals(target)))
                .flatMap(names::element);
        indices.flatMap(_ ->
                        contributions.stream().map(this::summed).reduce((a, b) -> Trees.binary(BinaryOp.ADD, a, b)))
                .ifPresent(value -> definitions.put(
                        contributions.getFirst().target().tensor(), new Canonical.Definition(indices.get(), value)));
    }

    /** A contribution as an expression: a sum over what the target does not name, where its conditions hold. */
    private Expr summed(Contribution c) {
        Set<String> summed = c.summed(names);
        List<Guard> outer = outer(c);
        List<Guard> inner = new ArrayList<>(c.term().guards());
        inner.removeAll(outer);
        Expr value = c.term().value().expression(c.target());
        Optional<Expr> inside = Guard.conjunction(inner);
        if (!summed.isEmpty()) {
            List<Expr.Name> indices = summed.stream()
                    .map(i -> new Expr.Name(i, c.target().span()))
                    .toList();
            value = new Expr.Reduce(
                    Reduction.SUM, indices, inside, value, c.target().span());
        }
        Expr sum = value;
        return Guard.conjunction(outer)
                .map(condition -> Trees.call("where", condition, sum, Trees.whole(0, sum)))
                .orElse(sum);
    }

    /** The conditions that are the same for all that is summed. */
    private List<Guard> outer(Contribution c) {
        Set<String> summed = c.summed(names);
        return c.term().guards().stream()
                .filter(g -> Collections.disjoint(names.indices(g.condition()), summed))
                .toList();
    }

    /** The contributions without those that add up to 0. */
    List<Contribution> remaining(List<Contribution> contributions) {
        locals.all()
                .forEach(local -> names.element(local.target())
                        .ifPresent(indices -> definitions.put(
                                local.target().tensor(), new Canonical.Definition(indices, local.value()))));
        Map<Object, List<Contribution>> groups = new LinkedHashMap<>();
        contributions.stream()
                .filter(c -> !isZero(List.of(c)))
                .forEach(c -> groups.computeIfAbsent(List.of(c.target(), outer(c)), _ -> new ArrayList<>())
                        .add(c));
        groups.values().removeIf(this::isZero);
        return groups.values().stream().flatMap(List::stream).toList();
    }

    private boolean isZero(List<Contribution> contributions) {
        List<Guard> outer = outer(contributions.getFirst());
        Canonical canonical = new Canonical(names, definitions, outer);
        Polynomial total = Polynomial.ZERO;
        for (Contribution c : contributions) {
            List<Guard> inner = new ArrayList<>(c.term().guards());
            inner.removeAll(outer);
            Contribution within = c.with(new Term(c.term().value(), inner));
            total = total.plus(canonical.of(summed(within)));
        }
        return total.isZero();
    }
}
