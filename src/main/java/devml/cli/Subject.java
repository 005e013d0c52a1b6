package devml.cli;

import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.yaml.Document;
import devml.yaml.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Interprets an argument that may be a network file, the name of a layer, or the file that defines one. */
final class Subject {
    private Subject() {}

    /** Returns the layer that the argument names; empty if it names a network. */
    static Optional<Definition> definition(String subject) {
        boolean isFile = subject.equals("-") || subject.contains("/") || subject.matches(".*\\.ya?ml");
        if (!isFile) {
            return Optional.of(new Catalogue(List.of()).find(subject));
        }
        if (subject.equals("-")) {
            return Optional.empty();
        }
        Document document = Document.read(Path.of(subject));
        boolean defines = document.root() instanceof Node.Mapping mapping
                && mapping.entries().stream().anyMatch(entry -> entry.key().equals("layer"));
        return defines ? Optional.of(DefinitionReader.read(document)) : Optional.empty();
    }
}
