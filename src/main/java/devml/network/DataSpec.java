package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.format.TensorFiles;
import devml.random.Distribution;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Optional;

/** Where the numbers of a tensor come from. */
public sealed interface DataSpec {

    Place place();

    /**
     * Numbers or truth values that stand in the network file: {@code 3}, {@code [[1, 2], [3, 4]]}, {@code [true, false]}.
     * Integers if all of them are.
     */
    record Inline(Tensor tensor, Kind kind, Place place) implements DataSpec {}

    /** {@code x.npy}, or one of several tensors in a file: {@code weights.npz#conv.weight}. */
    record FromFile(FileName file, Optional<String> key) implements DataSpec {
        @Override
        public Place place() {
            return file.place();
        }
    }

    /**
     * Random numbers: {@code rand}, <code>{rand: [2, 2]}</code>, <code>{uniform: [-1, 1], shape: [2, 2]}</code>.
     *
     * @param shape what is drawn, and then broadcast; without one, the shape that is needed
     */
    record Draw(Distribution distribution, Optional<Shape> shape, Place place) implements DataSpec {}

    /** One number everywhere: {@code zeros}, {@code ones}, <code>{full: 0.5}</code>. */
    record Constant(double value, Optional<Shape> shape, Place place) implements DataSpec {}

    /** The shape that these data have of themselves, as far as the network file alone says it. */
    default Optional<Shape> ownShape() {
        return switch (this) {
            case Inline inline -> Optional.of(inline.tensor.shape());
            case FromFile _ -> Optional.empty();
            case Draw draw -> draw.shape;
            case Constant constant -> constant.shape;
        };
    }

    /**
     * What the numbers are, before they are brought to the network's precision.
     *
     * @throws Fault at the data's place, if their file cannot be read
     */
    default Kind kind() {
        return switch (this) {
            case Inline inline -> inline.kind;
            case FromFile(FileName file, Optional<String> key) -> {
                try {
                    yield TensorFiles.kind(file.path(), key);
                } catch (Fault fault) {
                    throw fault.within(file.place());
                }
            }
            case Draw _, Constant _ -> Kind.REAL;
        };
    }
}
