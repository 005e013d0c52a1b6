package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Reduction;
import devml.notation.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The chain rule: follows a gradient from the value of an expression down to each access in it. On the way reductions
 * dissolve into loops, and conditions gather.
 */
final class Chain {
    private final DefinitionNames names;
    private final Activity activity;
    private final Dimensions dimensions;
    private final Naming naming;
    private final NewLocals locals;
    private final Infinities infinities;
    private final List<Contribution> found = new ArrayList<>();

    Chain(
            DefinitionNames names,
            Activity activity,
            Dimensions dimensions,
            Naming naming,
            NewLocals locals,
            Infinities infinities) {
        this.names = names;
        this.activity = activity;
        this.dimensions = dimensions;
        this.naming = naming;
        this.locals = locals;
        this.infinities = infinities;
    }

    /**
     * What each access in an expression receives.
     *
     * @param cotangent the gradient with respect to the expression's value
     * @param loops the indices at which the expression stands
     */
    List<Contribution> contributions(Expr e, Term cotangent, Set<String> loops) {
        found.clear();
        follow(e, cotangent, loops);
        return List.copyOf(found);
    }

    private void follow(Expr e, Term gradient, Set<String> loops) {
        if (!activity.isActive(e)) {
            return;
        }
        switch (e) {
            case Expr.Access access -> {
                Expr.Access read = (Expr.Access) Guard.choose(access, gradient.guards());
                Expr.Access target = new Expr.Access("d" + read.tensor(), read.subscripts(), read.span());
                found.add(new Contribution(target, gradient, loops));
            }
            case Expr.OrElse orElse -> orElse(orElse, gradient, loops);
            case Expr.Name name -> follow(names.meaning(name).orElseThrow(), gradient, loops);
            case Expr.Reduce reduce -> reduce(reduce, gradient, loops);
            case Expr.Unary _, Expr.Binary _, Expr.Call _ -> {
                for (Rules.Partial partial :
                        Rules.partials(e, activity::isActive).orElseThrow()) {
                    for (Term factor : Term.all(partial.derivative())) {
                        gradient.times(factor).ifPresent(product -> follow(partial.operand(), product, loops));
                    }
                }
            }
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Compare _, Expr.Tuple _ -> {}
        }
    }

    /** The access where it is inside, the other value where it is not. */
    private void orElse(Expr.OrElse orElse, Term gradient, Set<String> loops) {
        List<Expr> written = new ArrayList<>();
        List<Expr> all = new ArrayList<>();
        Expr.Access access = orElse.access();
        for (int i = 0; i < access.subscripts().size(); i++) {
            Expr subscript = access.subscripts().get(i);
            Expr size = dimensions.size(access, i);
            if (!(subscript instanceof Expr.Name name && names.isIndex(name.name()))) {
                all.add(Trees.inside(subscript, size));
                if (!dimensions.isPosition(subscript, size)) {
                    written.add(Trees.inside(subscript, size)); // a position drops the point by itself
                }
            }
        }
        Optional<Expr> condition = all(written);
        condition
                .map(c -> gradient.where(c, true))
                .orElse(Optional.of(gradient))
                .ifPresent(g -> follow(access, g, loops));
        all(all).flatMap(c -> gradient.where(c, false)).ifPresent(g -> follow(orElse.otherwise(), g, loops));
    }

    private static Optional<Expr> all(List<Expr> conditions) {
        return conditions.stream().reduce((a, b) -> Trees.binary(BinaryOp.AND, a, b));
    }

    private void reduce(Expr.Reduce e, Term gradient, Set<String> loops) {
        Expr.Reduce free = Substitution.fresh(names, e, loops);
        if (!free.equals(e)) {
            reduce(free, gradient, loops);
            return;
        }
        Set<String> inner = new LinkedHashSet<>(loops);
        e.indices().forEach(i -> inner.add(i.name()));
        Optional<Term> inside = e.guard().map(g -> gradient.where(g, true)).orElse(Optional.of(gradient));
        if (inside.isEmpty()) {
            return;
        }
        Optional<Term> through = switch (e.reduction()) {
            case SUM -> inside;
            case MEAN -> inside.get().times(Term.of(Product.of(count(e)).power(-1)));
            case PROD -> inside.get().times(Term.of(Product.factor(others(e, inner, gradient))));
            case LOGSUMEXP -> share(e, inside.get());
            case MAX -> inside.get().where(winner(e, Reduction.ARGMAX, gradient), true);
            case MIN -> inside.get().where(winner(e, Reduction.ARGMIN, gradient), true);
            case ARGMAX, ARGMIN, COUNT, ROW -> Optional.empty();
        };
        through.ifPresent(term -> follow(e.body(), term, inner));
    }

    /** The share of one exponential in their sum; none where the sum is 0, unless the forward equations ask for it too. */
    private Optional<Term> share(Expr.Reduce e, Term gradient) {
        Expr share = Trees.call("exp", Trees.binary(BinaryOp.SUBTRACT, e.body(), e));
        boolean isAsked = naming.name(share) instanceof Expr.Access;
        Expr nothing = Trees.negate(new Expr.Name("inf", e.span()));
        Optional<Term> within = isAsked || !infinities.areIn(e.body())
                ? Optional.of(gradient)
                : gradient.where(Trees.compare(e, Relation.EQUAL, nothing), false);
        return within.flatMap(term -> term.times(Term.of(Product.factor(share))));
    }

