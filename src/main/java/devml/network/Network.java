package devml.network;

import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Catalogue;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.tensor.Shape;
import devml.yaml.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network whose layers are bound to the shapes of its inputs.
 *
 * @param file what it was read from
 * @param inputs the shape of each network input
 * @param nodes the layers in the order in which they run; the loss, if there is one, is the last
 * @param output the node whose output is the network's: the loss, or the last layer in the file
 * @param outputName the name of that output
 * @param composed for each layer that is made of layers, the name of what it puts out
 */
public record Network(
        NetworkFile file,
        Map<String, Shape> inputs,
        List<BoundNode> nodes,
        BoundNode output,
        String outputName,
        Map<String, String> composed) {
    public Network {
        nodes = List.copyOf(nodes);
    }

    /**
     * Binds a network file.
     *
     * @param inputs the shape of each input, of one batch
     * @throws Fault if a layer is unknown, or its options or the shapes that it gets do not fit it
     */
    public static Network bind(NetworkFile file, Map<String, Shape> inputs) {
        List<Definition> own =
                file.definitions().stream().map(Network::definition).toList();
        readDefinitions(file);
        return bind(file, inputs, new Catalogue(own));
    }

    /** Reads the definitions that ship and that a network file names, several at a time; unknown names do not matter here. */
    public static void readDefinitions(NetworkFile file) {
        Catalogue.read(Stream.concat(file.layers().stream(), file.loss().stream())
                .flatMap(layer ->
                        Stream.concat(Stream.of(layer.layer()), layer.activation().map(Activation::layer).stream()))
                .collect(Collectors.toSet()));
    }

    /** As {@link #bind(NetworkFile, Map)}, with definitions that have been read already, whatever the file names. */
    public static Network bind(NetworkFile file, Map<String, Shape> inputs, Catalogue catalogue) {
        return new Binding(file, inputs, catalogue, Optional.empty()).bind();
    }

    private static Definition definition(FileName name) {
        try {
            return DefinitionReader.read(Document.read(name.path()));
        } catch (Fault fault) {
            throw fault.within(name.place());
        }
    }

    /**
     * Binds a network file to a part of the samples: if the output is a mean that {@code reduce} makes, it is left as a
     * sum, with what it divides by beside it.
     */
    public static Network bindPart(NetworkFile file, Map<String, Shape> inputs) {
        String output = bind(file, inputs).output().name();
        List<Definition> own =
                file.definitions().stream().map(Network::definition).toList();
        return new Binding(file, inputs, new Catalogue(own), Optional.of(output)).bind();
    }

    /** What the mean that the output would be of all samples divides by, if the network is bound to a part of them. */
    public Optional<BoundTensor> divisor() {
        return output.layer().divisor(output.output());
    }

    /** The node of a name; {@code conv.relu} is the activation of {@code conv}. */
    public Optional<BoundNode> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The tensor that is the network's output. */
    public BoundTensor outputTensor() {
        return output.outputs().get(outputName);
    }

    /** What a layer puts out, by the names that stand for it, those of layers that are made of this one included. */
    public Map<String, BoundTensor> values(BoundNode node) {
        Map<String, BoundTensor> values = new LinkedHashMap<>(node.outputs());
        composed.forEach((name, value) -> {
            if (node.outputs().containsKey(value)) {
                values.put(name, node.outputs().get(value));
            }
        });
        return values;
    }

    /** Every parameter and buffer under the name that a network file gives it: {@code conv.weight}. */
    public Map<String, BoundTensor> parameters(Role role) {
        Map<String, BoundTensor> parameters = new LinkedHashMap<>();
        for (BoundNode node : nodes) {
            node.layer().tensors(role).forEach(tensor -> parameters.put(node.name() + "." + tensor.name(), tensor));
        }
        return parameters;
    }

    /** Every tensor that is drawn anew for each batch: {@code drop.mask}. */
    public Map<String, BoundTensor> drawn() {
        Map<String, BoundTensor> drawn = new LinkedHashMap<>();
        for (BoundNode node : nodes) {
            node.layer().tensors(Role.LOCAL).stream()
                    .filter(tensor -> tensor.start().isPresent())
                    .forEach(tensor -> drawn.put(node.name() + "." + tensor.name(), tensor));
        }
        return drawn;
    }

    /** How many tensors the layers have, which are numbered from 0. */
    public int tensorCount() {
        return nodes.stream().mapToInt(node -> node.layer().tensors().size()).sum();
    }
}
