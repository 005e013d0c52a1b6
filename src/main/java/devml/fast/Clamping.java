package devml.fast;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Int;
import devml.equation.Int.Op;
import devml.equation.Ints;
import devml.equation.Substitution;
import devml.equation.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Pulls subscripts that reach too far beyond their dimensions back to the places beside them: offsets have 32 bits, and a
 * stride or a padding may have more. A subscript that is pulled back is affine no longer, so that it is worked out point by
 * point, however the rest of its equation runs. No access that takes part is another for it: it lies inside.
 */
final class Clamping {
    private final Map<Integer, Integer> extents;

    private Clamping(Map<Integer, Integer> extents) {
        this.extents = extents;
    }

    /** The same equation with offsets of 32 bits; itself where it has no others. */
    static Assignment of(Assignment equation) {
        Clamping clamping = new Clamping(Access.extents(equation));
        if (Access.all(equation).stream().noneMatch(clamping::isFar)) {
            return equation;
        }
        Substitution substitution =
                new Substitution(UnaryOperator.identity(), clamping::clamped, UnaryOperator.identity());
        Substitution.Access target = substitution.apply(equation.target(), equation.subscripts());
        return new Assignment(
                target.view(),
                target.subscripts(),
                equation.accumulates(),
                substitution.apply(equation.box()),
                substitution.apply(equation.value()),
                equation.slots(),
                equation.place());
    }

    private Substitution.Access clamped(Substitution.Access access) {
        Access original = new Access(access.view(), access.subscripts());
        if (!isFar(original)) {
            return access;
        }
        View view = access.view();
        List<Int> subscripts = new ArrayList<>();
        for (int i = 0; i < access.subscripts().size(); i++) {
            Int subscript = access.subscripts().get(i);
            int extent = view.extents().get(i);
            Optional<Span> span = span(subscript);
            subscripts.add(
                    span.isEmpty() || span.get().isWithin(0, extent - 1.0)
                            ? subscript
                            : Ints.apply(
                                    Op.MAX, Ints.apply(Op.MIN, subscript, Ints.constant(extent)), Ints.constant(-1)));
        }
        return new Substitution.Access(view, subscripts);
    }

    /** Whether offsets, or what the indices contribute to them, may have more than 32 bits. */
    private boolean isFar(Access access) {
        double low = 0;
        double high = 0;
        for (int i = 0; i < access.subscripts().size(); i++) {
            Optional<Span> span = span(access.subscripts().get(i));
            if (span.isPresent()) {
                low += span.get().low * access.stride(i);
                high += span.get().high * access.stride(i);
            }
        }
        return low < Integer.MIN_VALUE || high - Math.min(low, 0) > Integer.MAX_VALUE;
    }

    /** The values that a subscript takes, in numbers that do not overflow. */
    private record Span(double low, double high) {
        boolean isWithin(double least, double greatest) {
            return least <= low && high <= greatest;
        }
    }

    /** That of a subscript that is affine in the indices. */
    private Optional<Span> span(Int subscript) {
        Affine affine = Affine.of(subscript);
        if (!affine.isOverIndices()) {
            return Optional.empty();
        }
        double low = affine.constant();
        double high = affine.constant();
        for (Map.Entry<Int, Long> term : affine.weights().entrySet()) {
            // An index of a loop around the equation has a value already.
            int extent = extents.getOrDefault(((Int.Index) term.getKey()).slot(), 1);
            double weight = term.getValue();
            // A weight that is far off itself counts even where its index is 0 alone: others are multiplied by it.
            double reach = weight * (Math.abs(weight) > Integer.MAX_VALUE ? Math.max(extent - 1, 1) : extent - 1);
            low += Math.min(0, reach);
            high += Math.max(0, reach);
        }
        return Optional.of(new Span(low, high));
    }
}
