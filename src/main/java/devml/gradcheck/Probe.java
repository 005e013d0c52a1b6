package devml.gradcheck;

import devml.equation.View;
import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.oracle.DualNumbers;
import devml.reference.Interpreter;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A layer at one point.
 *
 * @param layer bound to options and shapes
 * @param kind how the numbers were chosen, for messages
 * @param values the numbers of inputs, parameters and buffers, and of the gradients of the outputs
 */
public record Probe(BoundLayer layer, String kind, Map<String, Tensor> values) {
    public Probe {
        values = Map.copyOf(values);
    }

    /** The same point of another version of the layer, whose forward equations are the same. */
    public Probe at(BoundLayer other) {
        return new Probe(other, kind, values);
    }

    /** Options and shapes, as messages tell them. */
    public String setting() {
        return Setting.describe(layer);
    }

    /** The tensors with respect to which there can be gradients: inputs of real numbers and parameters. */
    static List<BoundTensor> variables(BoundLayer layer) {
        return layer.tensors().stream()
                .filter(t -> t.role() == Role.INPUT || t.role() == Role.PARAM)
                .filter(t -> !t.integer())
                .toList();
    }

    static List<BoundTensor> outputs(BoundLayer layer) {
        return layer.tensors(Role.OUTPUT).stream().filter(t -> !t.integer()).toList();
    }

    /** Numbers and integers of one run. */
    record Run(DualNumbers numbers, long[][] integers) {
        void all(List<BoundEquation> equations) {
            BoundEquation.statements(equations).forEach(statement -> Interpreter.run(statement, numbers, integers));
        }
    }

    /** A run in which nothing has been computed yet. */
    Run start() {
        int count = layer.tensors().stream().mapToInt(BoundTensor::number).max().orElse(0) + 1;
        DualNumbers numbers = new DualNumbers(count);
        long[][] integers = new long[count][];
        for (BoundTensor tensor : layer.tensors()) {
            View view = tensor.view();
            Tensor given = values.get(tensor.name());
            if (tensor.integer()) {
                integers[view.tensor()] = given instanceof Tensor.Longs longs ? longs.values() : new long[view.size()];
            } else if (given == null) {
                numbers.allocate(view.tensor(), view.size());
            } else {
                numbers.put(
                        view.tensor(),
                        new Tensor.Doubles(
                                Shape.of(view.size()), given.toDoubles().values()));
            }
        }
        return new Run(numbers, integers);
    }
}
