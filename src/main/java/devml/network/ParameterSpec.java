package devml.network;

import devml.fault.Place;
import devml.yaml.Node.Entry;

/**
 * What a parameter or a buffer is set to.
 *
 * @param name {@code LAYER.TENSOR}
 * @param place its name in the network file
 */
public record ParameterSpec(String name, DataSpec data, Place place) {

    static ParameterSpec read(Entry entry, DataParser parser) {
        return new ParameterSpec(
                Names.require(entry.key(), entry.keyPlace()), parser.read(entry.required()), entry.keyPlace());
    }
}
