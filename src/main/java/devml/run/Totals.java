package devml.run;

import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the pieces that batches yield. Sums are added up in float64 and rounded once, to the precision of the run. */
final class Totals {
    private final DType dtype;
    private final Optional<Spool> spool;
    private final Map<String, Total> totals = new LinkedHashMap<>();

    /** @param spool takes rows of samples; without one they stay in memory */
    Totals(DType dtype, Optional<Spool> spool) {
        this.dtype = dtype;
        this.spool = spool;
    }

    void add(Piece piece) {
        if (piece.isSpooled() && spool.isPresent()) {
            spool.get().append(piece.name(), scaled(piece.tensor(), piece.weight(), dtype));
        } else {
            totals.computeIfAbsent(piece.name(), _ -> new Total()).add(piece);
        }
    }

    /** The whole of that name, unless it was spooled, or no batch has such a piece. */
    Optional<Tensor> find(String name) {
        return Optional.ofNullable(totals.get(name)).map(Total::tensor);
    }

    /** Those below a directory, by their names in it, in the order of their first pieces. */
    Map<String, Tensor> below(String directory) {
        String prefix = directory + "/";
        Map<String, Tensor> below = new LinkedHashMap<>();
        totals.forEach((name, total) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), total.tensor());
            }
        });
        return below;
    }

    /** A tensor multiplied in float64 and rounded to a precision; itself, integers too, where the factor is 1. */
    static Tensor scaled(Tensor tensor, double factor, DType dtype) {
        if (factor == 1) {
            return tensor;
        }
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = factor * tensor.get(i);
        }
        return rounded(new Tensor.Doubles(tensor.shape(), values), dtype);
    }

    /** Rows one behind the other. */
    static Tensor.Doubles joined(List<? extends Tensor> parts) {
        int size = parts.stream().mapToInt(Tensor::size).sum();
        double[] all = new double[size];
        int at = 0;
        int samples = 0;
        for (Tensor part : parts) {
            for (int i = 0; i < part.size(); i++) {
                all[at++] = part.get(i);
            }
            samples += part.shape().dim(0);
        }
        List<Integer> dims = new ArrayList<>(parts.getFirst().shape().dims());
        dims.set(0, samples);
        return new Tensor.Doubles(new Shape(dims), all);
    }

    private static Tensor rounded(Tensor.Doubles tensor, DType dtype) {
        return dtype == DType.FLOAT32 ? tensor.toFloats() : tensor;
    }

    private final class Total {
        private final List<Tensor> parts = new ArrayList<>();
        private double[] sum;

        /** The only piece, or the last one; of a sum of several, only its shape is of use. */
        private Tensor last;

        private boolean isSum;

        void add(Piece piece) {
            switch (piece.way()) {
                case ADDED -> {
                    isSum = last != null || piece.weight() != 1;
                    sum = sum == null ? new double[piece.tensor().size()] : sum;
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += piece.weight() * piece.tensor().get(i);
                    }
                    last = piece.tensor();
                }
                case APPENDED ->
                    parts.add(scaled(piece.tensor(), piece.weight(), dtype).copy());
                case LAST -> last = piece.tensor();
            }
        }

        Tensor tensor() {
            if (!parts.isEmpty()) {
                return rounded(joined(parts), dtype);
            }
            return isSum ? rounded(new Tensor.Doubles(last.shape(), sum), dtype) : last;
        }
    }
}
