package devml.derive;

import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The local tensors that the backward equations bring: what is computed once and used at many points. */
final class NewLocals {
    private final DefinitionNames names;
    private final Set<String> taken = new HashSet<>();
    private final Map<List<Object>, Expr.Access> known = new HashMap<>();
    private final Map<String, Equation> equations = new LinkedHashMap<>();
    private final List<Equation> fresh = new ArrayList<>();

    NewLocals(DefinitionNames names, Forward forward) {
        this.names = names;
        forward.tensors().forEach(t -> take(t.name()));
        forward.equations().forEach(e -> take(e.target().tensor()));
        forward.equations().forEach(e -> avoid(e.value()));
    }

    /** No local is called like a tensor, its gradient, or what all members of a family have before their numbers. */
    private void take(String tensor) {
        String name = Template.isTemplate(tensor) ? tensor.substring(0, tensor.indexOf('{')) : tensor;
        taken.add(name);
        taken.add("d" + name);
    }

    /** Indices and tensors have name spaces of their own, but one letter for both would confuse readers. */
    private void avoid(Expr e) {
        if (e instanceof Expr.Name name) {
            taken.add(name.name());
        }
        if (e instanceof Expr.Reduce reduce) {
            reduce.indices().forEach(this::avoid);
        }
        Trees.children(e).forEach(this::avoid);
    }

    /**
     * A local that holds a value for all points on which it depends. In a loop over the members of a family there is one
     * for each member.
     *
     * @param letters what it may be called, best first
     */
    Expr.Access save(Expr unnamed, String... letters) {
        Expr value = unnamed instanceof Expr.Reduce reduce ? Substitution.unprimed(names, reduce) : unnamed;
        return known.computeIfAbsent(List.of(value, List.copyOf(names.members())), _ -> {
            Set<String> points = names.indices(value);
            points.removeAll(names.members());
            List<Expr> indices = new ArrayList<>();
            points.forEach(index -> indices.add(new Expr.Name(index, value.span())));
            String member = names.members().stream().map("{%s}"::formatted).collect(Collectors.joining());
            Expr.Access target = new Expr.Access(name(letters) + member, indices, value.span());
            Equation equation = new Equation(target, false, value, Optional.empty(), value.span());
            equations.put(target.tensor(), equation);
            fresh.add(equation);
            return target;
        });
    }

    /** A name that nothing bears yet. */
    String name(String... letters) {
        for (int number = 1; ; number++) {
            for (String letter : letters) {
                String name = number == 1 ? letter : letter + number;
                if (!names.isTaken(name) && taken.add(name)) {
                    return name;
                }
            }
        }
    }

    /** The equation of a local, if there is one of that name. */
    Optional<Equation> find(String tensor) {
        return Optional.ofNullable(equations.get(tensor));
    }

    Collection<Equation> all() {
        return equations.values();
    }

    /** The equations that have come since this was last asked. */
    List<Equation> takeNew() {
        List<Equation> taken = List.copyOf(fresh);
        fresh.clear();
        return taken;
    }
}
