package devml.fast;

import devml.equation.Assignment;

/** A part of the plan of an equation. */
sealed interface Step {

    /**
     * Runs strip by strip.
     *
     * @param equation accumulates only onto elements that its target's subscripts tell apart, or scatters
     * @param lane the index in the lanes; -1 if reductions have theirs instead
     * @param splits whether different values of the outermost index write different elements
     */
    record Strips(Assignment equation, int lane, boolean splits) implements Step {}

    /**
     * Runs on the contraction kernel.
     *
     * @param contraction what it computes
     */
    record Contract(Contraction contraction) implements Step {}
}
