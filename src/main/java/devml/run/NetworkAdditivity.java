package devml.run;

import devml.layer.BoundEquation;
import devml.layer.BoundTensor;
import devml.network.BoundNode;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How what layers put out depends on the samples. That a layer whose output has rows for samples makes each of its own
 * sample alone is taken for granted, but for the network's output: one that looks at a whole batch sees one batch at a time.
 */
final class NetworkAdditivity {
    private final Network few;
    private final Network more;
    private final Set<String> reached;

    private NetworkAdditivity(Network few, Network more, Set<String> reached) {
        this.few = few;
        this.more = more;
        this.reached = reached;
    }

    /**
     * Binds the network to two numbers of samples.
     *
     * @param isPart whether a mean is to be left as a sum
     * @throws devml.fault.Fault if it takes no such numbers of samples
     */
    static NetworkAdditivity of(NetworkFile file, Batches batches, boolean isPart) {
        Map<String, Shape> few = batches.shapesOf(Dependence.FEW);
        Map<String, Shape> more = batches.shapesOf(Dependence.MORE);
        Network network = isPart ? Network.bindPart(file, few) : Network.bind(file, few);
        Set<String> reached = new HashSet<>(batches.cut());
        for (BoundNode node : network.nodes()) {
            if (node.reads().values().stream().anyMatch(reached::contains)) {
                reached.addAll(node.outputs().keySet());
            }
        }
        return new NetworkAdditivity(
                network, isPart ? Network.bindPart(file, more) : Network.bind(file, more), reached);
    }

    /** Bound to the smaller number of samples. */
    Network network() {
        return few;
    }

    /** The names of what layers put out that have a row for each sample. */
    Set<String> rows() {
        Set<String> rows = rows(few, Dependence.FEW);
        rows.retainAll(rows(more, Dependence.MORE));
        return rows;
    }

    /** The names of what the layers of a network put out whose first extent is the number of samples. */
    static Set<String> rows(Network network, int samples) {
        return network.nodes().stream()
                .flatMap(node -> network.values(node).entrySet().stream())
                .filter(value -> Batches.hasSamples(value.getValue().shape(), samples))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How the network's output depends on them: of a loss as its equations say, of what has rows by its shape. */
    Held output() {
        return few.file().loss().isPresent()
                ? made(few.output(), more.output()).get(few.outputTensor().number())
                : held(few.outputName());
    }

    /** Likewise what its mean divides by, if it is left as a sum. */
    Optional<Held> divisor() {
        return few.divisor().map(divisor -> made(few.output(), more.output()).get(divisor.number()));
    }

    private Held held(String source) {
        List<Integer> some = dims(few, source);
        List<Integer> others = dims(more, source);
        if (!reached.contains(source)) {
            return Held.SHARED;
        }
        if (!some.equals(others)) {
            return Held.rows(some, others).orElse(Held.OTHER);
        }
        for (int i = 0; i < few.nodes().size(); i++) {
            BoundTensor output = few.nodes().get(i).outputs().get(source);
            if (output != null) {
                return made(few.nodes().get(i), more.nodes().get(i)).get(output.number());
            }
        }
        return Held.OTHER;
    }

    private static List<Integer> dims(Network network, String source) {
        if (network.inputs().containsKey(source)) {
            return network.inputs().get(source).dims();
        }
        return network.nodes().stream()
                .filter(node -> node.outputs().containsKey(source))
                .findFirst()
                .orElseThrow()
                .outputs()
                .get(source)
                .shape()
                .dims();
    }

    /** The tensors of a layer, by number. */
    private Map<Integer, Held> made(BoundNode node, BoundNode other) {
        Map<Integer, Held> tensors = new HashMap<>();
        List<BoundTensor> declared = node.layer().tensors();
        for (int i = 0; i < Math.min(declared.size(), other.layer().tensors().size()); i++) {
            BoundTensor tensor = declared.get(i);
            if (tensor.isGiven()) {
                tensors.put(
                        tensor.number(),
                        given(node, tensor, other.layer().tensors().get(i)));
            }
        }
        new Additivity(tensors)
                .follow(
                        BoundEquation.statements(node.layer().forward()),
                        BoundEquation.statements(other.layer().forward()));
        return tensors;
    }

    private Held given(BoundNode node, BoundTensor tensor, BoundTensor other) {
        List<Integer> some = tensor.shape().dims();
        List<Integer> others = other.shape().dims();
        return switch (tensor.role()) {
            case INPUT -> held(node.reads().get(tensor.input()));
            case PARAM, BUFFER, LOCAL, OUTPUT, GRADIENT ->
                some.equals(others) ? Held.SHARED : Held.rows(some, others).orElse(Held.OTHER);
        };
    }
}
