package devml.format;

import devml.fault.Fault;
import devml.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Shapes out of files, which may say anything. */
final class Shapes {
    private Shapes() {}

    /**
     * The shape of these extents. Nothing is allocated for it, so that the caller can hold it against the data first.
     *
     * @param name of what has this shape, for messages
     * @throws Fault if an extent is negative or a tensor cannot hold that many elements
     */
    static Shape of(List<Long> extents, String name) {
        String text = extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        if (extents.stream().anyMatch(extent -> extent < 0)) {
            throw Fault.of(name + ": shape " + text + " has a negative extent");
        }
        try {
            return new Shape(extents.stream().map(Math::toIntExact).toList());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw Fault.of(
                    name + ": shape " + text + " is too large: a tensor holds at most " + Shape.MAX_SIZE + " elements",
                    e);
        }
    }
}
