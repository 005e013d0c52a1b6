package devml.run;

import devml.equation.View;
import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.network.BoundNode;
import devml.oracle.Kink;
import devml.oracle.OracleNumbers;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a network yields, proven.
 *
 * @param dtype the type of the computation whose errors are bounded
 * @param tensors gradients by the names of parameters and inputs, {@code values/NAME}, {@code loss}
 * @param open the comparisons that are open, and on which one of the tensors depends
 * @param near those that are not open, of numbers within the distance that was asked for
 */
public record Proof(DType dtype, Map<String, Enclosure> tensors, List<OpenComparison> open, List<OpenComparison> near) {

    /**
     * Evaluates a network in balls.
     *
     * @param wanted the gradients: names of parameters and inputs
     * @param distance of the two sides of comparisons to be noted though they are not open; 0 for none
     * @throws Fault if the network takes more than one batch
     */
    public static Proof of(Workload workload, Set<String> wanted, double distance) {
        if (workload.batches() != 1) {
            throw Fault.of("the oracle takes all samples as one batch, and %s takes %d: leave out 'batch:'"
                    .formatted(workload.network().file().name(), workload.batches()));
        }
        Program program = Program.of(workload.network(), wanted);
        OracleNumbers numbers = new OracleNumbers(workload.dtype(), program.count(), distance);
        Workload.Batch batch = workload.batch(0);
        Execution.run(
                program,
                new ReferenceEvaluator(numbers, program.count()),
                batch.inputs(),
                workload.parameters(),
                batch.cotangent());
        return new Collector(workload, program, numbers).proof();
    }

    private record Collector(Workload workload, Program program, OracleNumbers numbers) {
        Proof proof() {
            Map<String, Enclosure> tensors = new LinkedHashMap<>();
            program.gradients().forEach((name, number) -> tensors.put(name, enclosure(number, shape(name))));
            for (BoundNode node : program.network().nodes()) {
                node.outputs().forEach((name, output) -> {
                    if (!output.integer()) {
                        tensors.put("values/" + name, enclosure(output));
                    }
                });
                node.layer()
                        .tensors(BoundTensor.Role.BUFFER)
                        .forEach(buffer ->
                                tensors.put("values/" + node.name() + "." + buffer.name(), enclosure(buffer)));
            }
            if (program.network().file().loss().isPresent()) {
                tensors.put("loss", enclosure(program.network().output().output()));
            }
            return new Proof(workload.dtype(), tensors, open(tensors), near());
        }

        private Shape shape(String name) {
            return program.network().inputs().containsKey(name)
                    ? program.network().inputs().get(name)
                    : program.network()
                            .parameters(BoundTensor.Role.PARAM)
                            .get(name)
                            .shape();
        }

        private Enclosure enclosure(BoundTensor tensor) {
            return enclosure(tensor.number(), tensor.shape());
        }

        private Enclosure enclosure(int tensor, Shape shape) {
            List<BitSet> doubts = new ArrayList<>();
            double[] radii = new double[shape.size()];
            for (int i = 0; i < radii.length; i++) {
                doubts.add(numbers.doubts(tensor, i));
                radii[i] = numbers.ball(tensor, i).radius();
            }
            return new Enclosure(
                    numbers.midpoint(tensor, shape),
                    numbers.rest(tensor, shape),
                    new Tensor.Doubles(shape, radii),
                    numbers.error(tensor, shape),
                    doubts);
        }

        private List<OpenComparison> open(Map<String, Enclosure> tensors) {
            List<Map<String, List<List<Integer>>>> dependents = new ArrayList<>();
            numbers.kinks().forEach(_ -> dependents.add(new LinkedHashMap<>()));
            tensors.forEach((name, enclosure) -> {
                for (int i = 0; i < enclosure.doubts().size(); i++) {
                    List<Integer> index = enclosure.midpoint().shape().index(i);
                    enclosure.doubts().get(i).stream()
                            .forEach(kink -> dependents
                                    .get(kink)
                                    .computeIfAbsent(name, _ -> new ArrayList<>())
                                    .add(index));
                }
            });
            List<OpenComparison> open = new ArrayList<>();
            for (int i = 0; i < dependents.size(); i++) {
                if (!dependents.get(i).isEmpty()) {
                    open.add(comparison(numbers.kinks().get(i), dependents.get(i)));
                }
            }
            return open;
        }

        /** Forward and backward equations ask the same: what a layer compares is listed once. */
        private List<OpenComparison> near() {
            Map<List<Object>, OpenComparison> distinct = new LinkedHashMap<>();
            for (Kink kink : numbers.near()) {
                OpenComparison comparison = comparison(kink, Map.of());
                distinct.putIfAbsent(
                        List.of(comparison.layer(), comparison.index(), comparison.left(), comparison.right()),
                        comparison);
            }
            return List.copyOf(distinct.values());
        }

        private OpenComparison comparison(Kink kink, Map<String, List<List<Integer>>> dependents) {
            View target = kink.equation().target();
            BoundTensor tensor = program.tensors().get(target.tensor());
            return new OpenComparison(
                    layer(target.tensor()),
                    tensor.name(),
                    tensor.shape().index(kink.offset()),
                    kink.equation().place(),
                    kink.relation(),
                    kink.left().mid().hi(),
                    kink.right().mid().hi(),
                    kink.isTie(),
                    kink.holds(),
                    dependents);
        }

        private String layer(int tensor) {
            return program.network().nodes().stream()
                    .filter(node -> node.layer().tensors().stream().anyMatch(t -> t.number() == tensor))
                    .findFirst()
                    .map(BoundNode::name)
                    .orElseThrow();
        }
    }
}
