package devml.run;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.Network;
import devml.tensor.Rows;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the tensors of a network are asked for.
 *
 * @param gradients the parameters and network inputs whose gradients are, in the order of the network
 * @param values the layers and buffers whose values are, likewise
 */
public record Selection(Set<String> gradients, Set<String> values) {

    /** Stands for all values. */
    public static final String ALL = "all";

    /**
     * The gradients that are asked for, and what else is.
     *
     * @param inputGradients as for {@link #gradients}
     * @param values names of layers and buffers, or {@link #ALL}
     * @throws Fault if there is no such layer or buffer
     */
    public static Selection of(Network network, boolean inputGradients, List<String> values) {
        return new Selection(gradients(network, inputGradients), values(network, values));
    }

    /**
     * What there are gradients of: all parameters, and the inputs where they are wanted too, or where there is no
     * parameter: else a run would yield nothing. Those of inputs of integers are nowhere made.
     */
    public static Set<String> gradients(Network network, boolean inputGradients) {
        Set<String> gradients = Runner.parameters(network);
        if (inputGradients || gradients.isEmpty()) {
            gradients.addAll(network.inputs().keySet());
        }
        return gradients;
    }

    /**
     * No gradients: what the network puts out, which is what its loss reads if it has one, and what is asked for
     * besides.
     */
    public static Selection forwardOnly(Network network, List<String> values) {
        Set<String> all = values(network);
        Set<String> chosen = values(network, values);
        Stream<String> output = network.file().loss().isPresent()
                ? network.output().reads().values().stream()
                : Stream.of(network.outputName());
        output.filter(all::contains).forEach(chosen::add);
        return new Selection(Set.of(), chosen);
    }

    private static Set<String> values(Network network, List<String> names) {
        Set<String> all = values(network);
        for (String name : names) {
            if (!name.equals(ALL) && !all.contains(name)) {
                throw Fault.of("the network has no layer or buffer '" + name + "' whose values could be written"
                        + Nearest.hint(name, all));
            }
        }
        Set<String> chosen = new LinkedHashSet<>(all);
        if (!names.contains(ALL)) {
            chosen.retainAll(names);
        }
        return chosen;
    }

    /** The names of all values, as {@link Runner.Result} has them. */
    private static Set<String> values(Network network) {
        Set<String> names = new LinkedHashSet<>();
        for (BoundNode node : network.nodes()) {
            names.addAll(network.values(node).keySet());
            node.layer().tensors(Role.BUFFER).forEach(buffer -> names.add(node.name() + "." + buffer.name()));
        }
        return names;
    }

    /** Takes what is asked for from what came out. Inputs of integers have no gradients. */
    public Outputs from(Runner.Result result) {
        return from(result, Map.of(), Map.of(), List.of());
    }

    /**
     * @param spooled what came out besides, by the names of its files
     * @param bounds of everything, likewise
     * @param files what holds the spooled ones
     */
    Outputs from(Runner.Result result, Map<String, Rows> spooled, Map<String, Rows> bounds, List<Path> files) {
        return new Outputs(
                picked(result.gradients(), spooled, Outputs.GRADIENTS, gradients),
                picked(result.values(), spooled, Outputs.VALUES, values),
                bounds,
                result.loss(),
                files);
    }

    /** What is proven of each: the nearest numbers, and as NAME.radius how far from these the exact ones may be. */
    public Outputs from(Proof proof) {
        return new Outputs(
                proven(proof, "", gradients),
                proven(proof, ProvenBatch.VALUES, values),
                Map.of(),
                Optional.ofNullable(proof.tensors().get(Piece.LOSS)).map(Enclosure::midpoint),
                List.of());
    }

    private static Map<String, Rows> proven(Proof proof, String prefix, Set<String> names) {
        Map<String, Rows> proven = new LinkedHashMap<>();
        for (String name : names) {
            Enclosure enclosure = proof.tensors().get(prefix + name);
            if (enclosure != null) {
                proven.put(name, Rows.of(enclosure.midpoint()));
                proven.put(name + ".radius", Rows.of(enclosure.distance()));
            }
        }
        return proven;
    }

    private static Map<String, Rows> picked(
            Map<String, Tensor> tensors, Map<String, Rows> spooled, String kind, Set<String> names) {
        Map<String, Rows> picked = new LinkedHashMap<>();
        for (String name : names) {
            String file = kind + "/" + name;
            if (tensors.containsKey(name)) {
                picked.put(name, Rows.of(tensors.get(name)));
            } else if (spooled.containsKey(file)) {
                picked.put(name, spooled.get(file));
            }
        }
        return picked;
    }
}
