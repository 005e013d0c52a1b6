package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layers of a network and the loss on top of them, in an order in which they can be computed.
 *
 * @param layers each after those that it reads
 * @param loss the loss, if there is one
 */
record Graph(List<LayerSpec> layers, Optional<LayerSpec> loss) {

    /**
     * Reads the layers and the loss.
     *
     * @param inputs the inputs of the network, at least one
     * @throws Fault if names clash, if a name is read that does not exist, or if layers read each other in a circle
     */
    static Graph read(List<InputSpec> inputs, List<Entry> layerEntries, Optional<Entry> lossEntry) {
        Set<String> names = new LinkedHashSet<>();
        for (InputSpec input : inputs) {
            if (input.name().equals(LayerSpec.LOSS)) {
                throw Fault.at(input.place(), "the name 'loss' is kept for the loss; give this input another");
            }
            names.add(input.name());
        }
        Reference above =
                new Reference(inputs.getFirst().name(), inputs.getFirst().place());
        List<LayerSpec> layers = new ArrayList<>();
        for (Entry entry : layerEntries) {
            Names.require(entry.key(), entry.keyPlace());
            if (entry.key().equals(LayerSpec.LOSS)) {
                throw Fault.at(entry.keyPlace(), "the name 'loss' is kept for the loss; give this layer another");
            }
            if (!names.add(entry.key())) {
                throw Fault.at(
                        entry.keyPlace(), "'" + entry.key() + "' is an input already; give this layer another name");
            }
            layers.add(LayerSpec.read(entry, above));
            above = new Reference(entry.key(), entry.keyPlace());
        }
        Reference last = above;
        Optional<LayerSpec> loss = lossEntry.map(entry -> LayerSpec.read(entry, last));
        layers.forEach(layer -> requireKnown(layer, names));
        loss.ifPresent(spec -> requireKnown(spec, names));
        loss.flatMap(LayerSpec::activation).ifPresent(activation -> {
            throw Fault.at(activation.place(), "no activation can follow a loss");
        });
        Set<String> inputNames = inputs.stream().map(InputSpec::name).collect(Collectors.toSet());
        return new Graph(Order.of(layers, inputNames, LayerSpec::reads), loss);
    }

    private static void requireKnown(LayerSpec layer, Set<String> names) {
        for (Reference read : layer.reads()) {
            if (read.owner(names).isEmpty()) {
                throw Fault.at(
                        read.place(),
                        "'" + layer.name() + "' reads '" + read.name() + "', which is neither an input nor a layer"
                                + Nearest.hint(read.name(), names));
            }
        }
    }
}
