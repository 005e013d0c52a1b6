package devml.format;

import devml.fault.Fault;
import devml.tensor.Shape;
import java.util.List;
import java.util.stream.Collectors;

/** Checks shapes from files, which may claim anything. */
final class Shapes {
    private Shapes() {}

    /**
     * Returns the shape with the given extents. Nothing is allocated for it, so that the caller can compare it with the
     * data first.
     *
     * @param name the name of the array in messages
     * @throws Fault if an extent is negative or a tensor cannot hold that many elements
     */
    static Shape of(List<Long> extents, String name) {
        List<Integer> dims = dims(extents, name);
        try {
            return new Shape(dims);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw tooLarge(extents, name, e);
        }
    }

    /**
     * Returns extents whose product may be more than a tensor can hold.
     *
     * @throws Fault if an extent is negative, or more than a tensor can have
     */
    static List<Integer> dims(List<Long> extents, String name) {
        if (extents.stream().anyMatch(extent -> extent < 0)) {
            throw Fault.of(name + ": shape " + text(extents) + " has a negative extent");
        }
        try {
            return extents.stream().map(Math::toIntExact).toList();
        } catch (ArithmeticException e) {
            throw tooLarge(extents, name, e);
        }
    }

    private static Fault tooLarge(List<Long> extents, String name, RuntimeException cause) {
        return Fault.of(
                name + ": shape " + text(extents) + " is too large: a tensor holds at most " + Shape.MAX_SIZE
                        + " elements",
                cause);
    }

    private static String text(List<Long> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