    /** How many values a mean is taken of. */
    private Expr count(Expr.Reduce e) {
        Optional<Expr> edges = names.edges(e).stream()
                .map(position ->
                        Trees.inside(position, new Expr.Name(DefinitionNames.sizeOf(position.name()), position.span())))
                .reduce((a, b) -> Trees.binary(BinaryOp.AND, a, b));
        List<Expr> conditions = new ArrayList<>(e.guard().stream().toList());
        edges.ifPresent(conditions::add);
        return all(conditions)
                .<Expr>map(condition ->
                        new Expr.Reduce(Reduction.COUNT, e.indices(), Optional.empty(), condition, e.span()))
                .orElseGet(() -> box(e.indices()));
    }

    /** The number of points of some indices. */
    private static Expr box(List<Expr.Name> indices) {
        return indices.stream()
                .<Expr>map(i -> new Expr.Name(DefinitionNames.sizeOf(i.name()), i.span()))
                .reduce((a, b) -> Trees.binary(BinaryOp.MULTIPLY, a, b))
                .orElseThrow();
    }

    /**
     * The product of all others: right where a factor is 0 too, unlike the product divided by the factor.
     *
     * @param inner the indices that mean something within the product, its own among them
     */
    private Expr others(Expr.Reduce e, Set<String> inner, Term gradient) {
        Set<String> used = new HashSet<>(inner);
        used.addAll(names.indices(Trees.children(e).toArray(Expr[]::new)));
        Map<String, Expr.Name> primes = new LinkedHashMap<>();
        for (Expr.Name index : e.indices()) {
            Expr.Name prime = Substitution.prime(index, used);
            used.add(prime.name());
            primes.put(index.name(), prime);
        }
        boolean isPossible =
                Trees.children(e).stream().allMatch(child -> Substitution.isPossible(names, child, primes.keySet()));
        boolean hasFamily = primes.keySet().stream().anyMatch(names::isFamily);
        return isPossible || hasFamily ? primed(e, primes) : saved(e, primes, gradient);
    }

    /** The product over primed indices that are not those of the factor. */
    private Expr primed(Expr.Reduce e, Map<String, Expr.Name> primes) {
        Substitution priming = new Substitution(names, primes);
        List<Expr.Name> indices =
                e.indices().stream().map(i -> primes.get(i.name())).toList();
        List<Expr> guards =
                new ArrayList<>(e.guard().map(priming::apply).stream().toList());
        guards.add(differs(indices, e.indices()));
        return new Expr.Reduce(Reduction.PROD, indices, all(guards), priming.apply(e.body()), e.span());
    }

    /** A local of such products, for each factor the one over all other indices: a position is only for the own ones. */
    private Expr saved(Expr.Reduce e, Map<String, Expr.Name> primes, Term gradient) {
        List<Expr> guards = new ArrayList<>(e.guard().stream().toList());
        guards.add(differs(e.indices(), List.copyOf(primes.values())));
        Expr product = new Expr.Reduce(Reduction.PROD, e.indices(), all(guards), e.body(), e.span());
        Map<String, Expr.Name> factor = new HashMap<>();
        e.indices().forEach(index -> factor.put(primes.get(index.name()).name(), index));
        return new Substitution(names, factor).access(locals.save(lazily(product, gradient), "u", "v", "w"));
    }

    private static Expr differs(List<Expr.Name> indices, List<Expr.Name> others) {
        return IntStream.range(0, indices.size())
                .mapToObj(i -> Trees.compare(indices.get(i), Relation.NOT_EQUAL, others.get(i)))
                .reduce((a, b) -> Trees.binary(BinaryOp.OR, a, b))
                .orElseThrow();
    }

    /** The condition that the indices are those of the greatest value, or the least. */
    private Expr winner(Expr.Reduce e, Reduction reduction, Term gradient) {
        Expr place = naming.name(new Expr.Reduce(reduction, e.indices(), e.guard(), e.body(), e.span()));
        if (place instanceof Expr.Reduce) {
            place = locals.save(lazily(place, gradient), "k", "j", "m", "q");
        }
        Expr code = e.indices().getFirst();
        for (Expr.Name index : e.indices().subList(1, e.indices().size())) {
            Expr size = new Expr.Name(DefinitionNames.sizeOf(index.name()), index.span());
            code = Trees.binary(BinaryOp.ADD, Trees.binary(BinaryOp.MULTIPLY, code, size), index);
        }
        return Trees.compare(code, Relation.EQUAL, place);
    }

    /** An empty maximum fails: where a condition keeps it from being looked for, it is not looked for here either. */
    private Expr lazily(Expr place, Term gradient) {
        return Guard.conjunction(gradient.guards())
                .map(condition -> Substitution.apart(names, condition, names.indices(place)))
                .map(condition -> Trees.call("where", condition, place, Trees.whole(0, place)))
                .orElse(place);
    }
}
