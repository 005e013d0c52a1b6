package devml.cli;

import com.google.gson.stream.JsonWriter;
import devml.network.Network;
import devml.network.NetworkFile;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads the network file, and loads classes that every run needs, on a second thread while picocli parses the command line:
 * a quarter of a short run. A caller that needs the file earlier waits until it is read.
 */
final class Ahead {
    /** For command lines that this process was not started with. */
    static final Ahead NOTHING = new Ahead(Optional.empty());

    /** What looks like a network file, though it need not be one; or nothing. */
    private final Optional<Path> file;

    private final FutureTask<NetworkFile> reading;

    private Ahead(Optional<Path> file) {
        this.file = file;
        this.reading = new FutureTask<>(() -> NetworkFile.read(file.orElseThrow()));
    }

    /** Starts, and returns. */
    static Ahead start(String... args) {
        Ahead ahead = new Ahead(Arrays.stream(args)
                .filter(arg -> arg.endsWith(".yaml"))
                .reduce((_, last) -> last)
                .map(Path::of));
        Thread.ofPlatform().name("ahead").daemon().start(ahead::load);
        return ahead;
    }

    private void load() {
        if (file.isPresent()) {
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
        if (file.equals(Optional.of(asked))) {
            try {
                return reading.get();
            } catch (ExecutionException | InterruptedException _) {
                // as above
            }
        }
        return NetworkFile.read(asked);
    }
}
