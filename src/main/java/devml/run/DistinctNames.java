package devml.run;

import devml.fault.Fault;
import devml.fault.Place;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.InputSpec;
import devml.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sees to it that no two things of a network have one name: gradients are called as inputs and parameters, values as
 * layers and buffers, and one would overwrite the other.
 */
final class DistinctNames {
    private final Map<String, String> taken = new LinkedHashMap<>();

    private DistinctNames() {}

    /** @throws Fault at the second of two things of one name */
    static void require(Network network) {
        DistinctNames names = new DistinctNames();
        for (BoundNode node : network.nodes()) {
            names.add(node.name(), "layer", "a layer", node.place());
            for (BoundTensor tensor : node.layer().tensors()) {
                if (tensor.role() == Role.PARAM || tensor.role() == Role.BUFFER) {
                    String what =
                            (tensor.role() == Role.PARAM ? "a parameter of '" : "a buffer of '") + node.name() + "'";
                    names.add(node.name() + "." + tensor.name(), "layer", what, node.place());
                }
            }
        }
        for (InputSpec input : network.file().inputs()) {
            names.add(input.name(), "input", "an input", input.place());
        }
    }

    private void add(String name, String owner, String what, Place place) {
        String other = taken.put(name, what);
        if (other != null) {
            throw Fault.at(place, "'%s' is already the name of %s; give this %s another".formatted(name, other, owner));
        }
    }
}
