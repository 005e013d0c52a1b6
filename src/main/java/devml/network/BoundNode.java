package devml.network;

import devml.fault.Place;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import java.util.LinkedHashMap;
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

    /** The tensor that other layers read by the layer's name: its first output. */
    public BoundTensor output() {
        return layer.tensors(Role.OUTPUT).getFirst();
    }

    /**
     * What the layer puts out, by the names that other layers read: the first output by the layer's, any other by its
     * own behind that, as {@code lstm.h_n}; of a family by its number, as {@code split.1}.
     */
    public Map<String, BoundTensor> outputs() {
        Map<String, BoundTensor> outputs = new LinkedHashMap<>();
        for (BoundTensor output : layer.tensors(Role.OUTPUT)) {
            outputs.put(outputs.isEmpty() ? name() : fullName(output), output);
        }
        return outputs;
    }

    /** The name that an output has even if it is the first. */
    String fullName(BoundTensor output) {
        return name() + "." + output.name().substring(output.name().indexOf('.') + 1);
    }
}
