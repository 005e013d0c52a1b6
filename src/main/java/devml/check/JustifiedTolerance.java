package devml.check;

import devml.run.Enclosure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The smallest tolerance that every correct computation of some tensors meets: {@code atol + rtol * |exact|} is at
 * least the bound of each entry. Of the pairs for which this holds, it is the one with the smallest sum of
 * {@code atol + rtol * |exact|} over all entries; but if one part alone, with 0 for the other, makes that sum hardly
 * larger, it is used alone.
 *
 * @param tolerance covers the bounds of all entries that are not left out; absent if all are left out
 * @param leftOut the number of entries that have no bound or depend on open comparisons
 */
record JustifiedTolerance(Optional<Tolerance> tolerance, int leftOut) {
    /** Exceeds the rounding errors made here and wherever the tolerance is used. */
    private static final double ROUNDINGS = 1 + 1e-9;

    static JustifiedTolerance of(Collection<Enclosure> tensors) {
        List<Bound> bounds = new ArrayList<>();
        int leftOut = 0;
        for (Enclosure tensor : tensors) {
            for (int i = 0; i < tensor.midpoint().size(); i++) {
                double bound = tensor.bound(i);
                double size = Math.abs(tensor.midpoint().get(i));
                if (bound < Double.POSITIVE_INFINITY && size < Double.POSITIVE_INFINITY && !tensor.isDoubtful(i)) {
                    bounds.add(new Bound(size, bound * ROUNDINGS));
                } else {
                    leftOut++;
                }
            }
        }
        return new JustifiedTolerance(
                bounds.isEmpty() && leftOut > 0 ? Optional.empty() : Optional.of(new Search(bounds).smallest()),
                leftOut);
    }

    /** The requirement of one entry: {@code atol + rtol * size >= bound}. */
    private record Bound(double size, double bound) {}

    /** Searches for the smallest sum, which is convex in rtol, each rtol with the smallest atol that goes with it. */
    private static final class Search {
        /** After this many halvings, an interval of doubles is exhausted. */
        private static final int STEPS = 200;

        /**
         * The factor by which one part alone may allow more than the pair: less than rounding up to two digits does.
         */
        private static final double HARDLY = 1.05;

        private final List<Bound> bounds;
        private final double total;

        Search(List<Bound> bounds) {
            this.bounds = bounds;
            this.total = bounds.stream().mapToDouble(Bound::size).sum();
        }

        Tolerance smallest() {
            double high = bounds.stream()
                    .filter(entry -> entry.size > 0)
                    .mapToDouble(entry -> entry.bound / entry.size)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(0);
            double best = best(high);
            double enough = HARDLY * sum(best);
            if (sum(high) <= enough) { // if either part alone is enough, rtol: it is right at every scale
                return rounded(high);
            }
            return rounded(sum(0) <= enough ? 0 : best);
        }

        /**
         * Finds the best rtol by bisection: the sum falls with rtol as long as the entry that needs most is of more
         * than mean size.
         */
        private double best(double highest) {
            double low = 0;
            double high = highest;
            for (int i = 0; i < STEPS; i++) {
                double middle = low + (high - low) / 2;
                if (bounds.size() * neediest(middle).size > total) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }

        /** The entry that needs the greatest atol; an entry of size 0 if none needs any. */
        private Bound neediest(double rtol) {
            Bound neediest = new Bound(0, 0);
            double most = 0;
            for (Bound entry : bounds) {
                double rest = entry.bound - rtol * entry.size;
                if (rest > most) {
                    most = rest;
                    neediest = entry;
                }
            }
            return neediest;
        }

        private double atol(double rtol) {
            Bound neediest = neediest(rtol);
            return neediest.bound - rtol * neediest.size;
        }

        private double sum(double rtol) {
            return bounds.size() * atol(rtol) + rtol * total;
        }

        /** Returns the tolerance with this rtol and the atol that goes with it, each part rounded up to two digits. */
        private Tolerance rounded(double rtol) {
            double rounded = roundedUp(rtol);
            return new Tolerance(rounded, roundedUp(atol(rounded)));
        }

        private static double roundedUp(double x) {
            return new BigDecimal(x)
                    .round(new MathContext(2, RoundingMode.CEILING))
                    .doubleValue();
        }
    }
}
