package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Relation;
import devml.notation.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A condition that has to hold, or has to fail, for a term to count. What fails is kept apart from what holds, since
 * the opposite of a comparison is no comparison where a NaN is compared.
 */
record Guard(Expr condition, boolean holds) {

    /** Guards that say the same one by one; nothing if they can never be met. */
    static Optional<List<Guard>> of(Expr condition, boolean holds) {
        if (condition instanceof Expr.Unary(UnaryOp op, Expr operand, var _) && op == UnaryOp.NOT) {
            return of(operand, !holds);
        }
        if (condition instanceof Expr.Binary(BinaryOp op, Expr left, Expr right, var _)
                && op == (holds ? BinaryOp.AND : BinaryOp.OR)) {
            return of(left, holds).flatMap(first -> of(right, holds).flatMap(second -> and(first, second)));
        }
        Optional<Boolean> known = known(condition);
        if (known.isPresent()) {
            return known.get() == holds ? Optional.of(List.of()) : Optional.empty();
        }
        return Optional.of(List.of(new Guard(condition, holds)));
    }

    /** All of both; nothing if they contradict one another. */
    static Optional<List<Guard>> and(List<Guard> first, List<Guard> second) {
        List<Guard> all = new ArrayList<>(first);
        for (Guard guard : second) {
            if (all.contains(new Guard(guard.condition(), !guard.holds()))) {
                return Optional.empty();
            }
            if (!all.contains(guard)) {
                all.add(guard);
            }
        }
        return Optional.of(all);
    }

    /** Whether a comparison of numbers holds; nothing for all others. */
    private static Optional<Boolean> known(Expr condition) {
        if (!(condition instanceof Expr.Compare(List<Expr> operands, List<Relation> relations, var _))) {
            return Optional.empty();
        }
        boolean all = true;
        for (int i = 0; i < relations.size(); i++) {
            Optional<BigFraction> left = Product.of(operands.get(i)).number();
            Optional<BigFraction> right = Product.of(operands.get(i + 1)).number();
            if (left.isEmpty() || right.isEmpty()) {
                return Optional.empty();
            }
            int order = left.get().compareTo(right.get());
            all &= switch (relations.get(i)) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_EQUAL -> order >= 0;
            };
        }
        return Optional.of(all);
    }

    /** As it is written. The opposite of {@code ==} is {@code !=}, of a NaN too. */
    Expr expression() {
        if (holds) {
            return condition;
        }
        return condition instanceof Expr.Compare(List<Expr> operands, List<Relation> relations, var _)
                        && relations.equals(List.of(Relation.EQUAL))
                ? Trees.compare(operands.getFirst(), Relation.NOT_EQUAL, operands.getLast())
                : Trees.not(condition);
    }

    /** An expression where the guards are met: of each choice between two that they decide, the one they choose. */
    static Expr choose(Expr e, List<Guard> guards) {
        if (e instanceof Expr.Call call
                && call.function().equals("where")
                && call.arguments().size() == 3) {
            Expr condition = call.arguments().getFirst();
            for (int branch = 1; branch <= 2; branch++) {
                if (of(condition, branch == 1).map(guards::containsAll).orElse(false)) {
                    return choose(call.arguments().get(branch), guards);
                }
            }
        }
        return Trees.map(e, child -> choose(child, guards));
    }

    /** Both written as one condition. */
    static Optional<Expr> conjunction(List<Guard> guards) {
        return guards.stream().map(Guard::expression).reduce((a, b) -> Trees.binary(BinaryOp.AND, a, b));
    }
}
