package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the summation explicit that {@code +=} implies: over the indices that the target does not contain. */
final class Summation {
    private Summation() {}

    static Assignment explicit(Assignment equation) {
        if (!equation.accumulates() || !(equation.value() instanceof Real value)) {
            return equation;
        }
        Set<Integer> named = new HashSet<>();
        for (Int subscript : equation.subscripts()) {
            Uses.indices(subscript, named::add);
        }
        Box box = equation.box();
        List<Integer> kept = new ArrayList<>();
        List<Integer> keptExtents = new ArrayList<>();
        List<Integer> summed = new ArrayList<>();
        List<Integer> summedExtents = new ArrayList<>();
        for (int i = 0; i < box.slots().size(); i++) {
            boolean isNamed = named.contains(box.slots().get(i));
            (isNamed ? kept : summed).add(box.slots().get(i));
            (isNamed ? keptExtents : summedExtents).add(box.extents().get(i));
        }
        if (summed.isEmpty()) {
            return equation;
        }
        // What the summed indices do not touch decides about whole elements: among it, that the target is inside.
        Cond outer = Cond.TRUE;
        Cond inner = Cond.TRUE;
        for (Cond condition : Conditions.conjuncts(box.guard())) {
            Set<Integer> used = new HashSet<>();
            Uses.indices(condition, used::add);
            if (used.stream().anyMatch(summed::contains)) {
                inner = Cond.and(inner, condition);
            } else {
                outer = Cond.and(outer, condition);
            }
        }
        Real sum = new Real.Reduce(Real.Fold.SUM, new Box(summed, summedExtents, inner), value);
        return new Assignment(
                equation.target(),
                equation.subscripts(),
                true,
                new Box(kept, keptExtents, outer),
                sum,
                equation.slots(),
                equation.place());
    }
}
