package devml.run;

import devml.fault.Fault;
import devml.network.NetworkFile;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How data are cut into batches. The samples are counted by the first dimension of the first input; every input with as
 * many is cut, the others are given to each batch whole.
 *
 * @param inputs all data
 * @param samples how many samples there are
 * @param size how many make a batch; the last may have fewer
 */
record Batches(Map<String, Tensor> inputs, int samples, int size) {

    static Batches of(NetworkFile file, Map<String, Tensor> inputs) {
        Shape first = inputs.get(file.inputs().getFirst().name()).shape();
        if (file.batch().isEmpty()) {
            return new Batches(inputs, 1, 1);
        }
        if (first.rank() == 0 || first.dim(0) == 0) {
            throw Fault.at(
                    file.inputs().getFirst().place(), "'batch' needs samples: the first input has the shape " + first);
        }
        return new Batches(inputs, first.dim(0), Math.min(file.batch().get(), first.dim(0)));
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
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach((name, tensor) ->
                shapes.put(name, cuts(tensor) ? cut(tensor.shape(), samples(batch)) : tensor.shape()));
        return shapes;
    }

    Map<String, Tensor> tensors(int batch) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        inputs.forEach((name, tensor) -> tensors.put(name, slice(tensor, batch)));
        return tensors;
    }

    /** The part of a tensor that belongs to a batch. */
    Tensor slice(Tensor tensor, int batch) {
        if (!cuts(tensor)) {
            return tensor;
        }
        Shape shape = cut(tensor.shape(), samples(batch));
        int start = batch * size * (shape.size() / Math.max(samples(batch), 1));
        int end = start + shape.size();
        return switch (tensor) {
            case Tensor.Doubles(var _, double[] values) ->
                new Tensor.Doubles(shape, Arrays.copyOfRange(values, start, end));
            case Tensor.Floats(var _, float[] values) ->
                new Tensor.Floats(shape, Arrays.copyOfRange(values, start, end));
            case Tensor.Longs(var _, long[] values) -> new Tensor.Longs(shape, Arrays.copyOfRange(values, start, end));
        };
    }

    boolean cuts(Tensor tensor) {
        return count() > 1 && tensor.shape().rank() > 0 && tensor.shape().dim(0) == samples;
    }

    private static Shape cut(Shape shape, int samples) {
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(0, samples);
        return new Shape(dims);
    }
}
