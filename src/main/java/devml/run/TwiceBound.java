package devml.run;

import devml.layer.BoundEquation;
import devml.layer.BoundTensor;
import devml.network.BoundNode;
import devml.network.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network bound to two numbers of samples: where the two differ, it is by the samples.
 *
 * @param reached the names of what depends on the samples
 */
record TwiceBound(Network few, Network more, Samples samples, Set<String> reached) {

    /**
     * Whether the layers that make the outputs have the same tensors. For one sample they may not: an input that has one
     * row for all samples is expanded to theirs unless there is one.
     */
    boolean isAlike() {
        return names(few).equals(names(more));
    }

    private static List<String> names(Network network) {
        return network.output().layer().tensors().stream()
                .map(BoundTensor::name)
                .toList();
    }

    /** How the network's output depends on the samples. */
    TensorDependence output() {
        return few.file().loss().isPresent() ? ofOutput(few.outputTensor()) : held(few.outputName());
    }

    /** How a tensor of the layer that makes the output does. */
    TensorDependence ofOutput(BoundTensor tensor) {
        return made(few.output(), more.output()).get(tensor.number());
    }

    private TensorDependence held(String source) {
        List<Integer> some = dims(few, source);
        List<Integer> others = dims(more, source);
        if (!reached.contains(source)) {
            return TensorDependence.SHARED;
        }
        if (!some.equals(others)) {
            return TensorDependence.rows(some, others, samples).orElse(TensorDependence.OTHER);
        }
        for (int i = 0; i < few.nodes().size(); i++) {
            BoundTensor output = few.nodes().get(i).outputs().get(source);
            if (output != null) {
                return made(few.nodes().get(i), more.nodes().get(i)).get(output.number());
            }
        }
        return TensorDependence.OTHER;
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
    private Map<Integer, TensorDependence> made(BoundNode node, BoundNode other) {
        Map<Integer, TensorDependence> tensors = new HashMap<>();
        List<BoundTensor> declared = node.layer().tensors();
        for (int i = 0; i < Math.min(declared.size(), other.layer().tensors().size()); i++) {
            BoundTensor tensor = declared.get(i);
            if (tensor.isGiven()) {
                tensors.put(
                        tensor.number(),
                        given(node, tensor, other.layer().tensors().get(i)));
            }
        }
        new Additivity(tensors, samples)
                .follow(
                        BoundEquation.statements(node.layer().forward()),
                        BoundEquation.statements(other.layer().forward()));
        return tensors;
    }

    private TensorDependence given(BoundNode node, BoundTensor tensor, BoundTensor other) {
        List<Integer> some = tensor.shape().dims();
        List<Integer> others = other.shape().dims();
        return switch (tensor.role()) {
            case INPUT -> held(node.reads().get(tensor.input()));
            case PARAM, BUFFER, LOCAL, OUTPUT, GRADIENT ->
                some.equals(others)
                        ? TensorDependence.SHARED
                        : TensorDependence.rows(some, others, samples).orElse(TensorDependence.OTHER);
        };
    }
}
