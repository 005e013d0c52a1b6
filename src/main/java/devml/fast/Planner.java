package devml.fast;

import devml.equation.Assignment;
import java.util.List;

/** Decides how an equation runs. */
final class Planner {
    private Planner() {}

    static List<Step> plan(Assignment equation) {
        Assignment explicit = Summation.explicit(equation);
        return List.of(new Step.Strips(explicit, LaneChoice.of(explicit)));
    }
}
