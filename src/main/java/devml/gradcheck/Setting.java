package devml.gradcheck;

import devml.fault.Source;
import devml.layer.Binder;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Definition;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.yaml.Document;
import devml.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a layer can be bound to.
 *
 * @param options as a network file has them
 * @param shapes of the inputs that are there
 * @param booleans the inputs whose data are truth values
 * @param training whether the network is trained or evaluated
 */
record Setting(Map<String, String> options, Map<String, Shape> shapes, Set<String> booleans, boolean training) {

    /** @throws devml.fault.Fault if the options or shapes do not fit */
    BoundLayer bind(Definition definition) {
        String text = options.entrySet().stream()
                .map(option -> option.getKey() + ": " + option.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        Document document = Document.read(new Source("the options of " + definition.name(), text));
        Map<String, Node> nodes = new LinkedHashMap<>();
        document.root().asMapping().entries().forEach(entry -> nodes.put(entry.key(), entry.required()));
        return Binder.bind(
                definition,
                new Binder.Request(
                        definition.name(),
                        nodes,
                        shapes,
                        input -> booleans.contains(input) ? Kind.BOOLEAN : Kind.REAL,
                        Set.of(),
                        training,
                        document.source().place(0, text.length())),
                0);
    }

    /** The options and the shapes of the inputs of a bound layer. */
    static String describe(BoundLayer layer) {
        String shapes = layer.tensors(Role.INPUT).stream()
                .map(input -> input.input() + " " + input.shape())
                .collect(Collectors.joining(", "));
        String options = layer.options().entrySet().stream()
                .map(option -> option.getKey() + ": " + option.getValue())
                .collect(Collectors.joining(", "));
        return options.isEmpty() ? shapes : shapes + ", " + options;
    }

    /** Whether a tensor of the layer has been expanded by NumPy's rules. */
    static boolean isExpanded(BoundTensor input) {
        return !input.name().equals(input.input());
    }
}
