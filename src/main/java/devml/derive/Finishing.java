package devml.derive;

import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/** Makes of what the chain rule yields what an equation may say: names, indices, counts, and sums of their own. */
final class Finishing {
    private final DefinitionNames names;
    private final Naming naming;
    private final NewLocals locals;
    private final Counting counting;

    /** The tensors that forward equations set under conditions only: where none holds, there is no such tensor. */
    private final Set<String> conditional;

    Finishing(DefinitionNames names, Naming naming, NewLocals locals, Forward forward) {
        this.names = names;
        this.naming = naming;
        this.locals = locals;
        this.counting = new Counting(names, forward);
        this.conditional = conditional(forward);
    }

    private static Set<String> conditional(Forward forward) {
        Set<String> always = new HashSet<>();
        Set<String> sometimes = new HashSet<>();
        for (Equation equation : forward.equations()) {
            (equation.condition().isPresent() ? sometimes : always)
                    .add(DefinitionNames.stem(equation.target().tensor()));
        }
        sometimes.removeAll(always);
        return sometimes;
    }

    /** All contributions to one gradient, finished; those that are alike are one, those that cancel are gone. */
    List<Contribution> finish(List<Contribution> contributions) {
        Map<Object, Contribution> merged = new LinkedHashMap<>();
        for (Contribution raw : contributions) {
            Contribution c = saved(hoisted(counting.complete(unprimed(raw.with(naming.name(raw.term())))), false));
            Object key = List.of(
                    c.target(), c.loops(), c.term().guards(), c.term().value().factors());
            merged.merge(key, c, Finishing::add);
        }
        return merged.values().stream().filter(c -> !c.term().value().isZero()).toList();
    }

    private static Contribution add(Contribution a, Contribution b) {
        BigFraction sum = a.term().value().coefficient().add(b.term().value().coefficient());
        return a.with(
                new Term(new Product(sum, a.term().value().factors()), a.term().guards()));
    }

    /**
     * The same with {@code k} for {@code k'} wherever the prime is not needed, in the target first of all; unless a short
     * name would have to be written out for it.
     */
    private Contribution unprimed(Contribution c) {
        List<String> order = new ArrayList<>(names.indices(c.target()));
        order.retainAll(c.loops());
        order.addAll(c.summed(names));
        Set<String> entered = names.entered(c.loops());
        order.removeAll(entered);
        Map<String, Expr> renamed = new HashMap<>();
        Set<String> loops = new HashSet<>(entered);
        Set<String> taken = new HashSet<>(loops);
        for (Expr e : c.term().expressions()) {
            taken.addAll(Substitution.pinned(names, e));
        }
        for (String index : order) {
            Expr.Name bare = new Expr.Name(index.replace("'", ""), c.target().span());
            if (names.isShort(bare.name())) {
                taken.add(bare.name()); // a position, which the bare index is not
            }
            Expr.Name name = Substitution.prime(bare, taken);
            taken.add(name.name());
            loops.add(name.name());
            if (!name.name().equals(index)) {
                renamed.put(index, name);
            }
        }
        Substitution renaming = new Substitution(names, renamed);
        boolean isPossible = renaming.isPossible(c.target());
        for (Expr e : c.term().expressions()) {
            isPossible &= renaming.isPossible(e) && !Substitution.spellsOut(names, e, renamed.keySet());
        }
        if (renamed.isEmpty() || !isPossible) {
            return c;
        }
        return new Contribution(renaming.access(c.target()), c.term().map(renaming::apply), loops);
    }

    /** A reduction that is the same at several points of the loop is worked out before it. */
    private Contribution saved(Contribution c) {
        List<Guard> guards = c.term().guards();
        return c.with(c.term().map(e -> saved(e, c.loops(), guards), e -> saved(e, c.loops(), before(e, guards))));
    }

    /** The guards that are asked before a condition is. */
    private static List<Guard> before(Expr condition, List<Guard> guards) {
        return guards.stream().takeWhile(g -> !g.condition().equals(condition)).toList();
    }

    /** @param guards that hold wherever the expression counts */
    private Expr saved(Expr e, Set<String> loops, List<Guard> guards) {
        if (e instanceof Expr.Reduce reduce) {
            Set<String> indices = names.indices(e);
            indices.addAll(names.members());
            boolean isSame = !indices.containsAll(loops);
            indices.removeAll(names.members());
            boolean hasNoFamily = indices.stream().noneMatch(names::isFamily);
            return isSame && hasNoFamily && !isCheap(reduce)
                    ? locals.save(lazily(e, guards), "u", "v", "w")
                    : Substitution.fresh(names, reduce, loops);
        }
        if (e instanceof Expr.Name name && names.isShort(name.name())) {
            return names.meaning(name)
                    .filter(meaning -> captures(meaning, loops))
                    .map(meaning -> saved(meaning, loops, guards))
                    .orElse(e);
        }
        return Trees.map(e, child -> saved(child, loops, guards));
    }

