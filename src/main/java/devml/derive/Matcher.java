package devml.derive;

import devml.notation.Expr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells whether an expression is another one, but for the primes of some indices. */
final class Matcher {
    private final DefinitionNames names;

    Matcher(DefinitionNames names) {
        this.names = names;
    }

    /**
     * Matches an expression with a pattern.
     *
     * @param variables the indices of the pattern for which others over the same size may stand
     * @param known what some of them stand for already
     * @return what each of them that occurs stands for
     */
    Optional<Map<String, String>> match(Expr pattern, Expr e, Set<String> variables, Map<String, String> known) {
        Map<String, String> binding = new HashMap<>(known);
        return matches(pattern, e, variables, binding, Set.of()) ? Optional.of(binding) : Optional.empty();
    }

    /** @param bound the indices that reductions bind within which {@code e} stands: no others may stand for them */
    private boolean matches(
            Expr pattern, Expr e, Set<String> variables, Map<String, String> binding, Set<String> bound) {
        return switch (pattern) {
            case Expr.Name name -> e instanceof Expr.Name other && name(name, other.name(), variables, binding, bound);
            case Expr.Access access ->
                e instanceof Expr.Access other
                        && access.tensor().equals(other.tensor())
                        && all(access.subscripts(), other.subscripts(), variables, binding, bound);
            case Expr.Reduce reduce ->
                e instanceof Expr.Reduce other && reduce(reduce, other, variables, binding, bound);
            case Expr.Whole _, Expr.Decimal _, Expr.Word _ -> pattern.equals(e);
            case Expr.OrElse _, Expr.Unary _, Expr.Binary _, Expr.Compare _, Expr.Call _, Expr.Tuple _ ->
                isSameNode(pattern, e) && all(Trees.children(pattern), Trees.children(e), variables, binding, bound);
        };
    }

    /** Whether both are the same but for their children. */
    private static boolean isSameNode(Expr pattern, Expr e) {
        return switch (pattern) {
            case Expr.Unary unary -> e instanceof Expr.Unary other && unary.op() == other.op();
            case Expr.Binary binary -> e instanceof Expr.Binary other && binary.op() == other.op();
            case Expr.Compare compare ->
                e instanceof Expr.Compare other && compare.relations().equals(other.relations());
            case Expr.Call call ->
                e instanceof Expr.Call other && call.function().equals(other.function());
            case Expr.OrElse _ -> e instanceof Expr.OrElse;
            case Expr.Tuple _ -> e instanceof Expr.Tuple;
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _, Expr.Access _, Expr.Reduce _ -> false;
        };
    }

    private boolean all(
            List<Expr> patterns,
            List<Expr> items,
            Set<String> variables,
            Map<String, String> binding,
            Set<String> bound) {
        if (patterns.size() != items.size()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!matches(patterns.get(i), items.get(i), variables, binding, bound)) {
                return false;
            }
        }
        return true;
    }

    private boolean name(
            Expr.Name pattern, String other, Set<String> variables, Map<String, String> binding, Set<String> bound) {
        boolean isBound = binding.containsKey(pattern.name()) && !variables.contains(pattern.name());
        if (!isBound && bound.contains(other)) {
            return false;
        }
        if (binding.containsKey(pattern.name())) {
            return binding.get(pattern.name()).equals(other);
        }
        if (variables.contains(pattern.name())) {
            boolean fits = names.isIndex(other)
                    && DefinitionNames.sizeOf(other).equals(DefinitionNames.sizeOf(pattern.name()));
            return fits && binding.put(pattern.name(), other) == null;
        }
        return pattern.name().equals(other) && keepsIndices(pattern, variables, binding, bound);
    }

    /** A short name says the same only if the indices in it are themselves. */
    private boolean keepsIndices(
            Expr.Name name, Set<String> variables, Map<String, String> binding, Set<String> bound) {
        for (String index : names.indices(name)) {
            if (bound.contains(index) && !binding.containsKey(index)) {
                return false;
            }
            if (variables.contains(index)) {
                binding.putIfAbsent(index, index);
            }
            if (!binding.getOrDefault(index, index).equals(index)) {
                return false;
            }
        }
        return true;
    }

    /** The indices that a reduction binds may bear any names. */
    private boolean reduce(
            Expr.Reduce pattern, Expr.Reduce e, Set<String> variables, Map<String, String> binding, Set<String> bound) {
        boolean alike = pattern.reduction() == e.reduction()
                && pattern.indices().size() == e.indices().size()
                && pattern.guard().isPresent() == e.guard().isPresent();
        if (!alike) {
            return false;
        }
        Map<String, String> inner = new HashMap<>(binding);
        Set<String> within = new HashSet<>(bound);
        for (int i = 0; i < e.indices().size(); i++) {
            String own = pattern.indices().get(i).name();
            String other = e.indices().get(i).name();
            if (!DefinitionNames.sizeOf(own).equals(DefinitionNames.sizeOf(other))) {
                return false;
            }
            inner.put(own, other);
            within.add(other);
        }
        if (!all(Trees.children(pattern), Trees.children(e), variables, inner, within)) {
            return false;
        }
        pattern.indices().forEach(i -> inner.remove(i.name()));
        inner.putAll(binding);
        binding.putAll(inner);
        return true;
    }
}
