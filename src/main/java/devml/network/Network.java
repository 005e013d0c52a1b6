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
 * A network whose layers are bound to the shapes of its inputs, ready to be run.
 *
 * @param file the file that it was read from
 * @param inputs the shape of each network input
 * @param nodes the layers in the order in which they run; the loss, if there is one, is the last
 * @param output the node whose output is the network's: the loss, or the last layer in the file
 * @param outputName the name of that output
 * @param composed for each layer that is made of layers, the name of the value that is its output
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
     * @param inputs the shape of each input, for one batch
     * @throws Fault if a layer is unknown, or if its options or the shapes of its inputs do not fit its definition
     */
    public static Network bind(NetworkFile file, Map<String, Shape> inputs) {
        List<Definition> own =
                file.definitions().stream().map(Network::definition).toList();
        readDefinitions(file);
        return bind(file, inputs, new Catalogue(own));
    }

    /**
     * Loads the definitions that the network file names and that ship with devml, several at a time, so that binding
     * finds them loaded. Unknown names are ignored here.
     */
    public static void readDefinitions(NetworkFile file) {
        Catalogue.read(Stream.concat(file.layers().stream(), file.loss().stream())
                .flatMap(layer ->
                        Stream.concat(Stream.of(layer.layer()), layer.activation().map(Activation::layer).stream()))
                .collect(Collectors.toSet()));
    }

    /**
     * Binds a network file like {@link #bind(NetworkFile, Map)}, but with definitions that have been read already,
     * instead of those that the file names.
     */
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
     * Binds a network file to a part of the samples: if the output is a mean made by {@code reduce}, it is left as a
     * sum, and the divisor of the mean is an output of its own.
     */
    public static Network bindPart(NetworkFile file, Map<String, Shape> inputs) {
        String output = bind(file, inputs).output().name();
        List<Definition> own =
                file.definitions().stream().map(Network::definition).toList();
        return new Binding(file, inputs, new Catalogue(own), Optional.of(output)).bind();
    }

    /**
     * If the network is bound to a part of the samples, the divisor of the mean that its output would be over all
     * samples.
     */
    public Optional<BoundTensor> divisor() {
        return output.layer().divisor(output.output());
    }

    /** Returns the node with a name; {@code conv.relu} is the activation of {@code conv}. */
    public Optional<BoundNode> node(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** The tensor that is the network's output. */
    public BoundTensor outputTensor() {
        return output.outputs().get(outputName);
    }

    /**
     * The outputs of a node by all names that stand for them, including those of the composed layers whose output they
     * are.
     */
    public Map<String, BoundTensor> values(BoundNode node) {
        Map<String, BoundTensor> values = new LinkedHashMap<>(node.outputs());
        composed.forEach((name, value) -> {
            if (node.outputs().containsKey(value)) {
                values.put(name, node.outputs().get(value));
            }
        });
        return values;
    }

    /**
     * The parameters, or the buffers, of all layers, under the names that a network file uses: {@code conv.weight}.
     */
    public Map<String, BoundTensor> parameters(Role role) {
        Map<String, BoundTensor> parameters = new LinkedHashMap<>();
        for (BoundNode node : nodes) {
            node.layer().tensors(role).forEach(tensor -> parameters.put(node.name() + "." + tensor.name(), tensor));
        }
        return parameters;
    }

    /** The tensors that are drawn anew for each batch, such as {@code drop.mask}. */
    public Map<String, BoundTensor> drawn() {
        Map<String, BoundTensor> drawn = new LinkedHashMap<>();
        for (BoundNode node : nodes) {
            node.layer().tensors(Role.LOCAL).stream()
                    .filter(tensor -> tensor.start().isPresent())
                    .forEach(tensor -> drawn.put(node.name() + "." + tensor.name(), tensor));
        }
        return drawn;
    }

    /** The number of tensors of all layers; they are numbered from 0. */
    public int tensorCount() {
        return nodes.stream().mapToInt(node -> node.layer().tensors().size()).sum();
    }
}