    /** What may fail where the guards do not hold is not worked out there, as far as they can be asked before the loop. */
    private Expr lazily(Expr e, List<Guard> guards) {
        Set<String> known = names.indices(e);
        List<Guard> asked = guards.stream()
                .filter(guard -> known.containsAll(names.indices(guard.condition())))
                .filter(guard -> !Trees.contains(guard.condition(), e))
                .toList();
        return mayFail(e)
                ? Guard.conjunction(asked)
                        .map(condition -> Trees.call("where", condition, e, Trees.whole(0, e)))
                        .orElse(e)
                : e;
    }

    /** Whether something in it may not exist: a tensor, an element beside its tensor, or the greatest of nothing. */
    private boolean mayFail(Expr e) {
        return switch (e) {
            case Expr.OrElse orElse -> mayFail(orElse.otherwise());
            case Expr.Access access ->
                conditional.contains(DefinitionNames.stem(access.tensor()))
                        || access.subscripts().stream().anyMatch(this::mayLeave);
            case Expr.Name name
            when names.isShort(name.name()) ->
                names.meaning(name).map(this::mayFail).orElse(false);
            case Expr.Reduce reduce when mayBeEmpty(reduce) -> true;
            default -> Trees.children(e).stream().anyMatch(this::mayFail);
        };
    }

    private static boolean mayBeEmpty(Expr.Reduce reduce) {
        return reduce.guard().isPresent()
                && switch (reduce.reduction()) {
                    case MAX, MIN, ARGMAX, ARGMIN -> true;
                    case SUM, PROD, MEAN, COUNT, LOGSUMEXP, ROW -> false;
                };
    }

    /** A position drops the point, unless an element of a tensor says where it is. */
    private boolean mayLeave(Expr subscript) {
        if (subscript instanceof Expr.Name name && names.isShort(name.name())) {
            return names.meaning(name).map(Finishing::readsData).orElse(true);
        }
        boolean isIndex = subscript instanceof Expr.Name name && names.isIndex(name.name());
        return !(isIndex || subscript instanceof Expr.Whole);
    }

    private static boolean readsData(Expr e) {
        return e instanceof Expr.Access || Trees.children(e).stream().anyMatch(Finishing::readsData);
    }

    /** The number of members of a family. */
    private static boolean isCheap(Expr.Reduce reduce) {
        return reduce.body() instanceof Expr.Whole;
    }

    /** Whether a short name stands for a reduction over an index that has a meaning here. */
    private boolean captures(Expr e, Set<String> loops) {
        boolean binds =
                e instanceof Expr.Reduce reduce && reduce.indices().stream().anyMatch(i -> loops.contains(i.name()));
        boolean inMeaning = e instanceof Expr.Name name
                && names.isShort(name.name())
                && names.meaning(name).map(m -> captures(m, loops)).orElse(false);
        return binds || inMeaning || Trees.children(e).stream().anyMatch(child -> captures(child, loops));
    }

    /**
     * Takes out of a sum the factors that are the same for all that is summed: what remains is saved in a local.
     *
     * @param always whether to do so wherever there is such a factor; if not, only where the sum serves several points
     */
    Contribution hoisted(Contribution c, boolean always) {
        Set<String> summed = c.summed(names);
        Product value = c.term().value();
        Product inside = value.only(f -> !Collections.disjoint(names.indices(f), summed));
        Set<String> points = names.indices(c.target());
        points.removeAll(names.members());
        Set<String> needed = names.indices(inside.factors().keySet().toArray(Expr[]::new));
        boolean isUseful = always ? inside.factors().size() < value.factors().size() : !needed.containsAll(points);
        boolean isGuarded =
                c.term().guards().stream().anyMatch(g -> !Collections.disjoint(names.indices(g.condition()), summed));
        boolean hasEdges = inside.factors().keySet().stream()
                .anyMatch(f -> !names.positions(f).isEmpty());
        if (summed.isEmpty()
                || !isUseful
                || isGuarded
                || hasEdges
                || summed.stream().anyMatch(names::isFamily)) {
            return c;
        }
        List<Expr.Name> indices =
                summed.stream().map(i -> new Expr.Name(i, c.target().span())).toList();
        List<Guard> guards = c.term().guards();
        Expr summand = saved(inside.expression(c.target()), c.loops(), guards);
        Expr sum = new Expr.Reduce(
                Reduction.SUM, indices, Optional.empty(), summand, c.target().span());
        Product saved = Product.factor(locals.save(lazily(sum, guards), "s", "p", "u", "v", "w"));
        Set<String> loops = new LinkedHashSet<>(c.loops());
        loops.removeAll(summed);
        Product outside = value.times(inside.power(-1));
        return new Contribution(
                c.target(), new Term(saved.times(outside), c.term().guards()), loops);
    }
}
