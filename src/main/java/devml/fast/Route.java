package devml.fast;

import java.util.List;

/**
 * How a part of an equation runs.
 *
 * @param kind what runs it
 * @param loops the extents of the loops around it, outermost first
 * @param lanes the extents of the indices that run in the lanes, the last fastest
 * @param summed the extents of the indices that a contraction sums over
 */
public record Route(Kind kind, List<Integer> loops, List<Integer> lanes, List<Integer> summed) {
    public Route {
        loops = List.copyOf(loops);
        lanes = List.copyOf(lanes);
        summed = List.copyOf(summed);
    }

    /** What runs an equation. */
    public enum Kind {
        /** A matrix product on the contraction kernel. */
        CONTRACTION("contraction"),
        /** Strips of many elements of the target. */
        STRIPS("strips"),
        /** Strips of which some integers are worked out lane by lane. */
        STRIPS_BY_LANE("strips by lane"),
        /** For each element of the target, strips of what a reduction makes one number of. */
        REDUCTION("reduction"),
        /** One point after another. */
        LOOP("loop");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
