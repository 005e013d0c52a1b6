package devml.network;

import devml.fault.Fault;
import devml.fault.Place;
import devml.tensor.Kind;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.yaml.Node;
import devml.yaml.Node.Scalar;
import devml.yaml.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a number, or nested lists of numbers or truth values, in a network file as a tensor. */
final class InlineData {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

    private final List<Integer> dims = new ArrayList<>();
    private final List<Node> numbers = new ArrayList<>();

    private InlineData() {}

    /**
     * Returns the tensor that a number (of rank 0) or nested lists describe. It holds integers if all numbers are
     * written without a point or an exponent, or if all are {@code true} or {@code false}.
     *
     * @throws Fault at the first list that is longer or shorter than the others at its depth
     */
    static DataSpec.Inline read(Node node) {
        InlineData data = new InlineData();
        for (Node n = node; n instanceof Sequence list; n = list.items().getFirst()) {
            data.dims.add(list.items().size());
            if (list.items().isEmpty()) {
                break;
            }
        }
        data.collect(node, 0);
        return data.inline(node.place());
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

    private DataSpec.Inline inline(Place place) {
        Shape shape = new Shape(dims);
        if (numbers.stream().anyMatch(InlineData::isTruth)) {
            long[] truths =
                    numbers.stream().mapToLong(n -> n.asBoolean() ? 1 : 0).toArray();
            return new DataSpec.Inline(new Tensor.Longs(shape, truths), Kind.BOOLEAN, place);
        }
        if (!numbers.isEmpty() && numbers.stream().allMatch(InlineData::isInteger)) {
            long[] integers = numbers.stream().mapToLong(Node::asLong).toArray();
            return new DataSpec.Inline(new Tensor.Longs(shape, integers), Kind.INTEGER, place);
        }
        double[] reals = numbers.stream().mapToDouble(Node::asDouble).toArray();
        return new DataSpec.Inline(new Tensor.Doubles(shape, reals), Kind.REAL, place);
    }

    /** Whether the node is {@code true} or {@code false}. */
    static boolean isTruth(Node node) {
        return node instanceof Scalar scalar && List.of("true", "false").contains(scalar.text());
    }

    private static boolean isInteger(Node node) {
        return node instanceof Scalar scalar && INTEGER.matcher(scalar.text()).matches();
    }
}
