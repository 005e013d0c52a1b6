package devml.cli;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Has Java get ready, while the command line is read, what it takes long to get ready when a network asks for it:
 * together a tenth of a short run. Whoever asks before it is waits, as he would have anyway.
 */
final class Ahead {
    private Ahead() {}

    /** Starts, and returns. */
    static void start() {
        Thread.ofPlatform().name("ahead").daemon().start(Ahead::load);
    }

    private static void load() {
        String _ = BigDecimal.valueOf(1, 1).toString(); // which makes a table of powers first
        try {
            MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
