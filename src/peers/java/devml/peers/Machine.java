package devml.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures depend on. */
final class Machine {
    private Machine() {}

    static List<String> lines() throws IOException {
        return List.of(
                "- processor: %s, %d processors for the process"
                        .formatted(processor(), Runtime.getRuntime().availableProcessors()),
                "- system: %s %s, %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                "- Java: " + Runtime.version());
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return "unknown";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown");
    }
}
