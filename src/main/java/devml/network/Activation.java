package devml.network;

import devml.fault.Place;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.util.List;

/**
 * A layer without parameters that follows another one and takes its name: whatever reads the layer reads the
 * activation's output.
 *
 * @param layer the name of its definition
 * @param options everything else that was given
 * @param place the name of the definition in the network file
 * @param node the whole, which is an option's value where the layer before has an option of that name
 */
public record Activation(String layer, List<Entry> options, Place place, Node node) {

    /** Reads {@code relu} or <code>{layer: leaky_relu, negative_slope: 0.1}</code>. */
    static Activation read(Node node) {
        LayerSpec.Use use = LayerSpec.Use.read("an activation", node, List.of());
        return new Activation(use.layer(), use.rest(), use.place(), node);
    }
}
