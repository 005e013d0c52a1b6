package devml.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A matrix product in disguise: {@code C[b,m,n] = sum(k: A[b,m,k] * B[b,k,n])}, where b, m, n and k each stand for any
 * number of indices, and where elements lie is affine in them. The address of an element is then a sum of what the
 * groups contribute, so that two tables an operand describe it and no matrix is ever copied together (a scatter matrix:
 * Matthews 2018, "High-performance tensor contraction without transposition").
 *
 * @param target the tensor written
 * @param at where its elements lie
 * @param left A, whose own indices are the rows of the result
 * @param right B, whose own indices are its lanes, which are computed side by side
 * @param batch the indices that all three share
 * @param summed the indices of both operands that the target does not have
 * @param accumulates whether the sums are added to the target
 * @param start what the sums are added to in place of the target
 */
record Contraction(
        int target,
        Linear at,
        Operand left,
        Operand right,
        Group batch,
        Group summed,
        boolean accumulates,
        Optional<Start> start) {

    /** What the packing of an element of the left operand costs, in cycles: it is stored alone. */
    private static final double INTERLEAVING = 1.2;

    /** What it costs more where masks leave out elements of rows. */
    private static final double MASKING = 0.15;

    /**
     * One factor of the products.
     *
     * @param tensor whose elements it is
     * @param at where they lie
     * @param own the indices that it shares with the target alone
     * @param mask what must not be negative for an element to count
     */
    record Operand(int tensor, Linear at, Group own, List<Linear> mask) {
        Operand {
            mask = List.copyOf(mask);
        }
    }

    /**
     * What sums start with.
     *
     * @param tensor whose elements they are
     * @param at where they lie, over the indices of the target
     */
    record Start(int tensor, Linear at) {}

    /** The indices of the left operand and the target. */
    Group rows() {
        return left.own();
    }

    /** The indices of the right operand and the target. */
    Group lanes() {
        return right.own();
    }

    /** The same with what the sums start with. */
    Contraction startingWith(Start from) {
        return new Contraction(target, at, left, right, batch, summed, accumulates, Optional.of(from));
    }

    /** The same with its rows in another order: by four values of an index, by the other indices, by those four. */
    Contraction inQuads(int slot) {
        int fourth = 1
                + Stream.of(batch, rows(), lanes(), summed)
                        .flatMap(group -> group.slots().stream())
                        .max(Integer::compare)
                        .orElseThrow();
        Group windows = rows().without(slot);
        List<Integer> slots = new ArrayList<>(windows.slots());
        List<Integer> extents = new ArrayList<>(windows.extents());
        slots.addFirst(slot);
        extents.addFirst(rows().extent(slot) / Packing.QUAD);
        slots.addLast(fourth);
        extents.addLast(Packing.QUAD);
        Operand quads = new Operand(
                left.tensor(), left.at().split(slot, Packing.QUAD, fourth), new Group(slots, extents), left.mask());
        return new Contraction(
                target, at.split(slot, Packing.QUAD, fourth), quads, right, batch, summed, accumulates, start);
    }

    /** The same with that operand on the right which makes less work there. */
    Contraction oriented() {
        Contraction swapped =
                new Contraction(target, at, /* left= */ right, /* right= */ left, batch, summed, accumulates, start);
        return swapped.work() < work() ? swapped : this;
    }

    /**
     * What a batch costs, roughly, in cycles: eight multiplications at once, and what the copying of operands and results
     * takes.
     */
    private double work() {
        double lanePoints = lanes().size();
        double rowPoints = rows().size();
        double terms = summed.size();
        double panels = Math.ceil(lanePoints / 64);
        double packing = lanePoints == 1 ? summed.copying(left.at()) : INTERLEAVING;
        return Math.ceil(rowPoints / 4) * 4 * Math.ceil(lanePoints / 8) * terms
                + lanePoints * terms * lanes().copying(right.at())
                + rowPoints
                        * terms
                        * (rowPoints * terms < 1 << 17 ? 1 : panels)
                        * (packing + (left.mask().isEmpty() ? 0 : MASKING))
                + rowPoints * lanePoints * lanes().copying(at);
    }
}
