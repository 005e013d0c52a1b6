package devml.notation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to make one value of many; or a row of them, which {@code row} does. */
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

    /** As it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Reduction> of(String text) {
        return Arrays.stream(values()).filter(r -> r.text().equals(text)).findFirst();
    }
}
