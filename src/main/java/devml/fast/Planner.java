package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Real;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides how an equation runs: scatters become gathers, sums of products contractions, the rest strips. */
final class Planner {
    private Planner() {}

    static List<Step> plan(Assignment equation) {
        List<Step> steps = new ArrayList<>();
        for (Assignment gathered : Gathering.of(equation)) {
            Assignment explicit = Summation.explicit(gathered);
            Optional<Contraction.Found> found = Contraction.find(explicit);
            if (found.isEmpty()) {
                steps.add(strips(explicit));
            } else {
                Optional<Real> rest = found.get().rest();
                steps.add(new Step.Contract(found.get().contraction()));
                rest.ifPresent(value -> steps.add(strips(withValue(explicit, value, true))));
            }
        }
        return steps;
    }

    private static Assignment withValue(Assignment equation, Real value, boolean accumulates) {
        return new Assignment(
                equation.target(),
                equation.subscripts(),
                accumulates,
                equation.box(),
                value,
                equation.slots(),
                equation.place());
    }

    private static Step.Strips strips(Assignment original) {
        Assignment equation = Flattening.of(original);
        int lane = LaneChoice.of(equation);
        return new Step.Strips(equation, lane, splits(equation, lane));
    }

    /** Whether threads may share out the values of the outermost index that is not in the lanes. */
    private static boolean splits(Assignment equation, int lane) {
        Box box = equation.box();
        Optional<Integer> outermost =
                box.slots().stream().filter(slot -> slot != lane).findFirst();
        Optional<Linear> target = Linear.of(equation.target(), equation.subscripts());
        if (outermost.isEmpty() || target.isEmpty()) {
            return false;
        }
        Map<Integer, Integer> extents = new HashMap<>();
        long reach = 0;
        for (int i = 0; i < box.slots().size(); i++) {
            extents.put(box.slots().get(i), box.extents().get(i));
        }
        for (int slot : target.get().slots()) {
            reach += slot == outermost.get() ? 0 : Math.abs(target.get().weight(slot)) * (extents.get(slot) - 1);
        }
        return Math.abs(target.get().weight(outermost.get())) > reach;
    }
}
