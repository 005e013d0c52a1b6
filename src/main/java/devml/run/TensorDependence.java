package devml.run;

import java.util.List;
import java.util.Optional;

/**
 * How what a tensor holds depends on the samples.
 *
 * @param before if it has rows for samples, how many elements the dimensions before that of the samples have
 */
record TensorDependence(Dependence dependence, long before) {
    static final TensorDependence OTHER = new TensorDependence(Dependence.OTHER, 1);
    static final TensorDependence SHARED = new TensorDependence(Dependence.SHARED, 1);

    /** A tensor that depends on the samples, by its extents for either number of them. */
    static Optional<TensorDependence> rows(List<Integer> few, List<Integer> more, Samples samples) {
        return SampleDimension.of(few, more, samples)
                .map(found -> new TensorDependence(Dependence.ROW, found.before()));
    }

    /** What two equations that set parts of one tensor make of it. */
    TensorDependence and(TensorDependence other) {
        Dependence both = dependence.plus(other.dependence);
        boolean isMixed = dependence != other.dependence || before != other.before;
        return both == Dependence.ROW && isMixed ? OTHER : new TensorDependence(both, before);
    }
}
