package devml.derive;

import devml.notation.Expr;
import devml.notation.Reduction;
import devml.notation.Relation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sums over indices that are not in what is summed: an equation sums only over those that it names. What is the same at
 * all their points is multiplied by the number of these; what may or may not be stands in a sum of its own.
 */
final class Counting {
    private final DefinitionNames names;
    private final Infinities infinities;

    Counting(DefinitionNames names, Forward forward) {
        this.names = names;
        this.infinities = new Infinities(names, forward);
    }

    /** The same, every index of which is summed as often as it is here. */
    Contribution complete(Contribution c) {
        return summed(counted(c));
    }

    /** An index that is summed but occurs nowhere is a factor: the number of its points. */
    private Contribution counted(Contribution c) {
        Set<String> missing = c.summed(names);
        missing.removeAll(names.indices(c.term().value().factors().keySet().toArray(Expr[]::new)));
        if (missing.isEmpty()) {
            return c;
        }
        List<Guard> about = about(c, missing);
        Set<String> counted = new LinkedHashSet<>(
                names.indices(about.stream().map(Guard::condition).toArray(Expr[]::new)));
        counted.retainAll(missing);
        Product factor = Product.ONE;
        Set<String> loops = new LinkedHashSet<>(c.loops());
        List<Guard> guards = new ArrayList<>(c.term().guards());
        List<Expr.Name> indices = new ArrayList<>();
        for (String index : missing) {
            Expr.Name name = new Expr.Name(index, c.target().span());
            if (!counted.contains(index)) {
                factor = factor.times(Product.factor(number(name)));
                loops.remove(index);
            } else if (!names.isFamily(index)) {
                indices.add(name);
                loops.remove(index);
            }
        }
        if (!indices.isEmpty()) {
            guards.removeAll(about);
            Expr condition = Guard.conjunction(about).orElseThrow();
            Expr count = reduction(Reduction.COUNT, indices, List.of(), condition);
            if (infinities.mayArise(c.term().value())) { // which 0 times would be no 0
                guards.add(new Guard(Trees.compare(count, Relation.GREATER, Trees.whole(0, count)), true));
            }
            factor = factor.times(Product.factor(count));
        }
        return new Contribution(c.target(), new Term(c.term().value().times(factor), guards), loops);
    }

    private Expr number(Expr.Name index) {
        return names.isFamily(index.name())
                ? reduction(Reduction.SUM, List.of(index), List.of(), Trees.whole(1, index))
                : new Expr.Name(DefinitionNames.sizeOf(index.name()), index.span());
    }

    /** Where options decide a choice, the indices of the other branch are gone: those that may be are summed by name. */
    private Contribution summed(Contribution c) {
        Product value = c.term().value();
        Set<String> unsure = c.summed(names);
        value.factors().keySet().forEach(factor -> unsure.removeAll(sure(factor)));
        unsure.removeIf(names::isFamily);
        boolean isInEdges =
                names.positions(c.target()).stream().anyMatch(p -> !Collections.disjoint(names.indices(p), unsure));
        if (unsure.isEmpty() || isInEdges) {
            return c;
        }
        Product inside = value.only(factor -> !Collections.disjoint(names.indices(factor), unsure));
        List<Expr.Name> indices =
                unsure.stream().map(i -> new Expr.Name(i, c.target().span())).toList();
        List<Guard> about = about(c, unsure);
        Expr sum = reduction(Reduction.SUM, indices, about, inside.expression(c.target()));
        List<Guard> guards = new ArrayList<>(c.term().guards());
        guards.removeAll(about);
        Set<String> loops = new LinkedHashSet<>(c.loops());
        loops.removeAll(unsure);
        Product whole = value.times(inside.power(-1)).times(Product.factor(sum));
        return new Contribution(c.target(), new Term(whole, guards), loops);
    }

    /** The guards that name some of the indices. */
    private List<Guard> about(Contribution c, Set<String> indices) {
        return c.term().guards().stream()
                .filter(g -> !Collections.disjoint(names.indices(g.condition()), indices))
                .toList();
    }

    private static Expr reduction(Reduction reduction, List<Expr.Name> indices, List<Guard> guards, Expr body) {
        return new Expr.Reduce(reduction, indices, Guard.conjunction(guards), body, body.span());
    }

    /** The indices that an expression names whichever branches of choices are taken. */
    private Set<String> sure(Expr e) {
        if (e instanceof Expr.Call(String function, List<Expr> arguments, var _)
                && function.equals("where")
                && arguments.size() == 3) {
            Set<String> sure = sure(arguments.get(1));
            sure.retainAll(sure(arguments.get(2)));
            return sure;
        }
        if (e instanceof Expr.Name name && names.isShort(name.name())) {
            return names.meaning(name).map(this::sure).orElseGet(() -> names.indices(name));
        }
        List<Expr> children = Trees.children(e);
        if (children.isEmpty()) {
            return names.indices(e);
        }
        Set<String> sure = new HashSet<>();
        children.forEach(child -> sure.addAll(sure(child)));
        sure.retainAll(names.indices(e));
        return sure;
    }
}
