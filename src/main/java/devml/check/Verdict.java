package devml.check;

import java.util.Comparator;
import java.util.stream.Stream;

/** The verdict of a comparison, from harmless to grave. */
public enum Verdict {
    /** Every entry lies within its bound. */
    PASS,
    /** There is no reference to compare with, and none is required. */
    UNCHECKED,
    /** A kink of the function prevents a verdict, or the bound is too wide. */
    INCONCLUSIVE,
    /** An entry lies beyond its bound, or a name or shape is wrong. */
    FAIL;

    /** The gravest of several verdicts; {@link #PASS} if there are none. */
    public static Verdict worst(Stream<Verdict> verdicts) {
        return verdicts.max(Comparator.naturalOrder()).orElse(PASS);
    }
}
