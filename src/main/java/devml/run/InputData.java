package devml.run;

import devml.fault.Fault;
import devml.format.TensorFiles;
import devml.network.DataLoader;
import devml.network.DataSpec;
import devml.network.InputSpec;
import devml.network.NetworkFile;
import devml.tensor.Broadcast;
import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gets the data of a network's inputs. What is cut into batches is left in its file, if that can be read so, and read
 * batch by batch.
 */
record InputData(NetworkFile file, DataLoader loader, DType dtype) {

    /** The data of each input, all samples, in the order of the file. */
    Map<String, Rows> load() {
        Map<String, Rows> inputs = new LinkedHashMap<>();
        file.inputs().forEach(input -> inputs.put(input.name(), rows(input)));
        Batches batches = Batches.of(file, inputs);
        inputs.replaceAll((name, rows) -> batches.cuts(name) ? rows : Rows.of(rows.whole()));
        return inputs;
    }

    /**
     * The gradient of the output.
     *
     * @param output the shape of what all samples yield
     * @throws Fault if it does not fit that
     */
    Optional<Rows> cotangent(Shape output) {
        return file.outputGradient().map(spec -> {
            if (file.batch().isPresent() && spec instanceof DataSpec.FromFile data) {
                Rows rows = inPrecision(data);
                if (rows.dims().equals(output.dims())) {
                    return rows;
                }
            }
            return Rows.of(loader.load("output_gradient", spec, Optional.of(output), Optional.of(dtype)));
        });
    }

    private Rows rows(InputSpec input) {
        if (file.batch().isEmpty() || !(input.data() instanceof DataSpec.FromFile data)) {
            return Rows.of(tensor(input));
        }
        Rows rows = inPrecision(data);
        if (rows.dims().isEmpty()) {
            return Rows.of(tensor(input));
        }
        input.shape().ifPresent(shape -> requireShape(input, rows.dims(), shape));
        return rows;
    }

    /**
     * The data of an input. But for single numbers they are not repeated to fill the input's shape: to take one sample
     * for a batch of two would hide a mistake.
     */
    private Tensor tensor(InputSpec input) {
        boolean fills = input.data() instanceof DataSpec.Draw || input.data() instanceof DataSpec.Constant;
        Optional<Shape> own = fills ? input.shape() : Optional.empty();
        Tensor data = loader.load(input.name(), input.data(), own, Optional.of(dtype));
        Shape shape = input.shape().orElse(data.shape());
        if (data.shape().rank() > 0) {
            requireShape(input, data.shape().dims(), shape);
        }
        return Broadcast.to(data, shape);
    }

    private static void requireShape(InputSpec input, List<Integer> found, Shape shape) {
        if (!found.equals(shape.dims())) {
            throw Fault.at(
                    input.data().place(),
                    "data of shape %s do not fit '%s' of shape %s".formatted(Shape.text(found), input.name(), shape));
        }
    }

    private Rows inPrecision(DataSpec.FromFile data) {
        try {
            return new InPrecision(TensorFiles.rows(data.file().path(), data.key()), dtype, data);
        } catch (Fault fault) {
            throw fault.within(data.place());
        }
    }

    /** Rows of a file, as the network computes with them. */
    private record InPrecision(Rows stored, DType dtype, DataSpec.FromFile data) implements Rows {
        @Override
        public List<Integer> dims() {
            return stored.dims();
        }

        @Override
        public Tensor read(int start, int count) {
            try {
                return DataLoader.inPrecision(stored.read(start, count), dtype, start, data.place());
            } catch (Fault fault) {
                throw fault.within(data.place());
            }
        }

        @Override
        public Tensor whole() {
            try {
                return DataLoader.inPrecision(stored.whole(), dtype, 0, data.place());
            } catch (Fault fault) {
                throw fault.within(data.place());
            }
        }
    }
}
