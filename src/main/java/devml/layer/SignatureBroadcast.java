package devml.layer;

import devml.notation.OptionType.Signature;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Operands that a signature broadcasts by NumPy's rules: where an index of another operand has more elements, an extent
 * of 1 is written {@code 1} and has no index; dots that stand for different dimensions become an index for each.
 */
final class SignatureBroadcast {
    private SignatureBroadcast() {}

    /**
     * The options of a layer, with those that are signatures spelled out for these inputs.
     *
     * @param stem what the names of the operands begin with: {@code x.}
     */
    static Map<String, OptionValue> spell(
            Definition definition, Map<String, OptionValue> options, Map<String, Shape> inputs, String stem) {
        Map<String, OptionValue> spelled = new LinkedHashMap<>(options);
        definition.options().forEach((name, type) -> {
            if (type.alternatives().contains(new Signature())) {
                List<List<String>> rows = Signatures.rows(options.get(name));
                List<Shape> shapes = IntStream.range(0, rows.size() - 1)
                        .mapToObj(operand -> inputs.get(stem + operand))
                        .toList();
                List<List<String>> each = shapes.contains(null) ? rows : spell(rows, shapes);
                if (!each.equals(rows)) {
                    spelled.put(name, Signatures.value(each));
                }
            }
        });
        return spelled;
    }

    private static List<List<String>> spell(List<List<String>> rows, List<Shape> shapes) {
        List<List<Integer>> dotted = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            dots(rows.get(i), shapes.get(i)).ifPresent(dotted::add);
        }
        int most = dotted.stream().mapToInt(List::size).max().orElse(0);
        List<List<String>> spelled = new ArrayList<>();
        Map<String, Integer> extents = new HashMap<>();
        for (int i = 0; i < shapes.size(); i++) {
            int count = dots(rows.get(i), shapes.get(i)).map(List::size).orElse(0);
            spelled.add(withoutDots(rows.get(i), most - count, most));
            for (int j = 0; fits(spelled, shapes, i) && j < spelled.get(i).size(); j++) {
                extents.merge(spelled.get(i).get(j), shapes.get(i).dim(j), (a, b) -> a == 1 ? b : a);
            }
        }
        spelled.add(withoutDots(rows.getLast(), 0, most));
        for (int i = 0; i < shapes.size(); i++) {
            if (fits(spelled, shapes, i)) {
                spelled.set(i, withOnes(spelled.get(i), shapes.get(i), extents));
            }
        }
        boolean isBroadcast = dotted.stream().distinct().count() > 1
                || spelled.stream().anyMatch(row -> row.contains(Signatures.ONE));
        return isBroadcast ? spelled : rows;
    }

    /** Whether an operand has a label for each dimension; else it is refused when it is bound. */
    private static boolean fits(List<List<String>> rows, List<Shape> shapes, int operand) {
        return rows.get(operand).size() == shapes.get(operand).rank();
    }

    /** The extents for which the dots of an operand stand, if it has dots and enough dimensions. */
    private static Optional<List<Integer>> dots(List<String> row, Shape shape) {
        int at = row.indexOf(Signatures.DOTS);
        int rank = shape.rank() - row.size() + 1;
        return at < 0 || rank < 0 ? Optional.empty() : Optional.of(shape.dims().subList(at, at + rank));
    }

    private static List<String> withoutDots(List<String> row, int from, int to) {
        List<String> labels = new ArrayList<>();
        for (String label : row) {
            if (label.equals(Signatures.DOTS)) {
                IntStream.range(from, to).forEach(i -> labels.add("." + i));
            } else {
                labels.add(label);
            }
        }
        return labels;
    }

    private static List<String> withOnes(List<String> row, Shape shape, Map<String, Integer> extents) {
        List<String> labels = new ArrayList<>(row);
        for (int i = 0; i < row.size(); i++) {
            String label = row.get(i);
            boolean isOne = IntStream.range(0, row.size())
                    .allMatch(j -> !row.get(j).equals(label) || shape.dim(j) == 1); // of a diagonal, both
            if (isOne && extents.get(label) != 1) {
                labels.set(i, Signatures.ONE);
            }
        }
        return labels;
    }
}
