package devml.network;

import devml.fault.Fault;
import devml.tensor.Shape;
import devml.yaml.Node;
import java.util.List;

/** Reads shapes in a network file: {@code [2, 3]}, {@code []}, or a single extent {@code 5} for {@code [5]}. */
final class Extents {
    private Extents() {}

    static Shape read(Node node) {
        List<Node> items = node instanceof Node.Scalar ? List.of(node) : node.asList();
        List<Integer> dims = items.stream().map(Extents::extent).toList();
        try {
            return new Shape(dims);
        } catch (IllegalArgumentException e) {
            throw Fault.at(node.place(), e.getMessage());
        }
    }

    private static int extent(Node node) {
        int extent = node.asInt();
        if (extent < 0) {
            throw Fault.at(node.place(), "an extent cannot be negative");
        }
        return extent;
    }
}
