package devml.fast;

import devml.equation.Assignment;

/** A part of the plan of an equation. */
sealed interface Step {

    /**
     * Runs strip by strip.
     *
     * @param equation accumulates only onto elements that its target's subscripts tell apart, or scatters
     * @param lane the index in the lanes; -1 if reductions have theirs instead
     */
    record Strips(Assignment equation, int lane) implements Step {}
}
