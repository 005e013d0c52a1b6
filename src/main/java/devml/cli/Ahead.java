package devml.cli;

import com.google.gson.stream.JsonWriter;
import devml.network.Network;
import devml.network.NetworkFile;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Gets ready, while picocli reads the command line, what a network takes: a quarter of a short run. Whoever asks before it
 * is waits, as he would have anyway.
 */
final class Ahead {
    /** For command lines that this process was not started with. */
    static final Ahead NOTHING = new Ahead("");

    /** What looks like a network file, though it need not be one; or nothing. */
    private final String file;

    private final FutureTask<NetworkFile> reading;

    private Ahead(String file) {
        this.file = file;
        this.reading = new FutureTask<>(() -> NetworkFile.read(Path.of(file)));
    }

    /** Starts, and returns. */
    static Ahead start(String... args) {
        String file = "";
        for (String arg : args) {
            file = arg.endsWith(".yaml") ? arg : file;
        }
        Ahead ahead = new Ahead(file);
        Thread.ofPlatform().name("ahead").daemon().start(ahead::load);
        return ahead;
    }

    private void load() {
        if (!file.isEmpty()) {
            reading.run();
            try {
                NetworkFile network = reading.get();
                Network.readDefinitions(network);
                if (network.parameters().isEmpty()) { // which are drawn then, up to square roots of many digits
                    String _ = BigDecimal.valueOf(1, 1).toString();
                }
            } catch (ExecutionException | InterruptedException _) {
                // whoever needs it reads it again, and says what is wrong with it
            }
        }
        JsonWriter _ = new JsonWriter(Writer.nullWriter()); // which makes a table of characters
        try {
            MessageDigest.getInstance("SHA-256"); // which reads what Java may use of all algorithms
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Reads a network file, unless that has been done.
     *
     * @throws devml.fault.Fault if it is none, or there is none
     */
    NetworkFile network(Path asked) {
        if (asked.toString().equals(file)) {
            try {
                return reading.get();
            } catch (ExecutionException | InterruptedException _) {
                // as above
            }
        }
        return NetworkFile.read(asked);
    }
}
