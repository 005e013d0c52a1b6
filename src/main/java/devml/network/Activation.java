package devml.network;

import devml.fault.Place;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.util.List;

/**
 * An activation written at a layer: a layer without parameters that follows that layer and takes its name, so that
 * whatever reads the layer reads the activation's output.
 *
 * @param layer the name of the activation's definition
 * @param options everything else that was given
 * @param place where the network file names the definition
 * @param node the whole setting; if the layer itself has an option {@code activation}, this is its value
 */
public record Activation(String layer, List<Entry> options, Place place, Node node) {

    /** Reads {@code relu} or <code>{layer: leaky_relu, negative_slope: 0.1}</code>. */
    static Activation read(Node node) {
        LayerSpec.Use use = LayerSpec.Use.read("an activation", node, List.of());
        return new Activation(use.layer(), use.rest(), use.place(), node);
    }
}
