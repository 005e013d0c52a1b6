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
 * Reads the network file, and loads classes that every run needs, on a second thread while picocli parses the command
 * line, which saves a quarter of a short run. A caller that needs the file earlier waits until it is read.
 */
final class Ahead {
    /** Reads nothing ahead, for command lines other than that of the process. */
    static final Ahead NOTHING = new Ahead(Optional.empty());

    /** The last argument that looks like a network file, though it need not be one. */
    private final Optional<Path> file;

    private final FutureTask<NetworkFile> reading;

    private Ahead(Optional<Path> file) {
        this.file = file;
        this.reading = new FutureTask<>(() -> NetworkFile.read(file.orElseThrow()));
    }

    /** Starts the second thread and returns at once. */
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
                if (network.parameters().isEmpty()) {
                    // Parameters are then drawn, which may take square roots of many digits.
                    String _ = BigDecimal.valueOf(1, 1).toString();
                }
            } catch (ExecutionException | InterruptedException _) {
                // whoever needs the file reads it again and reports what is wrong with it
            }
        }
        JsonWriter _ = new JsonWriter(Writer.nullWriter()); // builds its table of characters
        try {
            MessageDigest.getInstance("SHA-256"); // loads the list of all algorithms that Java may use
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Returns the network file that was read ahead, or reads it now if it is another one.
     *
     * @throws devml.fault.Fault if it cannot be read or is not a network file
     */
    NetworkFile network(Path asked) {
        if (file.equals(Optional.of(asked))) {
            try {
                return reading.get();
            } catch (ExecutionException | InterruptedException _) {
                // the file is read again below, which reports what is wrong with it
            }
        }
        return NetworkFile.read(asked);
    }
}
