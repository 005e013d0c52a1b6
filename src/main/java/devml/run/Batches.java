package devml.run;

import devml.fault.Fault;
import devml.network.InputSpec;
import devml.network.NetworkFile;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How data are cut into batches. The samples are counted by the first dimension of the first input; every input with as
 * many is cut unless it says otherwise, the others are given to each batch whole.
 *
 * @param inputs all data
 * @param samples how many samples there are
 * @param size how many make a batch; the last may have fewer
 * @param uncut the names of inputs that say that they are not cut
 */
record Batches(Map<String, Rows> inputs, int samples, int size, Set<String> uncut) {

    static Batches of(NetworkFile file, Map<String, Rows> inputs) {
        List<Integer> first = inputs.get(file.inputs().getFirst().name()).dims();
        if (file.batch().isEmpty()) {
            return new Batches(inputs, 1, 1, Set.of());
        }
        if (first.isEmpty() || first.getFirst() == 0) {
            throw Fault.at(
                    file.inputs().getFirst().place(),
                    "'batch' needs samples: the first input has the shape " + Shape.text(first));
        }
        if (!file.inputs().getFirst().isCut()) {
            throw Fault.at(
                    file.inputs().getFirst().place(),
                    "the first input counts the samples of 'batch', so that it cannot have 'batch: false'");
        }
        Set<String> uncut = file.inputs().stream()
                .filter(input -> !input.isCut())
                .map(InputSpec::name)
                .collect(Collectors.toSet());
        return new Batches(inputs, first.getFirst(), Math.min(file.batch().get(), first.getFirst()), uncut);
    }

    int count() {
        return Math.ceilDiv(samples, size);
    }

    /** How many samples a batch has. */
    int samples(int batch) {
        return Math.min(size, samples - batch * size);
    }

    /** The shapes of the inputs of a batch. */
    Map<String, Shape> shapes(int batch) {
        return shapesOf(samples(batch));
    }

    /** The shapes that the inputs would have with so many samples. */
    Map<String, Shape> shapesOf(int samples) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach((name, rows) ->
                shapes.put(name, cuts(name) ? rows.shape(samples) : rows.whole().shape()));
        return shapes;
    }

    /** The names of the inputs that are cut. */
    Set<String> cut() {
        return inputs.keySet().stream().filter(this::cuts).collect(Collectors.toSet());
    }

    Map<String, Tensor> tensors(int batch) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        inputs.forEach((name, rows) -> tensors.put(name, cuts(name) ? slice(rows, batch) : rows.whole()));
        return tensors;
    }

    /** The part of a tensor that belongs to a batch. */
    Tensor slice(Rows rows, int batch) {
        return cuts(rows) ? rows.read(batch * size, samples(batch)) : rows.whole();
    }

    boolean cuts(String input) {
        return !uncut.contains(input) && cuts(inputs.get(input));
    }

    /** Whether there are as many rows as samples. */
    boolean cuts(Rows rows) {
        return count() > 1 && !rows.dims().isEmpty() && rows.dims().getFirst() == samples;
    }

    /** Whether a tensor has a row for each sample of a batch. */
    static boolean hasSamples(Shape shape, int samples) {
        return shape.rank() > 0 && shape.dim(0) == samples;
    }
}
