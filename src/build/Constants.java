import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes constants of what Java would look for in its modules and in all jars, if it were a resource: the layers'
 * definitions and the version. That would take a twentieth of a short run.
 */
final class Constants {
    private static final String SUFFIX = ".yaml";

    private Constants() {}

    /**
     * @param args the folder of the definitions, the version, and the source root to write to
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[2]);
        write(root.resolve("devml/layer/Texts.java"), texts(Path.of(args[0])));
        write(root.resolve("devml/cli/Release.java"), """
                package devml.cli;

                final class Release {
                    static final String VERSION = %s;

                    private Release() {}
                }
                """.formatted(literal(args[1])));
    }

    private static String texts(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
        StringBuilder cases = new StringBuilder();
        for (Path file : files) {
            cases.append("            case %s -> %s;\n".formatted(literal(name(file)), literal(Files.readString(file))));
        }
        return """
                package devml.layer;

                import java.util.List;

                /** What stands in the definitions that ship. */
                final class Texts {
                    /** In alphabetical order. */
                    static final List<String> NAMES = List.of(%s);

                    private Texts() {}

                    /** Null if there is none of that name. */
                    static String of(String name) {
                        return switch (name) {
                %s            default -> null;
                        };
                    }
                }
                """.formatted(files.stream().map(file -> literal(name(file))).collect(Collectors.joining(", ")), cases);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static String literal(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Leaves a file alone that is so already, so that nothing is compiled again. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
