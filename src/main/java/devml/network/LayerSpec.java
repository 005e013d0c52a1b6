package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.yaml.Fields;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import devml.yaml.Node.Scalar;
import java.util.List;
import java.util.Optional;

/**
 * A layer as the network file gives it, before it is checked against its definition.
 *
 * @param name its name in the network; {@code loss} for the loss
 * @param layer the name of its definition
 * @param layerPlace where the network file names the definition
 * @param from what it reads, if given, in the order of its definition's inputs
 * @param above what it reads otherwise: the layer above it in the file, or the first input if it is the first layer
 * @param activation the activation that follows it
 * @param options all other settings: options, and inputs by their names in the definition
 * @param place where the network file names the layer
 */
public record LayerSpec(
        String name,
        String layer,
        Place layerPlace,
        Optional<List<Reference>> from,
        Reference above,
        Optional<Activation> activation,
        List<Entry> options,
        Place place) {

    public static final String LOSS = "loss";

    /** What the layer reads by order: {@code from}, or the layer above. */
    public List<Reference> reads() {
        return from.orElse(List.of(above));
    }

    /** Reads <code>conv: {layer: conv2d, out_channels: 2}</code> or {@code flat: flatten}. */
    static LayerSpec read(Entry entry, Reference above) {
        Use use = Use.read("'" + entry.key() + "'", entry.required(), List.of("from", "activation"));
        return new LayerSpec(
                entry.key(),
                use.layer,
                use.place,
                use.fields.flatMap(f -> f.optional("from")).map(LayerSpec::references),
                above,
                use.fields.flatMap(f -> f.optional("activation")).map(Activation::read),
                use.rest,
                entry.keyPlace());
    }

    private static List<Reference> references(Node from) {
        List<Node> items = from instanceof Scalar ? List.of(from) : from.asList();
        if (items.isEmpty()) {
            throw Fault.at(from.place(), "'from' names at least one input or layer");
        }
        return items.stream()
                .map(item -> new Reference(item.asText(), item.place()))
                .toList();
    }

    /** The use of a definition: its name and the settings for it. */
    record Use(String layer, Place place, Optional<Fields> fields, List<Entry> rest) {

        /**
         * Reads <code>{layer: NAME, …}</code> or {@code NAME}.
         *
         * @param known the keys besides {@code layer} that mean the same for every definition; they are not part of
         *     {@code rest}
         */
        static Use read(String owner, Node node, List<String> known) {
            if (!(node instanceof Mapping mapping)) {
                return new Use(node.asText(), node.place(), Optional.empty(), List.of());
            }
            Fields fields = new Fields(owner, mapping);
            Node layer = fields.required("layer");
            List<Entry> rest = mapping.entries().stream()
                    .filter(e -> !e.key().equals("layer") && !known.contains(e.key()))
                    .toList();
            return new Use(layer.asText(), layer.place(), Optional.of(fields), rest);
        }
    }
}
