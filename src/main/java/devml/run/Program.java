package devml.run;

import devml.equation.Statement;
import devml.layer.BoundTensor;
import devml.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What runs: the equations of all layers in order, over numbered tensors. What connects the layers are tensors that
 * share storage, and sums of gradients where several layers read one tensor.
 *
 * @param network whose equations these are
 * @param count how many tensors there are, numbered from 0
 * @param tensors those that the layers have
 * @param inputs the tensor of each network input
 * @param cotangent the tensor that holds the gradient of the network's output
 * @param sums the sizes of the tensors that sum gradients
 * @param shared tensors that are other names for earlier ones
 * @param forward the equations that compute the output
 * @param backward those that compute the gradients that are wanted, and nothing else
 * @param update those that update the buffers
 * @param gradients the tensor that holds the gradient of each parameter and input that is wanted and has one
 */
public record Program(
        Network network,
        int count,
        Map<Integer, BoundTensor> tensors,
        Map<String, Integer> inputs,
        int cotangent,
        Map<Integer, Integer> sums,
        Map<Integer, Integer> shared,
        List<Statement> forward,
        List<Statement> backward,
        List<Statement> update,
        Map<String, Integer> gradients) {

    /** All that runs, in order. */
    public List<Statement> statements() {
        return Stream.of(forward, backward, update).flatMap(List::stream).toList();
    }

    /**
     * Orders the equations of a network.
     *
     * @param gradients the parameters and network inputs whose gradients are wanted; with none, nothing runs backward
     * @throws devml.fault.Fault if a definition has no equation for a gradient that is needed
     */
    public static Program of(Network network, Set<String> gradients) {
        return new Linker(network, gradients).link();
    }
}
