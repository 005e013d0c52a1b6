package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.format.TensorFiles;
import devml.random.Distribution;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Optional;

/** The source of the numbers of a tensor, as the network file gives it. */
public sealed interface DataSpec {

    Place place();

    /**
     * Numbers or truth values written in the network file: {@code 3}, {@code [[1, 2], [3, 4]]}, {@code [true, false]}.
     * They are integers if all of them are.
     */
    record Inline(Tensor tensor, Kind kind, Place place) implements DataSpec {}

    /** A file {@code x.npy}, or one of several tensors in a file: {@code weights.npz#conv.weight}. */
    record FromFile(FileName file, Optional<String> key) implements DataSpec {
        @Override
        public Place place() {
            return file.place();
        }
    }

    /**
     * Random numbers: {@code rand}, <code>{rand: [2, 2]}</code>, <code>{uniform: [-1, 1], shape: [2, 2]}</code>.
     *
     * @param shape the shape that is drawn, and then broadcast; if absent, the shape that is needed
     */
    record Draw(Distribution distribution, Optional<Shape> shape, Place place) implements DataSpec {}

    /** The same number everywhere: {@code zeros}, {@code ones}, <code>{full: 0.5}</code>. */
    record Constant(double value, Optional<Shape> shape, Place place) implements DataSpec {}

    /** The shape of the data, if the network file alone determines it. */
    default Optional<Shape> ownShape() {
        return switch (this) {
            case Inline inline -> Optional.of(inline.tensor.shape());
            case FromFile _ -> Optional.empty();
            case Draw draw -> draw.shape;
            case Constant constant -> constant.shape;
        };
    }

    /**
     * The kind of the numbers, before they are converted to the network's precision.
     *
     * @throws Fault at the place of the data, if their file cannot be read
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
