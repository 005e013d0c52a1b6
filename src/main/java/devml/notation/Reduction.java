package devml.notation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to combine many values into one; {@code row} combines them into a list instead. */
public enum Reduction {
    SUM,
    PROD,
    MAX,
    MIN,
    MEAN,
    ARGMAX,
    ARGMIN,
    COUNT,
    LOGSUMEXP,
    ROW;

    /** The name in the notation. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Reduction> of(String text) {
        return Arrays.stream(values()).filter(r -> r.text().equals(text)).findFirst();
    }
}
