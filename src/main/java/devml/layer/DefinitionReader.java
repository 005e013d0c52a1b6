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

/** Reads the definition of a layer from its YAML file. */
public final class DefinitionReader {
    private static final List<String> KEYS = List.of(
            "layer",
            "summary",
            "source",
            "options",
            "tensors",
            "where",
            "require",
            "layers",
            "output",
            "forward",
            "backward",
            "update",
            "init",
            "notes");

    private static final int MAX_LINE = 4000;

    private DefinitionReader() {}

    /**
     * Reads, parses and checks a definition; what its equations mean is checked when it is bound. If it has no
     * {@code backward} block, the backward equations are derived.
     *
     * @throws Fault at the first place that is wrong
     */
    public static Definition read(Document document) {
        Fields fields = fields(document);
        Definition definition = parse(fields);
        check(fields, definition);
        Definition complete = complete(fields, definition);
        UnusedLocals.check(definition, complete);
        return complete;
    }

    /**
     * Reads a definition that has been checked before, as those that ship are by the build; checking takes a third of
     * the time.
     */
    static Definition readChecked(Document document) {
        Fields fields = fields(document);
        return complete(fields, parse(fields));
    }

    private static Fields fields(Document document) {
        return Fields.of("a layer's definition", document.root(), KEYS);
    }

    private static Definition parse(Fields fields) {
        return new Definition(
                fields.required("layer").asText(),
                fields.optional("summary").map(Node::asText).orElse(""),
                fields.optional("source").map(Node::asText).orElse(""),
                options(fields),
                block(fields, "tensors", Parser::declarations),
                block(fields, "where", Parser::abbreviations),
                block(fields, "require", Parser::requirements),
                fields.optional("layers").map(Components::read).orElse(List.of()),
                fields.optional("output").map(node -> Parser.expression(inner(node))),
                block(fields, "forward", Parser::equations),
                block(fields, "backward", Parser::equations),
                false,
                block(fields, "update", Parser::equations),
                block(fields, "init", Parser::abbreviations),
                fields.optional("notes").map(Node::asText).map(String::strip).orElse(""),
                fields.required("layer").place());
    }

    private static void check(Fields fields, Definition definition) {
        checkKind(fields, definition.tensors(), definition.components());
        Clashes.check(optionPlaces(fields), definition.tensors(), definition.where());
        Complexity.check(definition.where(), definition.equations());
        Functions.check(definition.where(), definition.require(), definition.equations());
        OptionValue.checkDefaults(definition.options());
    }

    private static Definition complete(Fields fields, Definition definition) {
        return fields.optional("backward").isPresent() || !definition.isDerivable()
                ? definition
                : definition.withDerived();
    }

    /** Checks that a layer either has equations and an output that they set, or is made of layers. */
    private static void checkKind(Fields fields, List<Declaration> tensors, List<Component> components) {
        if (components.isEmpty()) {
            fields.required("forward");
            if (tensors.stream().noneMatch(t -> t.role() == Declaration.Role.OUTPUT)) {
                throw Fault.at(fields.required("tensors").place(), "a layer has an output; 'tensors' declares none");
            }
            return;
        }
        for (String key : List.of("forward", "backward", "update", "init")) {
            fields.entry(key).ifPresent(entry -> {
                throw Fault.at(entry.keyPlace(), "a layer that is made of 'layers' has no '" + key + "' of its own");
            });
        }
        for (Component component : components) {
            if (tensors.stream().anyMatch(tensor -> tensor.name().equals(component.name()))) {
                throw Fault.at(
                        component.place(),
                        "'" + component.name() + "' is an input already; give this layer another name");
            }
        }
        for (Declaration tensor : tensors) {
            if (tensor.role() != Declaration.Role.INPUT) {
                throw Fault.at(
                        tensor.span().place(),
                        "a layer that is made of 'layers' declares only its inputs; the rest is theirs");
            }
        }
    }

    private static Map<String, Place> optionPlaces(Fields fields) {
        Map<String, Place> places = new LinkedHashMap<>();
        fields.optional("options")
                .ifPresent(
                        node -> node.asMapping().entries().forEach(entry -> places.put(entry.key(), entry.keyPlace())));
        return places;
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
        return fields.optional(key)
                .map(DefinitionReader::inner)
                .map(DefinitionReader::checkLines)
                .map(parse)
                .orElse(List.of());
    }

    /** Refuses very long lines: they make deep trees, and the passes that walk them recurse. */
    private static Place checkLines(Place block) {
        int start = block.start();
        for (String line : block.text().split("\n", -1)) {
            if (line.length() > MAX_LINE) {
                throw Fault.at(
                        block.source().place(start, start + line.length()),
                        "the line is longer than %d characters; 'where' can name parts of it".formatted(MAX_LINE));
            }
            start += line.length() + 1;
        }
        return block;
    }

    /**
     * Returns the place of a scalar's text in the file. The text is scanned there, so that messages point into the
     * file.
     */
    static Place inner(Node node) {
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
