package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Substitution;
import devml.equation.Uses;
import devml.equation.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one long index of several short ones where every access walks through them as if they were one: the dimensions
 * of a whole tensor in an elementwise equation, the pixels of an image in a bias. Strips are longer then.
 */
final class Flattening {
    private final Assignment equation;

    /** Those that the equation makes, each once: the errors of an expression are made of its parts again and again. */
    private final Set<Substitution.Access> seen = new HashSet<>();

    private final List<Linear> accesses = new ArrayList<>();
    private final Set<Integer> fixed = new HashSet<>();

    private Flattening(Assignment equation) {
        this.equation = equation;
    }

    static Assignment of(Assignment equation) {
        Assignment result = equation;
        for (Optional<Assignment> next = new Flattening(result).once(); next.isPresent(); ) {
            result = next.get();
            next = new Flattening(result).once();
        }
        return result;
    }

    /** Joins two indices, if there are two that can be. */
    private Optional<Assignment> once() {
        if (!(equation.value() instanceof Real) || !collect()) {
            return Optional.empty();
        }
        Box box = equation.box();
        for (int i = 0; i < box.slots().size(); i++) {
            for (int j = 0; j < box.slots().size(); j++) {
                if (i != j
                        && canJoin(
                                box.slots().get(i),
                                box.slots().get(j),
                                box.extents().get(j))) {
                    return Optional.of(join(i, j));
                }
            }
        }
        return Optional.empty();
    }

    /** Finds all accesses, and the indices that something else than an access depends on. */
    private boolean collect() {
        Uses.indices(equation.box().guard(), fixed::add);
        boolean[] affine = {add(equation.target(), equation.subscripts())};
        Uses.walk(equation.value(), part -> {
            switch (part) {
                case Real.Read(View view, List<Int> subscripts) -> affine[0] &= add(view, subscripts);
                case Int.Read _, Int.ArgReduce _, Int.Count _, Int.Reduce _, Real.FromInt _ ->
                    Uses.indices(part, fixed::add);
                case Real.Select select -> compared(select.condition());
                case Real.Reduce reduce -> Uses.indices(reduce.box().guard(), fixed::add);
                default -> {}
            }
        });
        return affine[0];
    }

    /** Keeps the indices of integers that a condition compares. */
    private void compared(Cond condition) {
        Conditions.forEachComparison(condition, comparison -> {
            if (comparison instanceof Cond.CompareInts) {
                Uses.indices(comparison, fixed::add);
            }
        });
    }

    private boolean add(View view, List<Int> subscripts) {
        if (!seen.add(new Substitution.Access(view, subscripts))) {
            return true;
        }
        Optional<Linear> linear = Linear.of(view, subscripts);
        linear.ifPresent(accesses::add);
        return linear.isPresent();
    }

    /** Whether each access moves on by as much at a step of {@code outer} as at a whole round of {@code inner}. */
    private boolean canJoin(int outer, int inner, int extent) {
        return !fixed.contains(outer)
                && !fixed.contains(inner)
                && accesses.stream().allMatch(access -> access.weight(outer) == access.weight(inner) * extent);
    }

    private Assignment join(int outerAt, int innerAt) {
        Box box = equation.box();
        int outer = box.slots().get(outerAt);
        List<Integer> slots = new ArrayList<>(box.slots());
        List<Integer> extents = new ArrayList<>(box.extents());
        extents.set(innerAt, box.extents().get(outerAt) * box.extents().get(innerAt));
        slots.remove(Integer.valueOf(outer));
        extents.subList(outerAt, outerAt + 1).clear();
        Map<Substitution.Access, Substitution.Access> flat = new HashMap<>();
        Substitution substitution = new Substitution(
                index -> index,
                access -> flat.computeIfAbsent(access, original -> flat(original, outer)),
                within -> within);
        Substitution.Access target = substitution.apply(equation.target(), equation.subscripts());
        return new Assignment(
                target.view(),
                target.subscripts(),
                equation.accumulates(),
                new Box(slots, extents, box.guard()),
                substitution.apply((Real) equation.value()),
                equation.slots(),
                equation.place());
    }

    /** The same element by one subscript: its offset, to which the joined index no longer adds. */
    private static Substitution.Access flat(Substitution.Access access, int without) {
        Optional<Linear> linear = Linear.of(access.view(), access.subscripts());
        if (linear.isEmpty()) {
            return access;
        }
        Int offset = Ints.constant(linear.get().constant());
        for (int slot : linear.get().slots()) {
            if (slot != without) {
                offset = Ints.add(
                        offset, Ints.multiply(Ints.constant(linear.get().weight(slot)), new Int.Index(slot)));
            }
        }
        View flat = new View(
                access.view().tensor(),
                access.view().name(),
                List.of(access.view().size()));
        return new Substitution.Access(flat, List.of(offset));
    }
}
