package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Real;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A matrix product in disguise: {@code C[b,m,n] = sum(k: A[b,m,k] * B[b,k,n])}, where b, m, n and k each stand for any
 * number of indices, and where elements lie is affine in them. The address of an element is then a sum of what the
 * groups contribute, so that two tables an operand describe it and no matrix is ever copied together (a scatter matrix:
 * Matthews 2018, "High-performance tensor contraction without transposition").
 *
 * @param target the tensor written
 * @param left the tensor whose elements are spread over the lanes
 * @param right the tensor whose elements lie in the lanes
 * @param c where the elements of the target lie
 * @param a those of the left operand
 * @param b those of the right one
 * @param batch the indices that all three share
 * @param rows those of the target and the left operand
 * @param lanes those of the target and the right operand
 * @param summed those of both operands
 * @param leftMask what must not be negative for an element of the left operand to count
 * @param rightMask the same for the right one
 * @param accumulates whether the result is added to the target
 * @param start what the result is added to if not to that; 0 if to neither
 */
record Contraction(
        int target,
        int left,
        int right,
        Linear c,
        Linear a,
        Linear b,
        Group batch,
        Group rows,
        Group lanes,
        Group summed,
        List<Linear> leftMask,
        List<Linear> rightMask,
        boolean accumulates,
        Optional<Start> start) {

    /** What the packing of an element of the left operand costs, in cycles: it is stored alone. */
    private static final double INTERLEAVING = 1.2;

    /** What it costs more where masks leave out elements of rows. */
    private static final double MASKING = 0.15;

    /**
     * What sums start with.
     *
     * @param tensor whose elements they are
     * @param at where they lie, over the indices of the target
     */
    record Start(int tensor, Linear at) {}

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
        Optional<Linear> c = Linear.of(equation.target(), equation.subscripts());
        Optional<Linear> a = Linear.of(left.view(), left.subscripts());
        Optional<Linear> b = Linear.of(right.view(), right.subscripts());
        Optional<List<Linear>> guards =
                guards(Cond.and(equation.box().guard(), sum.box().guard()));
        if (c.isEmpty() || a.isEmpty() || b.isEmpty() || guards.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Integer> extents = new LinkedHashMap<>();
        put(equation.box(), extents);
        put(sum.box(), extents);
        List<Linear> needed =
                guards.get().stream().filter(guard -> guard.least(extents) < 0).toList();
        return injective(c.get(), extents) && needed.stream().allMatch(guard -> guard.isSmall(extents))
                ? sort(
                        equation,
                        left.view().tensor(),
                        right.view().tensor(),
                        c.get(),
                        a.get(),
                        b.get(),
                        needed,
                        extents)
                : Optional.empty();
    }

    private static void put(Box box, Map<Integer, Integer> extents) {
        for (int i = 0; i < box.slots().size(); i++) {
            extents.put(box.slots().get(i), box.extents().get(i));
        }
    }

    /** Sorts the indices into their groups. */
    private static Optional<Contraction> sort(
            Assignment equation,
            int left,
            int right,
            Linear c,
            Linear a,
            Linear b,
            List<Linear> guards,
            Map<Integer, Integer> extents) {
        List<Integer> batch = new ArrayList<>();
        List<Integer> ofLeft = new ArrayList<>();
        List<Integer> ofRight = new ArrayList<>();
        List<Integer> summed = new ArrayList<>();
        for (Map.Entry<Integer, Integer> entry : extents.entrySet()) {
            int slot = entry.getKey();
            boolean inC = c.weight(slot) != 0;
            boolean inA = a.weight(slot) != 0;
            boolean inB = b.weight(slot) != 0;
            if (inC && inA && inB) {
                batch.add(slot);
            } else if (inC && inA) {
                ofLeft.add(slot);
            } else if (inC && inB) {
                ofRight.add(slot);
            } else if (inA && inB) {
                summed.add(slot);
            } else if (entry.getValue() != 1) {
                return Optional.empty();
            }
        }
        if (summed.isEmpty()) {
            return Optional.empty();
        }
        return masks(guards, batch, summed, ofLeft, ofRight)
                .map(masks -> new Contraction(
                                equation.target().tensor(),
                                left,
                                right,
                                c,
                                a,
                                b,
                                group(batch, extents, c),
                                group(ofLeft, extents, a),
                                group(ofRight, extents, b),
                                group(summed, extents, b),
                                masks.rows,
                                masks.lanes,
                                equation.accumulates(),
                                Optional.empty())
                        .oriented());
    }

    /** The same with what the sums start with. */
    Contraction startingWith(Start from) {
        return new Contraction(
                target,
                left,
                right,
                c,
                a,
                b,
                batch,
                rows,
                lanes,
                summed,
                leftMask,
                rightMask,
                accumulates,
                Optional.of(from));
    }

    /** The same with its rows in another order: by four values of an index, by the other indices, by those four. */
    Contraction inQuads(int slot) {
        int fourth = 1
                + Stream.of(batch, rows, lanes, summed)
                        .flatMap(group -> group.slots().stream())
                        .max(Integer::compare)
                        .orElseThrow();
        Group windows = rows.without(slot);
        List<Integer> slots = new ArrayList<>(windows.slots());
        List<Integer> extents = new ArrayList<>(windows.extents());
        slots.addFirst(slot);
        extents.addFirst(rows.extent(slot) / Packing.QUAD);
        slots.addLast(fourth);
        extents.addLast(Packing.QUAD);
        return new Contraction(
                target,
                left,
                right,
                c.split(slot, Packing.QUAD, fourth),
                a.split(slot, Packing.QUAD, fourth),
                b,
                batch,
                new Group(slots, extents),
                lanes,
                summed,
                leftMask,
                rightMask,
                accumulates,
                start);
    }

    /** The same with that operand in the lanes which makes less work. */
    Contraction oriented() {
        Contraction other = new Contraction(
                target, right, left, c, b, a, batch, lanes, rows, summed, rightMask, leftMask, accumulates, start);
        return other.work() < work() ? other : this;
    }

    /**
     * What a batch costs, roughly, in cycles: eight multiplications at once, and what the copying of operands and results
     * takes.
     */
    private double work() {
        double lanePoints = lanes.size();
        double rowPoints = rows.size();
        double terms = summed.size();
        double panels = Math.ceil(lanePoints / 64);
        return Math.ceil(rowPoints / 4) * 4 * Math.ceil(lanePoints / 8) * terms
                + lanePoints * terms * lanes.copying(b)
                + rowPoints
                        * terms
                        * (rowPoints * terms < 1 << 17 ? 1 : panels)
                        * ((lanePoints == 1 ? summed.copying(a) : INTERLEAVING) + (leftMask.isEmpty() ? 0 : MASKING))
                + rowPoints * lanePoints * lanes.copying(c);
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
    static boolean injective(Linear c, Map<Integer, Integer> extents) {
        long reach = 0;
        List<Integer> slots = new ArrayList<>();
        for (int slot : c.slots()) {
            if (extents.get(slot) > 1) {
                slots.add(slot);
            }
        }
        slots.sort((a, b) -> Long.compare(c.weight(a), c.weight(b)));
        for (int slot : slots) {
            if (c.weight(slot) <= reach) {
                return false;
            }
            reach += c.weight(slot) * (extents.get(slot) - 1);
        }
        return true;
    }
}
