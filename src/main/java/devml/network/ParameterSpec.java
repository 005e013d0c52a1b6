package devml.network;

import devml.fault.Place;
import devml.yaml.Node.Entry;

/**
 * The value that the network file gives to a parameter or a buffer.
 *
 * @param name {@code LAYER.TENSOR}
 * @param data the source of its numbers
 * @param place where the network file names it
 */
public record ParameterSpec(String name, DataSpec data, Place place) {

    static ParameterSpec read(Entry entry, DataParser parser) {
        return new ParameterSpec(
                Names.require(entry.key(), entry.keyPlace()), parser.read(entry.required()), entry.keyPlace());
    }
}
