package devml.equation;

import java.util.List;

/**
 * A tensor as an equation addresses it: in row-major order, with one subscript for each declared dimension. A declared
 * group of dimensions has become a single one, whose extent is their product.
 *
 * @param tensor the tensor's number in the program
 * @param name the tensor's name in messages
 * @param extents the extent of each subscript
 */
public record View(int tensor, String name, List<Integer> extents) {
    public View {
        extents = List.copyOf(extents);
    }

    /** The number of elements. */
    public int size() {
        int size = 1;
        for (int extent : extents) {
            size *= extent;
        }
        return size;
    }
}
