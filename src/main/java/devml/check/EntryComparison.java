package devml.check;

import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Optional;

/** Compares a tensor with a reference of the same shape, entry by entry. */
final class EntryComparison {
    private final Tensor value;
    private final Tensor reference;
    private final Tolerance tolerance;
    private final Ulps unit;

    private EntryComparison(Tensor value, Tensor reference, Tolerance tolerance) {
        this.value = value;
        this.reference = reference;
        this.tolerance = tolerance;
        this.unit = Ulps.of(value, reference);
    }

    static TensorResult.Compared of(String name, Tensor value, Tensor reference, Tolerance tolerance) {
        return new EntryComparison(value, reference, tolerance).result(name);
    }

    private TensorResult.Compared result(String name) {
        int failing = 0;
        double maxAbsolute = 0;
        double maxRelative = 0;
        double maxUlps = 0;
        double maxReference = 0;
        int worstOffset = -1;
        Deviation worst = null;
        for (int offset = 0; offset < value.size(); offset++) {
            Deviation deviation = deviation(offset);
            failing += deviation.fails() ? 1 : 0;
            maxAbsolute = Math.max(maxAbsolute, deviation.absolute());
            maxRelative = Math.max(maxRelative, deviation.relative());
            maxUlps = Math.max(maxUlps, deviation.ulps());
            double size = Math.abs(reference.get(offset));
            maxReference = Double.isFinite(size) ? Math.max(maxReference, size) : maxReference;
            if (worst == null || deviation.isWorseThan(worst)) {
                worst = deviation;
                worstOffset = offset;
            }
        }
        return new TensorResult.Compared(
                name,
                value.shape(),
                Optional.of(tolerance),
                failing,
                maxAbsolute,
                maxRelative,
                maxUlps,
                maxAbsolute == 0 ? 0 : maxAbsolute / maxReference,
                worst == null ? Optional.empty() : Optional.of(entry(worstOffset, worst)),
                Optional.empty());
    }

    private Deviation deviation(int offset) {
        return value instanceof Tensor.Longs(Shape _, long[] values)
                        && reference instanceof Tensor.Longs(Shape _, long[] references)
                ? Deviation.of(values[offset], references[offset])
                : Deviation.of(value.get(offset), reference.get(offset), tolerance, unit);
    }

    private Entry entry(int offset, Deviation deviation) {
        return new Entry(value.shape().index(offset), number(value, offset), number(reference, offset), deviation);
    }

    private static Number number(Tensor tensor, int offset) {
        return switch (tensor) {
            case Tensor.Doubles doubles -> doubles.values()[offset];
            case Tensor.Floats floats -> floats.values()[offset];
            case Tensor.Longs longs -> longs.values()[offset];
        };
    }
}
