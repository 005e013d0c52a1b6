package devml.fast;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.equation.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the indices that run in the lanes of a strip: innermost the one at which a point is likely to cost least, and
 * around it others, until a strip is long enough to make nothing of what it costs to begin with one.
 */
final class LaneChoice {
    /** Nanoseconds, roughly: to begin with a part of a strip, or with a run in it, and for a lane. */
    private static final double START = 20;

    private static final double RUN = 5;
    private static final double CONTIGUOUS = 0.3;
    private static final double STRIDED = 1.5;
    private static final double SEARCHED = 20;

    private final Box box;
    private final List<Affine> accesses;

    /** The indices that conditions speak of: where they ran in lanes, some lanes would have to be left out. */
    private final Set<Integer> guarded = new HashSet<>();

    private LaneChoice(Box box, List<Affine> accesses) {
        this.box = box;
        this.accesses = accesses;
        for (Cond condition : Conditions.conjuncts(box.guard())) {
            if (Conditions.forms(condition).isPresent()) {
                Uses.indices(condition, guarded::add);
            }
        }
    }

    /** The lanes of an equation; none if its reductions should have them. */
    static LaneShape of(Assignment equation) {
        List<Affine> accesses = new ArrayList<>();
        accesses.add(Linear.offset(equation.target(), equation.subscripts()));
        accesses.addAll(reads(equation.value()));
        LaneChoice own = new LaneChoice(equation.box(), accesses);
        LaneShape shape = own.shape();
        List<Double> reductions = new ArrayList<>();
        Uses.walk(equation.value(), part -> {
            if (part instanceof Real.Reduce(var _, Box box, Real body)
                    && !box.slots().isEmpty()) {
                LaneChoice other = new LaneChoice(box, reads(body));
                reductions.add(other.cost(other.shape()));
            }
        });
        Optional<Double> reduced = reductions.stream().reduce(Math::max);
        return reduced.isEmpty() || own.cost(shape) <= reduced.get() ? shape : LaneShape.NONE;
    }

    /** The lanes of a reduction. */
    static LaneShape within(Box box, Real body) {
        return new LaneChoice(box, reads(body)).shape();
    }

    private static List<Affine> reads(Value value) {
        List<Affine> reads = new ArrayList<>();
        Uses.walk(value, part -> {
            switch (part) {
                case Real.Read(View view, List<Int> subscripts) -> reads.add(Linear.offset(view, subscripts));
                case Int.Read(View view, List<Int> subscripts) -> reads.add(Linear.offset(view, subscripts));
                default -> {}
            }
        });
        return reads;
    }

    private LaneShape shape() {
        LaneShape shape = LaneShape.NONE;
        List<Integer> left = new ArrayList<>(box.slots());
        while (!left.isEmpty() && shape.size() < Lanes.WIDTH / 2) {
            LaneShape inner = shape;
            Optional<LaneShape> best = left.stream()
                    .filter(slot -> inner.isNone() || isSimple(slot))
                    .map(slot -> inner.within(slot, extent(slot)))
                    .min((a, b) -> Double.compare(cost(a), cost(b)));
            if (best.isEmpty()) {
                return shape;
            }
            shape = best.get();
            left.remove(/* element */ shape.slots().getFirst());
        }
        return shape;
    }

    private int extent(int slot) {
        return box.extents().get(box.slots().indexOf(slot));
    }

    private boolean isSimple(int slot) {
        return !guarded.contains(slot) && accesses.stream().noneMatch(access -> isSearched(slot, access));
    }

    /** What a point costs. */
    private double cost(LaneShape shape) {
        if (shape.isNone()) {
            return Double.POSITIVE_INFINITY;
        }
        int innermost = shape.slots().getLast();
        double cost = 0;
        for (Affine access : accesses) {
            long outer =
                    access.weights().getOrDefault(new Int.Index(shape.slots().getFirst()), 0L);
            cost += START / Math.clamp(shape.size(), 1, Lanes.WIDTH)
                    + RUN / shape.extents().getLast()
                    + perLane(innermost, access)
                    + Math.min(1, Math.log1p((double) Math.abs(outer)) / 100);
        }
        return cost;
    }

    private static double perLane(int slot, Affine access) {
        if (isSearched(slot, access)) {
            return SEARCHED;
        }
        long step = access.weights().getOrDefault(new Int.Index(slot), 0L);
        return step == 0 || step == 1 ? CONTIGUOUS : STRIDED;
    }

    private static boolean isSearched(int slot, Affine access) {
        boolean[] found = {false};
        for (Int atom : access.weights().keySet()) {
            if (!(atom instanceof Int.Index)) {
                Uses.indices(atom, used -> found[0] |= used == slot);
            }
        }
        return found[0];
    }
}
