package devml.network;

import devml.fault.Place;
import devml.random.Distribution;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Optional;

/** Where the numbers of a tensor come from. */
public sealed interface DataSpec {

    Place place();

    /** Numbers that stand in the network file: {@code 3}, {@code [[1, 2], [3, 4]]}. Integers if all of them are. */
    record Inline(Tensor tensor, Place place) implements DataSpec {}

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
}
