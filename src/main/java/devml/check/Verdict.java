package devml.check;

import java.util.Comparator;
import java.util.stream.Stream;

/** What a comparison says, from harmless to grave. */
public enum Verdict {
    /** Every entry lies within its bound. */
    PASS,
    /** There is no reference to hold it against, and none is required. */
    UNCHECKED,
    /** A kink of the function, or a bound too wide to tell. */
    INCONCLUSIVE,
    /** An entry beyond its bound, or a wrong name or shape. */
    FAIL;

    /** The gravest of several; {@link #PASS} of none. */
    public static Verdict worst(Stream<Verdict> verdicts) {
        return verdicts.max(Comparator.naturalOrder()).orElse(PASS);
    }
}
