package devml.slip;

import java.util.EnumMap;
import java.util.Map;

/** Counts slips by what becomes of them. */
public final class Tally {
    private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);

    public void add(Fate fate) {
        counts.merge(fate, 1, Integer::sum);
    }

    public void add(Tally other) {
        other.counts.forEach((fate, count) -> counts.merge(fate, count, Integer::sum));
    }

    public int count(Fate fate) {
        return counts.getOrDefault(fate, 0);
    }

    @Override
    public String toString() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return "%d slips: %d refused, %d found, %d survive"
                .formatted(all, count(Fate.REFUSED), count(Fate.FOUND), count(Fate.SURVIVED));
    }
}
