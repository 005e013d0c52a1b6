package devml.report;

import com.google.gson.stream.JsonWriter;
import devml.fault.Fault;
import devml.layer.Catalogue;
import devml.layer.Component;
import devml.layer.Definition;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.Printer;
import devml.notation.Requirement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Explains a layer by the text of its definition, aligned and without comments. The text is a valid definition again.
 */
public final class DefinitionText {
    /** Marks equations that the file does not contain. */
    private static final String DERIVED = "   # derived from forward";

    private DefinitionText() {}

    /** Returns the definition as YAML that reads as the same definition. */
    public static String of(Definition definition) {
        StringBuilder text = new StringBuilder("layer: " + definition.name() + "\n");
        line(text, "summary", definition.summary());
        line(text, "source", definition.reference());
        if (!definition.options().isEmpty()) {
            text.append("options:\n");
            Alignment.options(definition.options()).forEach(option -> text.append("  " + option + "\n"));
        }
        block(text, "tensors", Alignment.declarations(definition.tensors()));
        block(text, "where", Alignment.abbreviations(definition.where()));
        block(text, "require", definition.require().stream().map(Printer::print).toList());
        if (definition.isComposed()) {
            text.append("layers:\n");
            definition.components().forEach(component -> text.append(component(component)));
            definition.output().ifPresent(output -> line(text, "output", Printer.print(output)));
        }
        block(text, "forward", Alignment.equations(definition.forward()));
        block(text, "backward", Alignment.equations(definition.backward()), definition.derived() ? DERIVED : "");
        block(text, "update", Alignment.equations(definition.update()));
        block(text, "init", Alignment.abbreviations(definition.init()));
        block(text, "notes", definition.notes().lines().toList());
        return text.toString();
    }

    /**
     * Returns the backward equations that are derived from the forward ones, as YAML to paste into the definition.
     *
     * @throws Fault if there are none, or at what cannot be derived
     */
    public static String derived(Definition definition) {
        StringBuilder text = new StringBuilder();
        block(text, "backward", Alignment.equations(derive(definition)));
        return text.toString();
    }

    private static List<Equation> derive(Definition definition) {
        List<Equation> equations = definition.derive();
        if (equations.isEmpty()) {
            throw Fault.at(
                    definition.place(),
                    "no output of %s has a gradient with respect to an input or a parameter"
                            .formatted(definition.name()));
        }
        return equations;
    }

    /** Returns the derived equations as JSON: {@code {"layer", "backward": [equation]}}. */
    public static String derivedJson(Definition definition) {
        List<Equation> equations = derive(definition);
        return Json.of(json -> {
            json.beginObject();
            json.name("layer").value(definition.name());
            strings(json, "backward", Printer.lines(equations));
            json.endObject();
        });
    }

    /**
     * Returns the derived equations of each layer that a composed layer consists of: the gradient of the whole passes
     * back through them one by one.
     */
    public static String derivedParts(Definition whole, Catalogue catalogue) {
        StringBuilder text = new StringBuilder();
        parts(whole, catalogue).forEach((layer, names) -> {
            text.append("# %s: %s\n".formatted(String.join(", ", names), layer));
            Part part = Part.of(layer, catalogue);
            if (part.reason().isEmpty()) {
                block(text, "backward", Alignment.equations(part.equations()));
            } else {
                text.append("# " + part.reason() + "\n");
            }
        });
        return text.toString();
    }

    /**
     * Returns the derived equations of each part as JSON: {@code {"layer", "parts": [{"names", "layer", "backward":
     * [equation]}]}}; a part that has none has a {@code reason}.
     */
    public static String derivedPartsJson(Definition whole, Catalogue catalogue) {
        return Json.of(json -> {
            json.beginObject();
            json.name("layer").value(whole.name());
            json.name("parts").beginArray();
            for (Map.Entry<String, List<String>> entry : parts(whole, catalogue).entrySet()) {
                Part part = Part.of(entry.getKey(), catalogue);
                json.beginObject();
                strings(json, "names", entry.getValue());
                json.name("layer").value(entry.getKey());
                strings(json, "backward", Printer.lines(part.equations()));
                if (!part.reason().isEmpty()) {
                    json.name("reason").value(part.reason());
                }
                json.endObject();
            }
            json.endArray();
            json.endObject();
        });
    }

