import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the float32 twins of classes for float64: Java has no generics over primitive types, and what runs in the
 * innermost loops must be written for each. A class {@code ...Double...} gets a twin {@code ...Float...} unless there is
 * one beside it, written by hand because more than the type differs. What follows on {@code /* both *&#47;} is the same in
 * both.
 */
final class FloatTwins {
    private FloatTwins() {}

    /**
     * @param args the folder of a package, and that where the twins go, which is its package in another source root
     */
    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        Path to = Path.of(args[1]);
        Files.createDirectories(to);
        for (Path source : sources(from)) {
            String name = twin(source.getFileName().toString());
            if (!Files.exists(from.resolve(name))) {
                write(to.resolve(name), twin(Files.readString(source)));
            }
        }
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("Double"))
                    .sorted()
                    .toList();
        }
    }

    private static String twin(String text) {
        return text.replace("Double", "Float")
                .replaceAll("(?<!/\\* both \\*/ )double", "float")
                .replace("float64", "float32");
    }

    /** Leaves a file alone that is so already, so that nothing is compiled again. */
    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
