package devml.derive;

import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Writes the contributions to one gradient as equations: those that may stand in one do. */
final class GradientEquations {
    private final DefinitionNames names;
    private final Predicate<Expr> isGradient;

    GradientEquations(DefinitionNames names, Predicate<Expr> isGradient) {
        this.names = names;
        this.isGradient = isGradient;
    }

    /** What may be added in one equation: terms of one target that run over the same indices. */
    private record Kind(Expr.Access target, Set<String> loops, int number) {}

    /**
     * The equations of one gradient.
     *
     * @param isRead whether others read it, so that it must be set whatever the options are
     */
    List<Equation> equations(List<Contribution> contributions, boolean isRead) {
        Map<Kind, Map<List<Guard>, List<Product>>> kinds = new LinkedHashMap<>();
        for (Contribution c : contributions) {
            boolean isAlone = leavesEdges(c);
            Kind kind = new Kind(c.target(), c.loops(), isAlone ? kinds.size() : -1);
            kinds.computeIfAbsent(kind, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(c.term().guards(), _ -> new ArrayList<>())
                    .add(c.term().value());
        }
        List<Equation> equations = new ArrayList<>();
        kinds.forEach((kind, groups) -> {
            boolean mayChoose = kind.number() < 0;
            List<Branch> branches = new ArrayList<>();
            groups.forEach((guards, terms) -> branches.add(new Branch(guards, value(terms, kind.target()))));
            equations.addAll(equations(kind.target(), branches, mayChoose, isRead));
        });
        return equations;
    }

    private Expr value(List<Product> terms, Expr at) {
        List<Product> sorted =
                terms.stream().map(t -> edgesFirst(t).first(isGradient)).toList();
        return Sum.collapse(sorted, at).expression(at);
    }

    /** The factors that drop points by a position before all that is worked out of elements at it. */
    private Product edgesFirst(Product term) {
        boolean isInOthers = term.factors().keySet().stream()
                .anyMatch(
                        f -> !(f instanceof Expr.Access) && !names.positions(f).isEmpty());
        return isInOthers
                ? term.first(
                        f -> f instanceof Expr.Access && !names.positions(f).isEmpty())
                : term;
    }

    /** Whether a term drops points by a position that its target does not have: no other term may be added to it. */
    private boolean leavesEdges(Contribution c) {
        Set<Expr> positions = new HashSet<>();
        c.term().value().factors().keySet().forEach(f -> positions.addAll(names.positions(f)));
        names.positions(c.target()).forEach(positions::remove);
        return !positions.isEmpty();
    }

    private record Branch(List<Guard> guards, Expr value) {}

    private List<Equation> equations(Expr.Access target, List<Branch> branches, boolean mayChoose, boolean isRead) {
        List<Equation> equations = new ArrayList<>();
        List<Branch> rest = new ArrayList<>(branches);
        boolean isElement = isElement(target, branches);
        boolean mustExist = isRead && isElement && branches.stream().allMatch(this::isOptional);
        while (!rest.isEmpty()) {
            Branch first = rest.getFirst();
            List<Branch> chosen = mayChoose ? alternatives(first, rest, isElement) : List.of(first);
            rest.removeAll(chosen);
            boolean isChoice = chosen.size() > 1 || (mayChoose && isElement && (mustExist || !isPlain(first)));
            equations.add(
                    isChoice
                            ? equation(target, choice(chosen, 0, isElement).orElseThrow(), Optional.empty())
                            : equation(target, first.value(), Guard.conjunction(first.guards())));
            mustExist = false;
        }
        return equations;
    }

    /** Whether the target exists for all its indices; an element beside its tensor must not be written, not even 0 to it. */
    private boolean isElement(Expr.Access target, List<Branch> branches) {
        boolean isMember = Template.names(target.tensor()).stream()
                        .allMatch(part -> names.isShort(part) || names.members().contains(part))
                && !Template.isShifted(target.tensor());
        boolean mayBeBeside = branches.stream().anyMatch(this::isOptional);
        return isMember
                && target.subscripts().stream()
                        .allMatch(s -> s instanceof Expr.Name || (s instanceof Expr.Whole && !mayBeBeside));
    }

    /** Whether options alone may switch a branch off. */
    private boolean isOptional(Branch branch) {
        return branch.guards().stream()
                .anyMatch(g -> names.indices(g.condition()).isEmpty());
    }

    /** Conditions that hold are written behind a bar; those that fail read better in {@code where}. */
    private static boolean isPlain(Branch branch) {
        return branch.guards().stream().allMatch(Guard::holds);
    }

    /** The branches that exclude the first one or one another, if one choice can say all of them. */
    private static List<Branch> alternatives(Branch first, List<Branch> branches, boolean mayBeZero) {
        if (first.guards().isEmpty()) {
            return List.of(first);
        }
        Expr condition = first.guards().getFirst().condition();
        List<Branch> same = branches.stream()
                .filter(b -> !b.guards().isEmpty()
                        && b.guards().getFirst().condition().equals(condition))
                .toList();
        return choice(same, 0, mayBeZero).isPresent() ? same : List.of(first);
    }

    /** A choice by the conditions from the i-th on; nothing where the branches do not ask the same ones. */
    private static Optional<Expr> choice(List<Branch> branches, int i, boolean mayBeZero) {
        if (branches.size() == 1 && branches.getFirst().guards().size() == i) {
            return Optional.of(branches.getFirst().value());
        }
        Set<Optional<Expr>> conditions = new HashSet<>();
        branches.forEach(b -> conditions.add(
                b.guards().size() > i ? Optional.of(b.guards().get(i).condition()) : Optional.empty()));
        if (conditions.size() > 1) {
            return Optional.empty();
        }
        return conditions
                .iterator()
                .next()
                .flatMap(condition -> side(branches, i, true, condition, mayBeZero)
                        .flatMap(yes -> side(branches, i, false, condition, mayBeZero)
                                .map(no -> yes.equals(no) ? yes : Trees.call("where", condition, yes, no))));
    }

    private static Optional<Expr> side(List<Branch> branches, int i, boolean holds, Expr at, boolean mayBeZero) {
        List<Branch> side = branches.stream()
                .filter(b -> b.guards().get(i).holds() == holds)
                .toList();
        if (side.isEmpty()) {
            return mayBeZero ? Optional.of(Trees.whole(0, at)) : Optional.empty();
        }
        return choice(side, i + 1, mayBeZero);
    }

    private static Equation equation(Expr.Access target, Expr value, Optional<Expr> condition) {
        return new Equation(target, true, value, condition, target.span());
    }
}
