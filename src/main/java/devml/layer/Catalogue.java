package devml.layer;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.fault.Source;
import devml.yaml.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The definitions that a network may use: those that ship, read when asked for, and the user's own. */
public final class Catalogue {
    private static final String FOLDER = "/devml/layers";
    private static final String SUFFIX = ".yaml";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final Map<String, Definition> own = new HashMap<>();

    /** Those that ship, as far as they were asked for: a network uses most of its layers more than once. */
    private final Map<String, Definition> read = new ConcurrentHashMap<>();

    /**
     * Ships the standard layers and adds a user's.
     *
     * @throws Fault if two of them have one name, or one is named like a layer that ships
     */
    public Catalogue(List<Definition> definitions) {
        for (Definition definition : definitions) {
            String name = definition.name();
            if (own.putIfAbsent(name, definition) != null) {
                throw Fault.at(definition.place(), "a layer '" + name + "' is defined twice");
            }
            if (resource(name).isPresent()) {
                throw Fault.at(
                        definition.place(), "'" + name + "' is a layer that devml ships; give yours another name");
            }
        }
    }

    /**
     * The definition of a name.
     *
     * @param place where the name was found
     * @throws Fault if there is none
     */
    public Definition find(String name, Place place) {
        try {
            return find(name);
        } catch (Fault fault) {
            throw fault.within(place);
        }
    }

    /** As {@link #find(String, Place)}, for a name that stands in no file. */
    public Definition find(String name) {
        if (own.containsKey(name)) {
            return own.get(name);
        }
        Definition known = read.get(name);
        if (known != null) {
            return known;
        }
        Source source = resource(name)
                .orElseThrow(() -> Fault.of("there is no layer '" + name + "'" + Nearest.hint(name, names())));
        return read(name, source);
    }

    /** Reads definitions that will be asked for, several at a time. Names that there are none of do not matter here. */
    public void prepare(Collection<String> names) {
        names.parallelStream()
                .filter(name -> !own.containsKey(name))
                .forEach(name -> resource(name).ifPresent(source -> read(name, source)));
    }

    private Definition read(String name, Source source) {
        Definition definition = DefinitionReader.read(Document.read(source));
        read.put(name, definition);
        return definition;
    }

    /** Whether a definition is one of those that ship, which a user does not edit. */
    public boolean isShipped(Definition definition) {
        return !own.containsKey(definition.name());
    }

    /** The names of all layers, the user's own first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(own.keySet().stream().sorted().toList());
        names.addAll(shipped());
        return names;
    }

    /** The names of the layers that ship, in alphabetical order. */
    public static List<String> shipped() {
        try {
            URI folder = Objects.requireNonNull(Catalogue.class.getResource(FOLDER), FOLDER)
                    .toURI();
            if (!folder.getScheme().equals("jar")) {
                return names(Path.of(folder));
            }
            try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
                return names(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
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

    /** The text of a definition that ships, if there is one of that name. */
    private static Optional<Source> resource(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream in = Catalogue.class.getResourceAsStream(FOLDER + "/" + name + SUFFIX)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new Source(name + SUFFIX, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
