package devml.check;

import devml.run.Enclosure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The smallest tolerance that every correct computation of some tensors meets: {@code atol + rtol * |exact|} is at least
 * the bound of each entry. Of the pairs for which that is so, the one with the smallest sum of {@code atol + rtol *
 * |exact|} over all entries. Entries without bound, or that depend on open comparisons, are left out.
 */
final class JustifiedTolerance {
    /** So many halvings leave nothing of a double. */
    private static final int STEPS = 200;

    private final List<double[]> entries = new ArrayList<>();
    private double total;

    private JustifiedTolerance(Collection<Enclosure> tensors) {
        for (Enclosure tensor : tensors) {
            for (int i = 0; i < tensor.midpoint().size(); i++) {
                double bound = tensor.bound(i);
                double size = Math.abs(tensor.midpoint().get(i));
                if (bound < Double.POSITIVE_INFINITY && size < Double.POSITIVE_INFINITY && !tensor.isDoubtful(i)) {
                    entries.add(new double[] {size, bound});
                    total += size;
                }
            }
        }
    }

    static Tolerance of(Collection<Enclosure> tensors) {
        return new JustifiedTolerance(tensors).smallest();
    }

    /** What is to be made small is convex in rtol: a search by thirds finds its minimum. */
    private Tolerance smallest() {
        double low = 0;
        double high = entries.stream()
                .filter(entry -> entry[0] > 0)
                .mapToDouble(entry -> entry[1] / entry[0])
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        for (int i = 0; i < STEPS && low < high; i++) {
            double left = low + (high - low) / 3;
            double right = high - (high - low) / 3;
            if (sum(left) < sum(right)) { // of equals the greater rtol: it is right at every scale
                high = right;
            } else {
                low = left;
            }
        }
        double rtol = roundedUp(high);
        return new Tolerance(rtol, roundedUp(atol(rtol)));
    }

    private double sum(double rtol) {
        return entries.size() * atol(rtol) + rtol * total;
    }

    private double atol(double rtol) {
        double atol = 0;
        for (double[] entry : entries) {
            atol = Math.max(atol, entry[1] - rtol * entry[0]);
        }
        return atol;
    }

    /** To two digits, and so far that the roundings here and where it is used do no harm. */
    private static double roundedUp(double x) {
        return x == 0
                ? 0
                : new BigDecimal(x * (1 + 1e-9))
                        .round(new MathContext(2, RoundingMode.CEILING))
                        .doubleValue();
    }
}
