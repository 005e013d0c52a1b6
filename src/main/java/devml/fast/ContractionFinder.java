package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Real;
import devml.fast.Contraction.Operand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recognises {@link Contraction}s in equations: sums of products of two tensors at affine positions. */
final class ContractionFinder {
    private ContractionFinder() {}

    /** An equation that is a contraction plus, maybe, something else. */
    record Found(Contraction contraction, Optional<Real> rest) {}

    /**
     * Sees the contraction in an equation.
     *
     * @param equation one whose summation is explicit
     */
    static Optional<Found> find(Assignment equation) {
        if (!(equation.value() instanceof Real value)) {
            return Optional.empty();
        }
        if (value instanceof Real.Binary(Real.Op op, Real rest, Real.Reduce sum) && op == Real.Op.ADD) {
            return find(equation, sum).map(c -> new Found(c, Optional.of(rest)));
        }
        return value instanceof Real.Reduce sum
                ? find(equation, sum).map(c -> new Found(c, Optional.empty()))
                : Optional.empty();
    }

    private static Optional<Contraction> find(Assignment equation, Real.Reduce sum) {
        if (sum.fold() != Real.Fold.SUM
                || !(sum.body() instanceof Real.Binary(Real.Op op, Real.Read left, Real.Read right))
                || op != Real.Op.MULTIPLY) {
            return Optional.empty();
        }
        Optional<Linear> target = Linear.of(equation.target(), equation.subscripts());
        Optional<Linear> a = Linear.of(left.view(), left.subscripts());
        Optional<Linear> b = Linear.of(right.view(), right.subscripts());
        Optional<List<Linear>> guards =
                guards(Cond.and(equation.box().guard(), sum.box().guard()));
        if (target.isEmpty() || a.isEmpty() || b.isEmpty() || guards.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Integer> extents = new LinkedHashMap<>();
        put(equation.box(), extents);
        put(sum.box(), extents);
        List<Linear> needed =
                guards.get().stream().filter(guard -> guard.least(extents) < 0).toList();
        return isInjective(target.get(), extents) && needed.stream().allMatch(guard -> guard.isSmall(extents))
                ? sort(
                        equation,
                        target.get(),
                        new Factor(left.view().tensor(), a.get()),
                        new Factor(right.view().tensor(), b.get()),
                        needed,
                        extents)
                : Optional.empty();
    }

    /** A tensor and where its elements lie. */
    private record Factor(int tensor, Linear at) {
        boolean has(int slot) {
            return at.weight(slot) != 0;
        }
    }

    private static void put(Box box, Map<Integer, Integer> extents) {
        for (int i = 0; i < box.slots().size(); i++) {
            extents.put(box.slots().get(i), box.extents().get(i));
        }
    }

    /** Sorts the indices into their groups. */
    private static Optional<Contraction> sort(
            Assignment equation,
            Linear target,
            Factor left,
            Factor right,
            List<Linear> guards,
            Map<Integer, Integer> extents) {
        List<Integer> batch = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        List<Integer> lanes = new ArrayList<>();
        List<Integer> summed = new ArrayList<>();
        for (Map.Entry<Integer, Integer> entry : extents.entrySet()) {
            int slot = entry.getKey();
            boolean inTarget = target.weight(slot) != 0;
            if (inTarget && left.has(slot) && right.has(slot)) {
                batch.add(slot);
            } else if (inTarget && left.has(slot)) {
                rows.add(slot);
            } else if (inTarget && right.has(slot)) {
                lanes.add(slot);
            } else if (left.has(slot) && right.has(slot)) {
                summed.add(slot);
            } else if (entry.getValue() != 1) {
                return Optional.empty();
            }
        }
        if (summed.isEmpty()) {
            return Optional.empty();
        }
        return masks(guards, batch, summed, rows, lanes)
                .map(masks -> new Contraction(
                                equation.target().tensor(),
                                target,
                                new Operand(left.tensor, left.at, group(rows, extents, left.at), masks.rows),
                                new Operand(right.tensor, right.at, group(lanes, extents, right.at), masks.lanes),
                                group(batch, extents, target),
                                group(summed, extents, right.at),
                                equation.accumulates(),
                                Optional.empty())
                        .oriented());
    }

    private record Masks(List<Linear> rows, List<Linear> lanes) {}

    /** Gives each guard to the operands whose indices it speaks of; none may speak of both operands' own. */
    private static Optional<Masks> masks(
            List<Linear> guards, List<Integer> batch, List<Integer> summed, List<Integer> rows, List<Integer> lanes) {
        Set<Integer> shared = new HashSet<>(batch);
        shared.addAll(summed);
        Masks masks = new Masks(new ArrayList<>(), new ArrayList<>());
        for (Linear guard : guards) {
            if (speaksOnlyOf(guard, shared, List.of())) {
                masks.lanes.add(guard);
                masks.rows.add(guard);
            } else if (speaksOnlyOf(guard, shared, lanes)) {
                masks.lanes.add(guard);
            } else if (speaksOnlyOf(guard, shared, rows)) {
                masks.rows.add(guard);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(masks);
    }

    private static boolean speaksOnlyOf(Linear guard, Set<Integer> shared, List<Integer> own) {
        for (int slot : guard.slots()) {
            if (!shared.contains(slot) && !own.contains(slot)) {
                return false;
            }
        }
        return true;
    }

    /** The indices of a group, those first at which an operand makes the longest steps. */
    private static Group group(List<Integer> slots, Map<Integer, Integer> extents, Linear operand) {
        List<Integer> sorted = slots.stream()
                .sorted((a, b) -> Long.compare(Math.abs(operand.weight(b)), Math.abs(operand.weight(a))))
                .toList();
        return new Group(sorted, sorted.stream().map(extents::get).toList());
    }

    /** A guard as affine forms none of which may be negative, if it is one. */
    private static Optional<List<Linear>> guards(Cond guard) {
        List<Linear> forms = new ArrayList<>();
        return collect(guard, forms) ? Optional.of(forms) : Optional.empty();
    }

    private static boolean collect(Cond guard, List<Linear> forms) {
        return switch (guard) {
            case Cond.Constant(boolean value) -> value;
            case Cond.And(Cond left, Cond right) -> collect(left, forms) && collect(right, forms);
            case Cond.CompareInts comparison
            when comparison.relation() == Cond.Relation.LESS || comparison.relation() == Cond.Relation.LESS_EQUAL ->
                Conditions.forms(comparison).map(forms::addAll).orElse(false);
            case Cond.CompareInts _, Cond.CompareReals _, Cond.Or _, Cond.Not _ -> false;
        };
    }

    /** Whether different points of the target's indices are different elements, as in a number of mixed radix. */
    static boolean isInjective(Linear target, Map<Integer, Integer> extents) {
        long reach = 0;
        List<Integer> slots = new ArrayList<>();
        for (int slot : target.slots()) {
            if (extents.get(slot) > 1) {
                slots.add(slot);
            }
        }
        slots.sort((a, b) -> Long.compare(target.weight(a), target.weight(b)));
        for (int slot : slots) {
            if (target.weight(slot) <= reach) {
                return false;
            }
            reach += target.weight(slot) * (extents.get(slot) - 1);
        }
        return true;
    }
}
