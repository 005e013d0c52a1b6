package devml.run;

import devml.fault.Fault;
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
 * many is cut, the others are given to each batch whole.
 *
 * @param inputs all data
 * @param samples how many samples there are
 * @param size how many make a batch; the last may have fewer
 */
record Batches(Map<String, Rows> inputs, int samples, int size) {

    static Batches of(NetworkFile file, Map<String, Rows> inputs) {
        List<Integer> first = inputs.get(file.inputs().getFirst().name()).dims();
        if (file.batch().isEmpty()) {
            return new Batches(inputs, 1, 1);
        }
        if (first.isEmpty() || first.getFirst() == 0) {
            throw Fault.at(
                    file.inputs().getFirst().place(),
                    "'batch' needs samples: the first input has the shape " + Shape.text(first));
        }
        return new Batches(inputs, first.getFirst(), Math.min(file.batch().get(), first.getFirst()));
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
                shapes.put(name, cuts(rows) ? rows.shape(samples) : rows.whole().shape()));
        return shapes;
    }

    /** The names of the inputs that are cut. */
    Set<String> cut() {
        return inputs.entrySet().stream()
                .filter(input -> cuts(input.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    Map<String, Tensor> tensors(int batch) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        inputs.forEach((name, rows) -> tensors.put(name, slice(rows, batch)));
        return tensors;
    }

    /** The part of a tensor that belongs to a batch. */
    Tensor slice(Rows rows, int batch) {
        return cuts(rows) ? rows.read(batch * size, samples(batch)) : rows.whole();
    }

    boolean cuts(Rows rows) {
        return count() > 1 && !rows.dims().isEmpty() && rows.dims().getFirst() == samples;
    }

    /** Whether a tensor has a row for each sample of a batch. */
    static boolean hasSamples(Shape shape, int samples) {
        return shape.rank() > 0 && shape.dim(0) == samples;
    }
}
