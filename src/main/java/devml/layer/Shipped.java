package devml.layer;

import devml.fault.Source;
import devml.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The definitions that ship. Each is read when it is first asked for, and once: networks use most of them repeatedly. The
 * build makes {@link Texts} of the files in {@code src/main/resources/devml/layers}, and its tests check them.
 */
final class Shipped {
    private static final Map<String, Definition> READ = new ConcurrentHashMap<>();

    private Shipped() {}

    /** The definition of a name, if one ships. Of several threads that ask for it, one reads it. */
    static Optional<Definition> find(String name) {
        return Optional.ofNullable(READ.computeIfAbsent(name, Shipped::read));
    }

    /** The names of all, in alphabetical order. */
    static List<String> names() {
        return Texts.NAMES;
    }

    /** Null if there is none of that name. */
    private static Definition read(String name) {
        String text = Texts.of(name);
        return text == null ? null : DefinitionReader.readChecked(Document.read(new Source(name + ".yaml", text)));
    }
}
