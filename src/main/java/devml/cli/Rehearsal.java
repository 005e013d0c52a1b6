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

/** Does what commands usually do, for the JVM to note which classes that takes: the launcher makes its AOT cache so. */
final class Rehearsal {
    private static final List<String> NETWORKS = List.of("simple-backpropagation.yaml", "mlp.yaml", "own-layer.yaml");

    private Rehearsal() {}

    /** Takes the folder of the networks that devml comes with. */
    public static void main(String[] args) throws IOException {
        Path out = Files.createTempDirectory("devml");
        try {
            for (String name : NETWORKS) {
                String network = Path.of(args[0], name).toString();
                run(
                        "run",
                        network,
                        "--format",
                        "npy,npz,csv,json",
                        "--out",
                        out.resolve("a").toString());
                run(
                        "run",
                        network,
                        "--dtype",
                        "float32",
                        "--json",
                        "--out",
                        out.resolve("b").toString());
                run("check", network);
                run("explain", network);
                run("summary", network);
            }
            run("compare", out.resolve("a").toString(), out.resolve("b").toString());
            run("run", "no such file");
            run("explain", Catalogue.shipped().getFirst());
        } finally {
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Main.main(new String[] {"--help"}); // with the process's streams, and its end
    }

    private static void run(String... args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Main.run(new Console(InputStream.nullInputStream(), nowhere, nowhere, false, false), args);
    }
}
