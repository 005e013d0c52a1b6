package devml.layer;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Declaration;
import devml.notation.OptionType;
import devml.notation.Parser;
import devml.yaml.Document;
import devml.yaml.Fields;
import devml.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a definition from YAML. */
public final class DefinitionReader {
    private static final List<String> KEYS = List.of(
            "layer",
            "summary",
            "source",
            "options",
            "tensors",
            "where",
            "forward",
            "backward",
            "update",
            "init",
            "notes");

    private DefinitionReader() {}

    /**
     * Reads and parses a definition; what its equations mean is checked when it is bound. Where it does not say what is
     * {@code backward}, that is derived.
     *
     * @throws Fault at the first place that is not as it should be
     */
    public static Definition read(Document document) {
        Fields fields = Fields.of("a layer's definition", document.root(), KEYS);
        List<Declaration> tensors = block(fields, "tensors", Parser::declarations);
        if (tensors.stream().noneMatch(t -> t.role() == Declaration.Role.OUTPUT)) {
            throw Fault.at(fields.required("tensors").place(), "a layer has an output; 'tensors' declares none");
        }
        fields.required("forward");
        Definition definition = new Definition(
                fields.required("layer").asText(),
                fields.optional("summary").map(Node::asText).orElse(""),
                fields.optional("source").map(Node::asText).orElse(""),
                options(fields),
                tensors,
                block(fields, "where", Parser::abbreviations),
                block(fields, "forward", Parser::equations),
                block(fields, "backward", Parser::equations),
                false,
                block(fields, "update", Parser::equations),
                block(fields, "init", Parser::abbreviations),
                fields.optional("notes").map(Node::asText).map(String::strip).orElse(""),
                fields.required("layer").place());
        return fields.optional("backward").isPresent() ? definition : definition.withDerived();
    }

    private static Map<String, OptionType> options(Fields fields) {
        Map<String, OptionType> options = new LinkedHashMap<>();
        fields.optional("options")
                .map(node -> node.asMapping().entries())
                .orElse(List.of())
                .forEach(entry -> options.put(entry.key(), Parser.optionType(inner(entry.required()))));
        return options;
    }

    private static <T> List<T> block(Fields fields, String key, Function<Place, List<T>> parse) {
        return fields.optional(key).map(DefinitionReader::inner).map(parse).orElse(List.of());
    }

    /** The place of a scalar's text in the file, which is scanned there so that messages point into it. */
    private static Place inner(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            throw Fault.at(node.place(), "expected a text but found " + node.found());
        }
        return switch (scalar.style()) {
            case PLAIN, BLOCK -> scalar.place();
            case QUOTED ->
                scalar.place()
                        .source()
                        .place(scalar.place().start() + 1, scalar.place().end() - 1);
            case FOLDED ->
                throw Fault.at(scalar.place(), "'>' would join the lines; write equations in a block with '|'");
        };
    }
}
