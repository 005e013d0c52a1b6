package devml.cli;

import devml.layer.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs typical commands while the JVM records the classes that they need, from which the launcher makes its AOT caches.
 * There are two: one for {@code run}, which Java links faster than one for everything, and one for the other commands.
 */
final class Rehearsal {
    private static final List<String> NETWORKS = List.of("simple-backpropagation.yaml", "mlp.yaml", "own-layer.yaml");

    private Rehearsal() {}

    /**
     * Rehearses one of the two: the arguments are the folder of the networks that devml ships, and {@code run} or
     * anything else for the other commands.
     */
    public static void main(String[] args) throws IOException {
        Path out = Files.createTempDirectory("devml");
        try {
            for (String name : NETWORKS) {
                String network = Path.of(args[0], name).toString();
                if (args[1].equals("run")) {
                    rehearseRun(network, out);
                } else {
                    rehearseOthers(network, out);
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void rehearseRun(String network, Path out) {
        run("run", network, "--dtype", "float32", "--json", "--out", out.toString());
        Main.main("run", network, "--out", out.toString()); // with the streams of the process, and with reading ahead
    }

    private static void rehearseOthers(String network, Path out) {
        String doubles = out.resolve("doubles").toString();
        String floats = out.resolve("floats").toString();
        run("run", network, "--out", doubles);
        run("run", network, "--dtype", "float32", "--out", floats);
        run("compare", doubles, floats);
        run("explain", network);
        run("summary", network);
        run("explain", Catalogue.shipped().getFirst());
        run("summary", "no such file");
        Main.main("check", network);
        Main.main("--help");
    }

    private static void run(String... args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(new Console(InputStream.nullInputStream(), nowhere, nowhere, false, false), args);
    }
}
