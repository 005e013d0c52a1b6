package devml.fast;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Substitution;
import devml.equation.Uses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Turns a scatter into gathers: an equation that adds to {@code T[.., s*i + d*r + c, ..]} at every i and r becomes
 * equations that sum at every element of T what is added to it. Where s is greater than 1, each class of elements that
 * leave the same remainder by s gets an equation of its own, which takes only those r that reach it.
 */
final class ScatterToGather {
    private final Assignment equation;
    private final int position;
    private final Affine affine;
    private final int outer;
    private final int inner;
    private final long stride;
    private final long dilation;

    private ScatterToGather(Assignment equation, int position, Affine affine, int outer, int inner) {
        this.equation = equation;
        this.position = position;
        this.affine = affine;
        this.outer = outer;
        this.inner = inner;
        this.stride = affine.weights().get(new Int.Index(outer));
        this.dilation = affine.weights().get(new Int.Index(inner));
    }

    /** The same equation without scatters, as one or more; itself where there is none or none can be turned. */
    static List<Assignment> of(Assignment equation) {
        if (!equation.accumulates() || !(equation.value() instanceof Real)) {
            return List.of(equation);
        }
        for (int i = 0; i < equation.subscripts().size(); i++) {
            Optional<ScatterToGather> scatter = find(equation, i);
            if (scatter.isPresent()) {
                return scatter.get().classes().stream()
                        .flatMap(part -> of(part).stream())
                        .toList();
            }
        }
        return List.of(equation);
    }

    /** A subscript of two indices that reach the same element in more than one way. */
    private static Optional<ScatterToGather> find(Assignment equation, int position) {
        Affine affine = Affine.of(equation.subscripts().get(position));
        if (affine.weights().size() != 2 || !affine.isOverIndices()) {
            return Optional.empty();
        }
        List<Integer> slots = affine.weights().keySet().stream()
                .map(atom -> ((Int.Index) atom).slot())
                .sorted((a, b) -> extent(equation, a) == extent(equation, b)
                        ? Integer.compare(a, b)
                        : Integer.compare(extent(equation, b), extent(equation, a)))
                .toList();
        int large = slots.getFirst();
        int small = slots.getLast();
        long weightLarge = affine.weights().get(new Int.Index(large));
        long weightSmall = affine.weights().get(new Int.Index(small));
        boolean isMixedRadix = weightLarge >= weightSmall * extent(equation, small)
                || weightSmall >= weightLarge * extent(equation, large);
        boolean usedElsewhere = false;
        for (int i = 0; i < equation.subscripts().size(); i++) {
            Map<Int, Long> weights = Affine.of(equation.subscripts().get(i)).weights();
            usedElsewhere |= i != position
                    && (weights.containsKey(new Int.Index(large)) || weights.containsKey(new Int.Index(small)));
        }
        return (isMixedRadix && !guardsBoth(equation.box().guard(), large, small))
                        || usedElsewhere
                        || weightLarge <= 0
                        || weightSmall <= 0
                ? Optional.empty()
                : Optional.of(new ScatterToGather(equation, position, affine, large, small));
    }

    /** Whether a condition ties two indices together, which a kernel could not grant to one operand; data decide elsewhere. */
    private static boolean guardsBoth(Cond guard, int a, int b) {
        if (guard instanceof Cond.And(Cond left, Cond right)) {
            return guardsBoth(left, a, b) || guardsBoth(right, a, b);
        }
        Set<Integer> used = new HashSet<>();
        Uses.indices(guard, used::add);
        return used.contains(a) && used.contains(b) && !Uses.readsData(guard);
    }

    private static int extent(Assignment equation, int slot) {
        return equation.box().extents().get(equation.box().slots().indexOf(slot));
    }

    private List<Assignment> classes() {
        long period = stride / gcd(stride, dilation);
        return LongStream.range(0, Math.min(period, extent(equation, inner)))
                .boxed()
                .sorted(Comparator.comparingLong(this::remainder)) // stable: those of one class stay in order
                .map(first -> part(remainder(first), first, period))
                .toList();
    }

    /** That of the elements which a value of the inner index reaches. */
    private long remainder(long first) {
        return Math.floorMod(affine.constant() + dilation * first, stride);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /**
     * The elements {@code stride*u + remainder}, which the values {@code first + period*q} of the inner index reach. The
     * outer index is then {@code u - q*(dilation*period/stride) + (remainder - constant - dilation*first)/stride}.
     */
    private Assignment part(long remainder, long first, long period) {
        int elements = equation.target().extents().get(position);
        int u = outer;
        int q = inner;
        Int newInner = Ints.add(Ints.multiply(Ints.constant(period), new Int.Index(q)), Ints.constant(first));
        Int newOuter = Ints.add(
                Ints.subtract(
                        new Int.Index(u), Ints.multiply(Ints.constant(dilation / (stride / period)), new Int.Index(q))),
                Ints.constant((remainder - affine.constant() - dilation * first) / stride));
        UnaryOperator<Int> replace = index -> {
            int slot = ((Int.Index) index).slot();
            return slot == outer ? newOuter : slot == inner ? newInner : index;
        };
        Substitution substitution = Substitution.of(replace);
        List<Int> subscripts = new ArrayList<>(equation.subscripts());
        subscripts.set(
                position, Ints.add(Ints.multiply(Ints.constant(stride), new Int.Index(u)), Ints.constant(remainder)));
        List<Integer> extents = new ArrayList<>(equation.box().extents());
        extents.set(equation.box().slots().indexOf(u), (int) Math.max(0, Math.ceilDiv(elements - remainder, stride)));
        extents.set(equation.box().slots().indexOf(q), (int)
                Math.max(0, Math.ceilDiv(extent(equation, inner) - first, period)));
        Cond guard = Cond.and(
                Ints.inside(newOuter, extent(equation, outer)),
                substitution.apply(equation.box().guard()));
        return new Assignment(
                equation.target(),
                subscripts,
                true,
                new Box(equation.box().slots(), extents, guard),
                substitution.apply((Real) equation.value()),
                equation.slots(),
                equation.place());
    }
}
