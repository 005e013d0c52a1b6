package devml.derive;

import devml.notation.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A product that counts where its guards are met, and is not even looked at elsewhere.
 *
 * @param value the product
 * @param guards in the order in which they are asked
 */
record Term(Product value, List<Guard> guards) {
    Term {
        guards = List.copyOf(guards);
    }

    static Term of(Product value) {
        return new Term(value, List.of());
    }

    /** The terms whose sum an expression is: {@code where} yields one for each branch that is not 0. */
    static List<Term> all(Expr e) {
        if (e instanceof Expr.Call call
                && call.function().equals("where")
                && call.arguments().size() == 3) {
            List<Term> terms = new ArrayList<>();
            for (int branch = 1; branch <= 2; branch++) {
                Optional<List<Guard>> guards = Guard.of(call.arguments().getFirst(), branch == 1);
                for (Term term : guards.isPresent() ? all(call.arguments().get(branch)) : List.<Term>of()) {
                    Guard.and(guards.get(), term.guards()).ifPresent(both -> terms.add(new Term(term.value(), both)));
                }
            }
            return terms;
        }
        Product value = Product.of(e);
        return value.isZero() ? List.of() : List.of(of(value));
    }

    /** The product of both; nothing if their guards contradict one another. */
    Optional<Term> times(Term other) {
        return Guard.and(guards, other.guards).map(both -> new Term(value.times(other.value), both));
    }

    /** As this, only where one more condition holds. */
    Optional<Term> where(Expr condition, boolean holds) {
        return Guard.of(condition, holds)
                .flatMap(more -> Guard.and(guards, more))
                .map(all -> new Term(value, all));
    }

    /** The same with other factors and other conditions. */
    Term map(UnaryOperator<Expr> f) {
        return map(f, f);
    }

    Term map(UnaryOperator<Expr> factors, UnaryOperator<Expr> conditions) {
        Product mapped = Product.constant(value.coefficient());
        for (var factor : value.factors().entrySet()) {
            Expr base = factors.apply(factor.getKey());
            mapped = mapped.times(Product.power(base, factor.getValue()));
        }
        return new Term(
                mapped,
                guards.stream()
                        .map(g -> new Guard(conditions.apply(g.condition()), g.holds()))
                        .toList());
    }

    /** All expressions in it. */
    Expr[] expressions() {
        List<Expr> all = new ArrayList<>(value.factors().keySet());
        guards.forEach(guard -> all.add(guard.condition()));
        return all.toArray(Expr[]::new);
    }
}
