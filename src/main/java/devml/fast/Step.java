package devml.fast;

import java.util.List;
import java.util.stream.Stream;

/** A part of the plan of an equation. */
sealed interface Step {

    /** How it runs. */
    Route route();

    /** Runs strip by strip. */
    record Strips(StripPlan plan) implements Step {
        @Override
        public Route route() {
            return plan.route();
        }
    }

    /**
     * Runs on the contraction kernel.
     *
     * @param contraction what it computes
     */
    record Contract(Contraction contraction) implements Step {
        @Override
        public Route route() {
            List<Integer> loops = Stream.of(contraction.batch(), contraction.rows())
                    .flatMap(group -> group.extents().stream())
                    .toList();
            return new Route(
                    Route.Kind.CONTRACTION,
                    loops,
                    contraction.lanes().extents(),
                    contraction.summed().extents());
        }
    }
}
