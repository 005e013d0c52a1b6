package devml.network;

import devml.fault.Fault;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.yaml.Node;
import devml.yaml.Node.Scalar;
import devml.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads nested lists of numbers as a tensor. */
final class InlineData {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

    private final List<Integer> dims = new ArrayList<>();
    private final List<Node> numbers = new ArrayList<>();

    private InlineData() {}

    /**
     * The tensor that a number (of rank 0) or nested lists are; of integers where all numbers are written without a
     * point or an exponent.
     *
     * @throws Fault at the first list that is longer or shorter than the others at its depth
     */
    static Tensor read(Node node) {
        InlineData data = new InlineData();
        for (Node n = node; n instanceof Sequence list; n = list.items().getFirst()) {
            data.dims.add(list.items().size());
            if (list.items().isEmpty()) {
                break;
            }
        }
        data.collect(node, 0);
        return data.tensor();
    }

    private void collect(Node node, int depth) {
        if (!(node instanceof Sequence list)) {
            if (depth < dims.size()) {
                throw ragged(node, node.found() + " stands", "lists");
            }
            numbers.add(node);
            return;
        }
        if (depth == dims.size()) {
            throw ragged(node, "a list stands", "single numbers");
        }
        List<Node> items = list.items();
        if (items.size() != dims.get(depth)) {
            throw ragged(node, "a list of " + items.size() + " stands", "lists of " + dims.get(depth));
        }
        items.forEach(item -> collect(item, depth + 1));
    }

    private static Fault ragged(Node node, String found, String before) {
        return Fault.at(node.place(), "the lists are ragged: " + found + " here, where before stood " + before);
    }

    private Tensor tensor() {
        Shape shape = new Shape(dims);
        boolean integers = !numbers.isEmpty() && numbers.stream().allMatch(InlineData::isInteger);
        return integers
                ? new Tensor.Longs(
                        shape, numbers.stream().mapToLong(Node::asLong).toArray())
                : new Tensor.Doubles(
                        shape, numbers.stream().mapToDouble(Node::asDouble).toArray());
    }

    private static boolean isInteger(Node node) {
        return node instanceof Scalar scalar && INTEGER.matcher(scalar.text()).matches();
    }
}
