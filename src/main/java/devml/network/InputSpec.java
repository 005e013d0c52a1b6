package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.tensor.Shape;
import devml.yaml.Fields;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An input of a network, with the source of its data.
 *
 * @param name its name
 * @param shape the shape to which the data are broadcast; if absent, they keep their own shape
 * @param data the source of its numbers
 * @param isCut whether it is cut into batches, if it has as many rows as there are samples
 * @param place where the network file names it
 */
public record InputSpec(String name, Optional<Shape> shape, DataSpec data, boolean isCut, Place place) {

    private static final String BATCH = "batch";

    /** Reads <code>x: {shape: [2, 3], data: x.npy}</code>, <code>x: {rand: [2, 3]}</code> or {@code x: x.npy}. */
    static InputSpec read(Entry entry, DataParser parser) {
        Names.require(entry.key(), entry.keyPlace());
        Node value = entry.required();
        InputSpec input = value instanceof Mapping mapping && !isBareData(mapping, parser)
                ? withShape(entry, mapping, parser)
                : new InputSpec(entry.key(), Optional.empty(), parser.read(value), true, entry.keyPlace());
        if (input.shape.isEmpty()
                && !(input.data instanceof DataSpec.FromFile)
                && input.data.ownShape().isEmpty()) {
            throw Fault.at(input.data.place(), "input '" + input.name + "' needs a shape for these data");
        }
        return input;
    }

    private static InputSpec withShape(Entry entry, Mapping mapping, DataParser parser) {
        String owner = "input '" + entry.key() + "'";
        List<String> allowed = Stream.concat(Stream.of("shape", "data", BATCH), parser.kinds().stream())
                .toList();
        Fields fields = Fields.of(owner, mapping, allowed);
        DataSpec data = parser.read(fields.required("data"));
        Fields.of(owner + " with 'data'", mapping, List.of("shape", "data", BATCH));
        boolean isCut = fields.optional(BATCH).map(Node::asBoolean).orElse(true);
        return new InputSpec(entry.key(), fields.optional("shape").map(Extents::read), data, isCut, entry.keyPlace());
    }

    /** Whether the mapping is itself the data, such as <code>{rand: [2, 3]}</code>, without a key {@code data}. */
    private static boolean isBareData(Mapping mapping, DataParser parser) {
        List<String> keys = mapping.entries().stream().map(Entry::key).toList();
        return !keys.contains("data") && keys.stream().anyMatch(parser.kinds()::contains);
    }
}
