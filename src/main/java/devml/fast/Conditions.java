package devml.fast;

import devml.equation.Affine;
import devml.equation.Cond;
import devml.equation.Int;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes conditions apart. */
final class Conditions {
    private Conditions() {}

    /** What must hold together; nothing for a condition that always holds. */
    static List<Cond> conjuncts(Cond condition) {
        return switch (condition) {
            case Cond.And(Cond left, Cond right) -> {
                List<Cond> all = new ArrayList<>(conjuncts(left));
                all.addAll(conjuncts(right));
                yield all;
            }
            case Cond.Constant(boolean value) when value -> List.of();
            case Cond other -> List.of(other);
        };
    }

    /** Visits the comparisons that a condition is made of. */
    static void forEachComparison(Cond condition, Consumer<Cond> seen) {
        switch (condition) {
            case Cond.Constant _ -> {}
            case Cond.CompareInts _, Cond.CompareReals _ -> seen.accept(condition);
            case Cond.Not(Cond operand) -> forEachComparison(operand, seen);
            case Cond.And(Cond left, Cond right) -> {
                forEachComparison(left, seen);
                forEachComparison(right, seen);
            }
            case Cond.Or(Cond left, Cond right) -> {
                forEachComparison(left, seen);
                forEachComparison(right, seen);
            }
        }
    }

    /** A comparison of integers as forms affine in the indices none of which may be negative, if it is one. */
    static Optional<List<Linear>> forms(Cond condition) {
        return condition instanceof Cond.CompareInts(Cond.Relation relation, Int left, Int right)
                ? switch (relation) {
                    case LESS -> form(left, right, 1).map(List::of);
                    case LESS_EQUAL -> form(left, right, 0).map(List::of);
                    case EQUAL ->
                        form(left, right, 0).flatMap(one -> form(right, left, 0).map(other -> List.of(one, other)));
                    case NOT_EQUAL -> Optional.empty();
                }
                : Optional.empty();
    }

    private static Optional<Linear> form(Int left, Int right, long margin) {
        Affine difference = Affine.of(List.of(right, left), 1, -1);
        return Linear.of(new Affine(difference.weights(), difference.constant() - margin));
    }
}
