package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.random.Generator;
import devml.tensor.Broadcast;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Provides the numbers for the inputs and parameters of a network: it reads, draws or repeats them as the network file
 * says.
 *
 * @param generator draws random numbers; NumPy's generators continue from one draw to the next, so the order of calls
 *     matters
 * @param files reads one tensor of a file, by its key if there is one
 */
public record DataLoader(Generator generator, BiFunction<Path, Optional<String>, Tensor> files) {

    /**
     * Returns a tensor in the shape and precision that the network needs.
     *
     * @param name what the numbers are for: {@code x}, {@code conv.weight}; our own generator draws by it
     * @param wanted the shape to which the data are broadcast; if absent, they keep their own shape
     * @param dtype the precision of a tensor of real numbers; if absent, the numbers stay as they are
     * @throws Fault at the place of the data, if they cannot be read or do not fit
     */
    public Tensor load(String name, DataSpec spec, Optional<Shape> wanted, Optional<DType> dtype) {
        Tensor tensor;
        try {
            tensor = read(name, spec, wanted);
        } catch (Fault fault) {
            throw fault.within(spec.place());
        }
        Shape shape = wanted.orElse(tensor.shape());
        if (!Broadcast.fits(tensor.shape(), shape)) {
            throw Fault.at(
                    spec.place(),
                    "data of shape %s do not fit '%s' of shape %s".formatted(tensor.shape(), name, shape));
        }
        Tensor precise =
                dtype.map(type -> inPrecision(tensor, type, 0, spec.place())).orElse(tensor);
        return Broadcast.to(precise, shape);
    }

    private Tensor read(String name, DataSpec spec, Optional<Shape> wanted) {
        return switch (spec) {
            case DataSpec.Inline inline -> inline.tensor();
            case DataSpec.FromFile(FileName file, Optional<String> key) -> files.apply(file.path(), key);
            case DataSpec.Draw draw -> {
                Shape shape = requireShape(draw, wanted);
                yield new Tensor.Doubles(shape, generator.draw(name, draw.distribution(), shape.size()));
            }
            case DataSpec.Constant constant ->
                Broadcast.to(
                        new Tensor.Doubles(Shape.SCALAR, new double[] {constant.value()}),
                        requireShape(constant, wanted));
        };
    }

    private static Shape requireShape(DataSpec spec, Optional<Shape> wanted) {
        return spec.ownShape()
                .or(() -> wanted)
                .orElseThrow(() -> Fault.at(spec.place(), "these data need a shape, as in {rand: [2, 3]}"));
    }

    /**
     * Converts the numbers of a tensor to a precision.
     *
     * @param row the row of a larger tensor at which this one begins, for messages
     * @throws Fault if a number is too large for the precision
     */
    public static Tensor inPrecision(Tensor tensor, DType dtype, int row, Place place) {
        return switch (dtype) {
            case FLOAT64 -> tensor.toDoubles();
            case FLOAT32 -> {
                Tensor.Floats floats = tensor.toFloats();
                for (int i = 0; i < floats.size(); i++) {
                    if (Float.isInfinite(floats.values()[i]) && Double.isFinite(tensor.get(i))) {
                        List<Integer> index = new ArrayList<>(tensor.shape().index(i));
                        if (row > 0) {
                            index.set(0, row + index.getFirst());
                        }
                        throw Fault.at(
                                place, "%s at index %s is too large for float32".formatted(tensor.get(i), index));
                    }
                }
                yield floats;
            }
        };
    }
}
