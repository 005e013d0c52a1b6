package devml.run;

import java.util.List;
import java.util.Optional;

/**
 * How what a tensor holds depends on the samples.
 *
 * @param before if it has rows for samples, how many elements the dimensions before that of the samples have
 */
record Held(Dependence dependence, long before) {
    static final Held OTHER = new Held(Dependence.OTHER, 1);
    static final Held SHARED = new Held(Dependence.SHARED, 1);

    /** A tensor that depends on the samples, by its extents for either number of them. */
    static Optional<Held> rows(List<Integer> few, List<Integer> more, Samples samples) {
        return SampleDimension.of(few, more, samples).map(found -> new Held(Dependence.ROW, found.before()));
    }

    /** What two equations that set parts of one tensor make of it. */
    Held and(Held other) {
        Dependence both = dependence.plus(other.dependence);
        boolean isMixed = dependence != other.dependence || before != other.before;
        return both == Dependence.ROW && isMixed ? OTHER : new Held(both, before);
    }
}
