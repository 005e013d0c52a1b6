package devml.equation;

import java.util.List;

/**
 * A tensor as an equation sees it: in row-major order, with as many subscripts as it was declared with. A group of
 * dimensions has become one of their product.
 *
 * @param tensor the tensor's number in the program
 * @param name how messages call it
 * @param extents one extent a subscript
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
