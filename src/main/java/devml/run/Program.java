package devml.run;

import devml.equation.Statement;
import devml.layer.BoundTensor;
import devml.network.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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
 * @param converted inputs of layers that hold the same numbers as an earlier tensor, but as integers and not as real
 *     numbers, or the other way round
 * @param forward the equations that compute the output
 * @param backward those that compute the gradients that are wanted, and nothing else
 * @param update those that update the buffers
 * @param gradients the tensor that holds the gradient of each parameter and input that is wanted and has one
 * @param lifetimes of the tensors that nobody asks for when the program is done: they take room only while they are needed
 */
public record Program(
        Network network,
        int count,
        Map<Integer, BoundTensor> tensors,
        Map<String, Integer> inputs,
        int cotangent,
        Map<Integer, Integer> sums,
        Map<Integer, Integer> shared,
        Map<Integer, Integer> converted,
        List<Statement> forward,
        List<Statement> backward,
        List<Statement> update,
        Map<String, Integer> gradients,
        Lifetimes lifetimes) {

    /** All that runs, in order. */
    public List<Statement> statements() {
        return Stream.of(forward, backward, update).flatMap(List::stream).toList();
    }

    /** The tensor whose storage a tensor uses. */
    int root(int tensor) {
        int root = tensor;
        for (Integer next = shared.get(root); next != null; next = shared.get(root)) {
            root = next;
        }
        return root;
    }

    /** The tensors that the program makes room for. */
    Set<Integer> computed() {
        Set<Integer> computed = new LinkedHashSet<>();
        tensors.forEach((number, tensor) -> {
            if (!shared.containsKey(number) && !tensor.isGiven()) {
                computed.add(number);
            }
        });
        computed.addAll(sums.keySet());
        return computed;
    }

    /** The number of elements of a tensor that the program makes room for. */
    int size(int tensor) {
        return sums.containsKey(tensor)
                ? sums.get(tensor)
                : tensors.get(tensor).shape().size();
    }

    /** Whether a tensor that the program makes room for holds integers. */
    boolean isInteger(int tensor) {
        return tensors.containsKey(tensor) && tensors.get(tensor).integer();
    }

    /**
     * The same, of which only the gradients and the output remain, the buffers, and some of the values.
     *
     * @param values the outputs of layers that are to remain, by name
     */
    public Program keeping(Predicate<String> values) {
        Set<Integer> rest = computed();
        gradients.values().forEach(gradient -> rest.remove(root(gradient)));
        rest.remove(root(network.outputTensor().number()));
        network.divisor().ifPresent(divisor -> rest.remove(root(divisor.number())));
        network.nodes()
                .forEach(node -> network.values(node).forEach((name, output) -> {
                    if (values.test(name)) {
                        rest.remove(root(output.number()));
                    }
                }));
        return letting(rest);
    }

    /** What computes one tensor, which alone remains. */
    Program computing(BoundTensor tensor) {
        Set<Integer> needed = new HashSet<>(Set.of(root(tensor.number())));
        Deque<Statement> kept = new ArrayDeque<>();
        for (Statement statement : forward.reversed()) {
            if (statement.assignments().stream()
                    .anyMatch(e -> needed.contains(root(e.target().tensor())))) {
                kept.addFirst(statement);
                Lifetimes.tensors(statement).forEach(name -> needed.add(root(converted.getOrDefault(name, name))));
            }
        }
        Program program = running(List.copyOf(kept), List.of(), List.of(), Map.of(), lifetimes);
        Set<Integer> rest = computed();
        rest.remove(root(tensor.number()));
        return program.letting(rest);
    }

    /** The same, some of whose tensors take room only while they are needed. */
    Program letting(Set<Integer> passing) {
        Lifetimes passed = Lifetimes.of(statements(), shared.keySet(), converted, this::root, passing);
        return running(forward, backward, update, gradients, passed);
    }

    /** Other equations over the same tensors. */
    private Program running(
            List<Statement> first,
            List<Statement> second,
            List<Statement> last,
            Map<String, Integer> wanted,
            Lifetimes lives) {
        return new Program(
                network, count, tensors, inputs, cotangent, sums, shared, converted, first, second, last, wanted,
                lives);
    }

    /**
     * Orders the equations of a network.
     *
     * @param gradients the parameters and network inputs whose gradients are wanted; with none, nothing runs backward
     * @return a program all of whose tensors remain
     * @throws devml.fault.Fault if a definition has no equation for a gradient that is needed
     */
    public static Program of(Network network, Set<String> gradients) {
        return new Linker(network, gradients).link();
    }
}
