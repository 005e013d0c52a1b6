package devml.run;

import devml.equation.View;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.Network;
import devml.oracle.Enclosed;
import devml.oracle.Kink;
import devml.oracle.OracleNumbers;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A batch to be evaluated in balls.
 *
 * @param number the batch, from 0
 * @param program bound to its shapes
 * @param parameters and buffers, and what is drawn for it
 */
record ProvenBatch(
        Workload workload, int number, Program program, Workload.Batch data, Map<String, Tensor> parameters) {
    static final String VALUES = Outputs.VALUES + "/";

    /** What the mean divides by that the loss is left as the sum of; no layer is called so. */
    static final String DIVISOR = "/divisor";

    /**
     * What came out.
     *
     * @param tensors gradients by the names of parameters and inputs, {@code values/NAME} of layers, {@code loss}
     * @param buffers as they were updated, by their names
     * @param open the comparisons that are open, in the order of their numbers
     * @param near those that are not, of numbers within the distance that was asked for
     */
    record Result(
            Map<String, Enclosed> tensors,
            Map<String, Enclosed> buffers,
            List<OpenComparison> open,
            List<OpenComparison> near) {}

    /** Reads its data. */
    static ProvenBatch of(Workload workload, Set<String> wanted, int number) {
        Network network = workload.bound(number);
        Map<String, Tensor> parameters = new HashMap<>(workload.parameters());
        parameters.putAll(workload.draws(network, number));
        return new ProvenBatch(workload, number, Program.of(network, wanted), workload.batch(number), parameters);
    }

    /**
     * Evaluates it.
     *
     * @param first the number of the first open comparison
     * @param left the buffers as the batch before left them; those of the workload, if there are none
     */
    Result run(double distance, int first, Map<String, Enclosed> left) {
        OracleNumbers numbers = new OracleNumbers(workload.dtype(), program.count(), distance, first);
        forEachBuffer((name, buffer) -> Optional.ofNullable(left.get(name))
                .ifPresent(numbersLeft -> numbers.carry(buffer.number(), numbersLeft)));
        Execution.run(
                program, new ReferenceEvaluator(numbers, program.count()), data.inputs(), parameters, data.cotangent());
        Map<String, Enclosed> tensors = new LinkedHashMap<>();
        program.gradients().forEach((name, tensor) -> tensors.put(name, numbers.enclosed(tensor, shape(name))));
        for (BoundNode node : program.network().nodes()) {
            program.network().values(node).forEach((name, output) -> {
                if (!output.integer()) {
                    tensors.put(VALUES + name, numbers.enclosed(output.number(), output.shape()));
                }
            });
        }
        if (program.network().file().loss().isPresent()) {
            BoundTensor loss = program.network().outputTensor();
            tensors.put(Piece.LOSS, numbers.enclosed(loss.number(), loss.shape()));
        }
        program.network()
                .divisor()
                .ifPresent(divisor -> tensors.put(DIVISOR, numbers.enclosed(divisor.number(), divisor.shape())));
        Map<String, Enclosed> buffers = new LinkedHashMap<>();
        forEachBuffer((name, buffer) -> buffers.put(name, numbers.enclosed(buffer.number(), buffer.shape())));
        return new Result(
                tensors, buffers, numbers.kinks().stream().map(this::comparison).toList(), near(numbers));
    }

    private void forEachBuffer(BiConsumer<String, BoundTensor> seen) {
        for (BoundNode node : program.network().nodes()) {
            node.layer().tensors(Role.BUFFER).forEach(buffer -> seen.accept(node.name() + "." + buffer.name(), buffer));
        }
    }

    private Shape shape(String name) {
        Network network = program.network();
        return network.inputs().containsKey(name)
                ? network.inputs().get(name)
                : network.parameters(Role.PARAM).get(name).shape();
    }

    /** Forward and backward equations ask the same: what a layer compares is listed once. */
    private List<OpenComparison> near(OracleNumbers numbers) {
        Map<List<Object>, OpenComparison> distinct = new LinkedHashMap<>();
        for (Kink kink : numbers.near()) {
            OpenComparison comparison = comparison(kink);
            distinct.putIfAbsent(
                    List.of(comparison.layer(), comparison.index(), comparison.left(), comparison.right()), comparison);
        }
        return List.copyOf(distinct.values());
    }

    private OpenComparison comparison(Kink kink) {
        View target = kink.equation().target();
        BoundTensor tensor = program.tensors().get(target.tensor());
        return new OpenComparison(
                workload.batches() > 1 ? OptionalInt.of(number + 1) : OptionalInt.empty(),
                layer(target.tensor()),
                tensor.name(),
                tensor.shape().index(kink.offset()),
                kink.equation().place(),
                kink.relation(),
                kink.left().mid().hi(),
                kink.right().mid().hi(),
                kink.isTie(),
                kink.holds(),
                Map.of());
    }

    private String layer(int tensor) {
        return program.network().nodes().stream()
                .filter(node -> node.layer().tensors().stream().anyMatch(t -> t.number() == tensor))
                .findFirst()
                .map(BoundNode::name)
                .orElseThrow();
    }
}
