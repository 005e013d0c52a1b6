package devml.run;

import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Range;
import devml.network.BoundNode;
import devml.tensor.Tensor;
import java.util.Optional;

/** Inputs that equations read as integers: class indices and the like. */
final class IntegerInputs {
    private IntegerInputs() {}

    /** The tensor as integers, if every element is one. */
    static Optional<Tensor.Longs> of(Tensor tensor) {
        if (tensor instanceof Tensor.Longs longs) {
            return Optional.of(longs);
        }
        long[] values = new long[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) tensor.get(i);
            if (values[i] != tensor.get(i)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Tensor.Longs(tensor.shape(), values));
    }

    /**
     * Checks what a layer's input of integers reads.
     *
     * @return the same, as integers
     * @throws Fault if an element is no integer, or out of range
     */
    static Tensor.Longs check(BoundNode node, BoundTensor input, Tensor tensor) {
        String source = node.reads().get(input.input());
        Tensor.Longs integers = of(tensor)
                .orElseThrow(() -> Fault.at(
                        node.place(),
                        "'%s' reads '%s' as integers, which are real numbers".formatted(node.name(), source)));
        Range range = input.range().orElseThrow();
        for (int i = 0; i < integers.size(); i++) {
            if (!range.contains(integers.values()[i])) {
                throw Fault.at(
                        node.place(),
                        "%s%s is %d, but '%s' takes 0 to %d%s"
                                .formatted(
                                        source,
                                        integers.shape().index(i),
                                        integers.values()[i],
                                        node.name(),
                                        range.size() - 1,
                                        range.other().map(o -> ", or " + o).orElse("")));
            }
        }
        return integers;
    }
}
