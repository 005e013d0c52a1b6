package devml.run;

import devml.fault.Fault;
import devml.format.TensorFiles;
import devml.network.DataSpec;
import devml.network.InputSpec;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds a network for those who want to look at it: of the data only the shapes, of the parameters nothing is needed. */
public final class InputShapes {
    private InputShapes() {}

    /**
     * Binds a network to the shapes of its first batch.
     *
     * @throws Fault if an input says no shape and its data cannot be read, or if a layer does not fit
     */
    public static Network bind(NetworkFile file) {
        Map<String, Shape> whole = new LinkedHashMap<>();
        file.inputs().forEach(input -> whole.put(input.name(), shape(input)));
        Shape first = whole.get(file.inputs().getFirst().name());
        if (file.batch().isEmpty()
                || first.rank() == 0
                || first.dim(0) <= file.batch().get()) {
            return Network.bind(file, whole);
        }
        Map<String, Shape> batch = new LinkedHashMap<>();
        whole.forEach((name, shape) -> batch.put(
                name,
                shape.rank() > 0 && shape.dim(0) == first.dim(0)
                        ? cut(shape, file.batch().get())
                        : shape));
        return Network.bind(file, batch);
    }

    private static Shape shape(InputSpec input) {
        Optional<Shape> said = input.shape().or(() -> input.data().ownShape());
        if (said.isPresent() || !(input.data() instanceof DataSpec.FromFile data)) {
            return said.orElseThrow();
        }
        try {
            return TensorFiles.readOne(data.file().path(), data.key()).shape();
        } catch (Fault fault) {
            throw fault.within(data.place());
        }
    }

    private static Shape cut(Shape shape, int samples) {
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.set(0, samples);
        return new Shape(dims);
    }
}
