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
    private final Map<String, Rows> last = new LinkedHashMap<>();
    private final Map<String, List<Tensor.Doubles>> rows = new LinkedHashMap<>();
    private int batches;

    private record Total(Shape shape, double[] bound, double[] magnitude) {}

    /** @param spool takes those that have a row for each sample */
    Bounds(DType dtype, Spool spool) {
        this.dtype = dtype;
        this.spool = spool;
    }

    /**
     * Takes those of the pieces of the next batch.
     *
     * @param own by the names of pieces; of a piece that has none, nothing is taken
     */
    void add(List<Piece> pieces, Map<String, Tensor.Doubles> own) {
        batches++;
        for (Piece piece : pieces) {
            Tensor.Doubles bound = own.get(piece.name());
            if (bound != null) {
                add(piece, bound);
            }
        }
    }

    private void add(Piece piece, Tensor.Doubles bound) {
        switch (piece.way()) {
            case ADDED -> {
                Tensor value = piece.tensor();
                Total total = totals.computeIfAbsent(
                        piece.name(),
                        _ -> new Total(value.shape(), new double[value.size()], new double[value.size()]));
                for (int i = 0; i < value.size(); i++) {
                    total.bound[i] += piece.weight() * bound.get(i);
                    total.magnitude[i] += piece.weight() * Math.abs(value.get(i));
                }
            }
            case APPENDED -> {
                if (piece.isSpooled()) {
                    spool.append(piece.name() + Outputs.BOUND, scaled(piece, bound));
                } else {
                    rows.computeIfAbsent(piece.name(), _ -> new ArrayList<>()).add(bound);
                }
            }
            case LAST -> last.put(piece.name(), Rows.of(bound));
        }
    }

    private Tensor.Doubles scaled(Piece piece, Tensor.Doubles bound) {
        double weight = piece.weight();
        double[] scaled = new double[bound.size()];
        for (int i = 0; i < scaled.length; i++) {
            double magnitude = weight * Math.abs(piece.tensor().get(i));
            scaled[i] = raised(weight * bound.get(i), magnitude, weight == 1 ? 0 : 1);
        }
        return new Tensor.Doubles(bound.shape(), scaled);
    }

    /** All but the spooled ones, by the names of pieces. */
    Map<String, Rows> totals() {
        Map<String, Rows> bounds = new LinkedHashMap<>();
        totals.forEach((name, total) -> {
            double[] bound = new double[total.bound.length];
            for (int i = 0; i < bound.length; i++) {
                bound[i] = raised(total.bound[i], total.magnitude[i], batches == 1 ? 0 : batches);
            }
            bounds.put(name, Rows.of(new Tensor.Doubles(total.shape, bound)));
        });
        bounds.putAll(last);
        rows.forEach((name, parts) -> bounds.put(name, Rows.of(Totals.joined(parts))));
        return bounds;
    }

    /** Adds what so many weighted additions in float64 err, and the last rounding; of none, nothing. */
    private double raised(double bound, double magnitude, int additions) {
        double unit = dtype == DType.FLOAT32 ? 0x1p-24 : 0x1p-53;
        double own = additions == 0 ? 0 : magnitude * ((additions + 2) * 0x1p-52 + unit);
        return additions == 0 ? bound : (bound + own) * (1 + (additions + 4) * 0x1p-51);
    }
}
