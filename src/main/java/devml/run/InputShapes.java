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
    private static final int FEW = 2;

    private InputShapes() {}

    /**
     * Binds a network to the shapes of its first batch.
     *
     * @throws Fault if an input says no shape and its data cannot be read, or if a layer does not fit
     */
    public static Network bind(NetworkFile file) {
        return bind(file, file.batch());
    }

    /**
     * Binds a network to the shapes of a few samples, which tell as much about its equations as many.
     *
     * @throws Fault if an input says no shape and its data cannot be read, or if a layer does not fit
     */
    public static Network bindSmall(NetworkFile file) {
        try {
            return bind(file, Optional.of(FEW));
        } catch (Fault fault) {
            return bind(file); // what comes first is not the batch
        }
    }

    private static Network bind(NetworkFile file, Optional<Integer> samples) {
        Map<String, List<Integer>> whole = new LinkedHashMap<>();
        file.inputs().forEach(input -> whole.put(input.name(), dims(input)));
        List<Integer> first = whole.get(file.inputs().getFirst().name());
        boolean cuts = samples.isPresent() && !first.isEmpty() && first.getFirst() > samples.get();
        Map<String, Shape> batch = new LinkedHashMap<>();
        for (InputSpec input : file.inputs()) {
            List<Integer> dims = new ArrayList<>(whole.get(input.name()));
            if (cuts && input.isCut() && !dims.isEmpty() && dims.getFirst().equals(first.getFirst())) {
                dims.set(0, samples.get());
            }
            batch.put(input.name(), shape(input, dims));
        }
        return Network.bind(file, batch);
    }

    private static List<Integer> dims(InputSpec input) {
        Optional<Shape> said = input.shape().or(() -> input.data().ownShape());
        if (said.isPresent() || !(input.data() instanceof DataSpec.FromFile data)) {
            return said.orElseThrow().dims();
        }
        try {
            return TensorFiles.rows(data.file().path(), data.key()).dims();
        } catch (Fault fault) {
            throw fault.within(data.place());
        }
    }

    private static Shape shape(InputSpec input, List<Integer> dims) {
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException tooLarge) {
            throw Fault.at(input.data().place(), tooLarge.getMessage());
        }
    }
}