    /** The layers that a composed layer consists of, each with the names that it has there. */
    private static Map<String, List<String>> parts(Definition whole, Catalogue catalogue) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (Component part : whole.components()) {
            String layer = layer(part);
            parts.computeIfAbsent(layer, _ -> new ArrayList<>()).add(part.name());
            boolean isOption = catalogue.names().contains(layer)
                    && catalogue.find(layer).options().containsKey(Component.ACTIVATION);
            part.activation()
                    .filter(_ -> !isOption)
                    .map(DefinitionText::layer)
                    .ifPresent(next ->
                            parts.computeIfAbsent(next, _ -> new ArrayList<>()).add(part.name() + "." + next));
        }
        return parts;
    }

    private static String layer(Component part) {
        return Printer.print(part.layer()).replace("'", "");
    }

    /** The equations derived for a part, or the reason why there are none. */
    private record Part(List<Equation> equations, String reason) {
        static Part of(String layer, Catalogue catalogue) {
            if (!catalogue.names().contains(layer)) {
                return new Part(List.of(), "options say which");
            }
            try {
                return new Part(derive(catalogue.find(layer)), "");
            } catch (Fault fault) {
                return new Part(List.of(), fault.getMessage());
            }
        }
    }

    /** Prints one setting per line, because the commas of formulas would end a setting between braces. */
    private static String component(Component component) {
        StringBuilder text = new StringBuilder("  " + component.name() + ":\n");
        text.append("    layer: " + Printer.print(component.layer()) + "\n");
        if (!component.from().isEmpty()) {
            String from = component.from().stream().map(Printer::print).collect(Collectors.joining(", "));
            text.append("    from: " + (component.from().size() == 1 ? from : "[" + from + "]") + "\n");
        }
        component.activation().ifPresent(activation -> text.append(activation(activation)));
        component.settings().forEach((name, value) -> text.append("    " + name + ": " + setting(value) + "\n"));
        return text.toString();
    }

    private static String activation(Component activation) {
        String layer = Printer.print(activation.layer());
        if (activation.settings().isEmpty()) {
            return "    activation: " + layer + "\n";
        }
        StringBuilder text = new StringBuilder("    activation:\n      layer: " + layer + "\n");
        activation.settings().forEach((name, value) -> text.append("      " + name + ": " + setting(value) + "\n"));
        return text.toString();
    }

    /** Prints a setting; a word is quoted twice, because YAML would take its quotes for its own. */
    private static String setting(Expr value) {
        return value instanceof Expr.Tuple tuple
                ? "[" + tuple.items().stream().map(DefinitionText::setting).collect(Collectors.joining(", ")) + "]"
                : value instanceof Expr.Word ? "\"" + Printer.print(value) + "\"" : Printer.print(value);
    }

    private static void line(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(key + ": " + scalar(value) + "\n");
        }
    }

    /** Prints text plainly where YAML cannot take it for anything else, otherwise in quotes. */
    private static String scalar(String text) {
        boolean isPlain = text.matches("[A-Za-z0-9][^\\n]* [^\\n]*")
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":");
        return isPlain ? text : "'" + text.replace("'", "''") + "'";
    }

    private static void block(StringBuilder text, String key, List<String> lines) {
        block(text, key, lines, "");
    }

    private static void block(StringBuilder text, String key, List<String> lines, String comment) {
        if (!lines.isEmpty()) {
            text.append(key + ": |" + comment + "\n");
            lines.forEach(line -> text.append(line.isEmpty() ? "\n" : "  " + line + "\n"));
        }
    }

    /** Returns the definition as JSON; equations and declarations are strings in the notation. */
    public static String json(Definition definition) {
        return Json.of(json -> {
            json.beginObject();
            json.name("layer").value(definition.name());
            json.name("summary").value(definition.summary());
            json.name("source").value(definition.reference());
            json.name("options").beginArray();
            for (Map.Entry<String, OptionType> option : definition.options().entrySet()) {
                write(json, option.getKey(), option.getValue());
            }
            json.endArray();
            strings(json, "tensors", definition.tensors());
            strings(json, "where", definition.where());
            json.name("require").beginArray();
            for (Requirement requirement : definition.require()) {
                json.value(Printer.print(requirement));
            }
            json.endArray();
            if (definition.isComposed()) {
                json.name("layers").beginArray();
                for (Component component : definition.components()) {
                    write(json, component);
                }
                json.endArray();
                if (definition.output().isPresent()) {
                    json.name("output").value(Printer.print(definition.output().get()));
                }
            }
            strings(json, "forward", Printer.lines(definition.forward()));
            strings(json, "backward", Printer.lines(definition.backward()));
            json.name("derived").value(definition.derived());
            strings(json, "update", Printer.lines(definition.update()));
            strings(json, "init", definition.init());
            json.name("notes").value(definition.notes());
            json.endObject();
        });
    }

    private static void write(JsonWriter json, Component component) throws IOException {
        json.beginObject();
        json.name("name").value(component.name());
        json.name("layer").value(Printer.print(component.layer()));
        strings(json, "from", component.from().stream().map(Printer::print).toList());
        if (component.activation().isPresent()) {
            json.name("activation");
            write(json, component.activation().get());
        }
        json.name("settings").beginObject();
        for (Map.Entry<String, Expr> entry : component.settings().entrySet()) {
            json.name(entry.getKey()).value(setting(entry.getValue()));
        }
        json.endObject();
        json.endObject();
    }

    private static void write(JsonWriter json, String name, OptionType type) throws IOException {
        json.beginObject();
        json.name("name").value(name);
        json.name("type").value(Printer.print(new OptionType(type.alternatives(), Optional.empty())));
        if (type.standard().isPresent()) {
            json.name("default").value(Printer.printStandard(type.standard().get()));
        }
        json.endObject();
    }

    /** Writes lines of the notation, each as one string. */
    static void strings(JsonWriter json, String name, List<?> lines) throws IOException {
        json.name(name).beginArray();
        for (Object line : lines) {
            json.value(line.toString());
        }
        json.endArray();
    }
}
