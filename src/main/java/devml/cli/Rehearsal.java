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
 * Does what commands usually do, for the JVM to note which classes that takes: so the launcher makes its AOT caches, one of
 * what {@code run} takes, which Java links sooner than what all commands take, and one for the others.
 */
final class Rehearsal {
    private static final List<String> NETWORKS = List.of("simple-backpropagation.yaml", "mlp.yaml", "own-layer.yaml");

    private Rehearsal() {}

    /** Takes the folder of the networks that devml comes with, and which of the two to rehearse: run or others. */
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
        Main.main("run", network, "--out", out.toString()); // with the process's streams, and what is read ahead
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
