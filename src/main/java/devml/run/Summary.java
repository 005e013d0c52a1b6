package devml.run;

import devml.equation.Assignment;
import devml.equation.Cost;
import devml.equation.Uses;
import devml.layer.BoundEquation;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.Network;
import devml.run.Schedule.Block;
import devml.tensor.DType;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a network is made of and what it costs.
 *
 * @param schedule the equations that are counted
 * @param rows one a layer, in the order in which they run
 * @param parameterBytes what the parameters take in memory
 * @param activationBytes what the inputs take and what forward computes and keeps, of one batch
 * @param memory what all tensors take while one batch runs, gradients included
 * @param unread names of inputs, parameters, buffers and layers that no equation reads
 */
public record Summary(
        Schedule schedule,
        List<Row> rows,
        long parameterBytes,
        long activationBytes,
        Memory memory,
        List<String> unread) {
    private static final int INTEGER_BYTES = Long.BYTES;

    public Summary {
        rows = List.copyOf(rows);
        unread = List.copyOf(unread);
    }

    /**
     * A layer.
     *
     * @param name in the network
     * @param layer its definition
     * @param output the shape of its output
     * @param parameters how many numbers its parameters are
     * @param forward the operations of its forward equations
     * @param backward those of its backward equations that run, and of the sum of what its readers contribute
     */
    public record Row(String name, String layer, Shape output, long parameters, Cost forward, Cost backward) {}

    /** Counts what a network has and does. */
    public static Summary of(Network network, boolean inputGradients, DType dtype) {
        Schedule schedule = Schedule.of(network, inputGradients);
        Map<String, Cost> forward = costs(network, schedule.forward());
        Map<String, Cost> backward = costs(network, schedule.backward());
        List<Row> rows = new ArrayList<>();
        for (BoundNode node : network.nodes()) {
            rows.add(new Row(
                    node.name(),
                    node.layer().definition().name(),
                    node.output().shape(),
                    elements(node.layer().tensors(Role.PARAM)),
                    forward.getOrDefault(node.name(), Cost.NONE),
                    backward.getOrDefault(node.name(), Cost.NONE)));
        }
        int bytes = dtype.bytes();
        return new Summary(
                schedule,
                rows,
                bytes * rows.stream().mapToLong(Row::parameters).sum(),
                activations(network, bytes),
                Memory.of(
                        Program.of(network, Selection.gradients(network, inputGradients))
                                .keeping(_ -> false),
                        dtype),
                unread(schedule));
    }

    /** The number of parameters. */
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /** The operations of all forward equations. */
    public Cost forward() {
        return rows.stream().map(Row::forward).reduce(Cost.NONE, Cost::plus);
    }

    /** The operations of all backward equations that run. */
    public Cost backward() {
        return rows.stream().map(Row::backward).reduce(Cost.NONE, Cost::plus);
    }

    private static Map<String, Cost> costs(Network network, List<Block> blocks) {
        Map<String, Cost> costs = new HashMap<>();
        for (Block block : blocks) {
            switch (block) {
                case Block.Layer(BoundNode node, List<BoundEquation> equations) ->
                    equations.forEach(e -> costs.merge(node.name(), e.cost(), Cost::plus));
                case Block.Sum(String value, var parts, Assignment assignment) -> {
                    // Of a network input there is no row: the layer that reads it first takes the sum.
                    String row = network.node(value)
                            .map(BoundNode::name)
                            .orElse(parts.getFirst().reader().name());
                    costs.merge(row, Cost.of(assignment), Cost::plus);
                }
            }
        }
        return costs;
    }

    private static long elements(List<BoundTensor> tensors) {
        return tensors.stream().mapToLong(tensor -> tensor.view().size()).sum();
    }

    private static long activations(Network network, int bytes) {
        long sum = 0;
        Map<String, Boolean> integers = new HashMap<>();
        for (BoundNode node : network.nodes()) {
            node.layer()
                    .tensors(Role.INPUT)
                    .forEach(input ->
                            integers.merge(node.reads().get(input.input()), input.integer(), Boolean::logicalAnd));
            Set<Integer> set = new HashSet<>();
            node.layer().forward().forEach(e -> set.add(e.assignment().target().tensor()));
            for (BoundTensor tensor : node.layer().tensors()) {
                if (set.contains(tensor.number())) {
                    sum += (long) tensor.view().size() * (tensor.integer() ? INTEGER_BYTES : bytes);
                }
            }
        }
        for (Map.Entry<String, Shape> input : network.inputs().entrySet()) {
            boolean integer = integers.getOrDefault(input.getKey(), false);
            sum += (long) input.getValue().size() * (integer ? INTEGER_BYTES : bytes);
        }
        return sum;
    }

    /** What is declared for nobody: a tensor of a layer that its equations ignore, or a value that no layer reads. */
    private static List<String> unread(Schedule schedule) {
        Network network = schedule.network();
        List<String> unread = new ArrayList<>();
        Set<String> values = new HashSet<>();
        network.nodes().forEach(node -> values.addAll(node.reads().values()));
        network.inputs().keySet().stream()
                .filter(name -> !values.contains(name))
                .forEach(unread::add);
        for (BoundNode node : network.nodes()) {
            Set<Integer> read = new HashSet<>();
            for (List<BoundEquation> equations : List.of(
                    node.layer().forward(),
                    node.layer().backward(),
                    node.layer().update())) {
                equations.forEach(e -> Uses.tensors(e.assignment(), view -> read.add(view.tensor())));
            }
            for (BoundTensor tensor : node.layer().tensors()) {
                boolean isDeclared = switch (tensor.role()) {
                    case INPUT, PARAM, BUFFER -> true;
                    case OUTPUT, LOCAL, GRADIENT -> false;
                };
                if (isDeclared && !read.contains(tensor.number())) {
                    unread.add(node.name() + "." + tensor.input());
                }
            }
            if (!node.name().equals(network.output().name())
                    && node.outputs().keySet().stream().noneMatch(values::contains)) {
                unread.add(node.name());
            }
        }
        return unread;
    }
}
