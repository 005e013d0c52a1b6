package devml.fast;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.View;
import java.util.ArrayList;
import java.util.List;

/** Chooses the index that runs in the lanes of a strip: the one at which a point is likely to cost least. */
final class LaneChoice {
    /** Nanoseconds, roughly: to begin with a node of a strip, and for a lane that is read or written. */
    private static final double START = 30;

    private static final double CONTIGUOUS = 0.4;
    private static final double STRIDED = 4;
    private static final double SEARCHED = 25;

    private LaneChoice() {}

    /** An index; -1 if reductions should run theirs in lanes instead. */
    static int of(Assignment equation) {
        List<Affine> accesses = new ArrayList<>();
        accesses.add(Linear.offset(equation.target(), equation.subscripts()));
        List<Box> reductions = new ArrayList<>();
        Uses.walk(equation.value(), part -> {
            switch (part) {
                case Real.Read(View view, List<Int> subscripts) -> accesses.add(Linear.offset(view, subscripts));
                case Int.Read(View view, List<Int> subscripts) -> accesses.add(Linear.offset(view, subscripts));
                case Real.Reduce(var _, Box box, var _) -> reductions.add(box);
                default -> {}
            }
        });
        int best = -1;
        double least = reductions.stream()
                .filter(box -> !box.slots().isEmpty())
                .mapToDouble(box ->
                        cost(box.slots().getLast(), box.extents().getLast(), accesses.subList(1, accesses.size())))
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        Box box = equation.box();
        for (int i = 0; i < box.slots().size(); i++) {
            double cost = cost(box.slots().get(i), box.extents().get(i), accesses);
            if (cost < least) {
                least = cost;
                best = box.slots().get(i);
            }
        }
        return best;
    }

    /** What a point costs if an index runs in the lanes. */
    private static double cost(int slot, int extent, List<Affine> accesses) {
        double cost = 0;
        for (Affine access : accesses) {
            cost += START / Math.clamp(extent, 1, Lanes.WIDTH) + perLane(slot, access);
        }
        return cost;
    }

    private static double perLane(int slot, Affine access) {
        long step = access.weights().getOrDefault(new Int.Index(slot), 0L);
        boolean searched = access.weights().keySet().stream()
                .filter(atom -> !(atom instanceof Int.Index))
                .anyMatch(atom -> {
                    boolean[] found = {false};
                    Uses.indices(atom, used -> found[0] |= used == slot);
                    return found[0];
                });
        if (searched) {
            return SEARCHED;
        }
        return step == 0 || step == 1 ? CONTIGUOUS : STRIDED;
    }
}
