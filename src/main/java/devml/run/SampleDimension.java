package devml.run;

import java.util.List;
import java.util.Optional;

/**
 * The dimension of a tensor that grows with the samples.
 *
 * @param step its extent for each sample
 * @param before how many elements the dimensions before it have
 */
record SampleDimension(int place, long step, long before) {

    /** That of a tensor with these extents for either number of samples: the only one that differs. */
    static Optional<SampleDimension> of(List<Integer> few, List<Integer> more, Samples samples) {
        Optional<SampleDimension> found = Optional.empty();
        long before = 1;
        for (int i = 0; i < few.size() && few.size() == more.size(); i++) {
            if (!few.get(i).equals(more.get(i))) {
                if (found.isPresent() || !samples.areFollowedBy(few.get(i), more.get(i))) {
                    return Optional.empty();
                }
                found = Optional.of(new SampleDimension(i, few.get(i) / samples.few(), before));
            }
            before *= few.get(i);
        }
        return found;
    }
}
