package devml.run;

import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the bounds of what batches yield. Values are added in float64, weighted by the share of the samples, and
 * rounded once to the precision of the run: that too is part of the bounds.
 */
final class Bounds {
    private final DType dtype;
    private final Spool spool;
    private final Map<String, Total> totals = new LinkedHashMap<>();
    private final Map<String, Rows> single = new LinkedHashMap<>();
    private final Map<String, List<Tensor.Doubles>> rows = new LinkedHashMap<>();
    private int batches;

    private record Total(Shape shape, double[] bound, double[] magnitude) {}

    /** @param spool takes those that have a row for each sample */
    Bounds(DType dtype, Spool spool) {
        this.dtype = dtype;
        this.spool = spool;
    }

    /** Counts a batch. */
    void next() {
        batches++;
    }

    /** Adds a value of the current batch to the sum that it is part of. */
    void add(String name, Tensor value, Tensor.Doubles bound, double weight) {
        Total total = totals.computeIfAbsent(
                name, n -> new Total(value.shape(), new double[value.size()], new double[value.size()]));
        for (int i = 0; i < value.size(); i++) {
            total.bound[i] += weight * bound.get(i);
            total.magnitude[i] += weight * Math.abs(value.get(i));
        }
    }

    /** Puts bounds of rows of the current batch after those before it, in memory. */
    void join(String name, Tensor.Doubles bound) {
        rows.computeIfAbsent(name, n -> new ArrayList<>()).add(bound);
    }

    /** Takes the bounds of the current batch for those of what is not added up. */
    void replace(String name, Tensor.Doubles bound) {
        single.put(name, Rows.of(bound));
    }

    /** Puts the rows of the current batch after those before it. */
    void append(String name, Tensor value, Tensor.Doubles bound, double weight) {
        double[] scaled = new double[value.size()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = raised(weight * bound.get(i), weight * Math.abs(value.get(i)), weight == 1 ? 0 : 1);
        }
        spool.append(name + Outputs.BOUND, new Tensor.Doubles(value.shape(), scaled));
    }

    /** The bounds of all sums. */
    Map<String, Rows> totals() {
        Map<String, Rows> bounds = new LinkedHashMap<>();
        totals.forEach((name, total) -> {
            double[] bound = new double[total.bound.length];
            for (int i = 0; i < bound.length; i++) {
                bound[i] = raised(total.bound[i], total.magnitude[i], batches == 1 ? 0 : batches);
            }
            bounds.put(name, Rows.of(new Tensor.Doubles(total.shape, bound)));
        });
        bounds.putAll(single);
        rows.forEach((name, parts) -> bounds.put(name, Rows.of(Runner.joined(parts))));
        return bounds;
    }

    /** Adds what so many weighted additions in float64 err, and the last rounding; of none, nothing. */
    private double raised(double bound, double magnitude, int additions) {
        double unit = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
        double own = additions == 0 ? 0 : magnitude * ((additions + 2) * 0x1p-52 + unit);
        return additions == 0 ? bound : (bound + own) * (1 + (additions + 4) * 0x1p-51);
    }
}
