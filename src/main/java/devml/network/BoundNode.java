package devml.network;

import devml.fault.Place;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer of a bound network, with what it reads.
 *
 * @param layer the equations and tensors of the layer
 * @param reads for each of its inputs, by its name in the definition, the network input or the layer that it reads
 * @param place where the layer stands in the network file
 */
public record BoundNode(BoundLayer layer, Map<String, String> reads, Place place) {

    /** The name of the layer, which is also that of its output. */
    public String name() {
        return layer.name();
    }

    /** The tensor that other layers read by the layer's name: its first output. */
    public BoundTensor output() {
        return layer.tensors(Role.OUTPUT).getFirst();
    }

    /**
     * The outputs of the layer, by the names under which other layers read them: the first by the layer's name, any
     * other by the layer's name and its own, such as {@code lstm.h_n}; the outputs of a family are numbered, as in
     * {@code split.1}.
     */
    public Map<String, BoundTensor> outputs() {
        Map<String, BoundTensor> outputs = new LinkedHashMap<>();
        for (BoundTensor output : layer.tensors(Role.OUTPUT)) {
            outputs.put(outputs.isEmpty() ? name() : fullName(output), output);
        }
        return outputs;
    }

    /** The full name of an output, which the first one has besides the layer's name. */
    String fullName(BoundTensor output) {
        return name() + "." + output.name().substring(output.name().indexOf('.') + 1);
    }
}
