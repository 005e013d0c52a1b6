package devml.layer;

import devml.fault.Source;
import devml.yaml.Document;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The definitions that ship. Each is read when it is first asked for, and once: networks use most of them repeatedly. */
final class Shipped {
    private static final String FOLDER = "/devml/layers";
    private static final String SUFFIX = ".yaml";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** Asked for once: for each resource, Java would look into all of its modules first. */
    private static final String ADDRESS =
            Objects.requireNonNull(Shipped.class.getResource(FOLDER), FOLDER).toString();

    private static final Map<String, Definition> READ = new ConcurrentHashMap<>();

    private Shipped() {}

    /** The definition of a name, if one ships. Of several threads that ask for it, one reads it. */
    static Optional<Definition> find(String name) {
        return Optional.ofNullable(READ.computeIfAbsent(name, Shipped::read));
    }

    /** The names of all, in alphabetical order. */
    static List<String> names() {
        try {
            URI folder = URI.create(ADDRESS);
            if (!folder.getScheme().equals("jar")) {
                return names(Path.of(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
                return names(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** The definition that a resource holds, or null if there is none of that name. */
    private static Definition read(String name) {
        if (!NAME.matcher(name).matches()) {
            return null;
        }
        String file = name + SUFFIX;
        try (InputStream in = URI.create(ADDRESS + "/" + file).toURL().openStream()) {
            return DefinitionReader.read(
                    Document.read(new Source(file, new String(in.readAllBytes(), StandardCharsets.UTF_8))));
        } catch (FileNotFoundException _) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
