package devml.network;

import devml.fault.Place;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import java.util.Map;

/**
 * A layer in a bound network.
 *
 * @param layer its equations and tensors
 * @param reads for each of its inputs, by the definition's name, the network input or the layer that it reads
 * @param place where it stands in the network file
 */
public record BoundNode(BoundLayer layer, Map<String, String> reads, Place place) {

    /** Its name, which is also that of its output. */
    public String name() {
        return layer.name();
    }

    /** The tensor that other layers read. */
    public BoundTensor output() {
        return layer.tensors(Role.OUTPUT).getFirst();
    }
}
