package devml.report;

import devml.run.OpenComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The open comparisons at one element that one equation writes, which reports show together: a single one for a ReLU,
 * one for each rival of the maximum in a window of a max pool.
 *
 * @param comparisons the comparisons, at least one
 */
record OpenElement(List<OpenComparison> comparisons) {
    OpenElement {
        comparisons = List.copyOf(comparisons);
    }

    /** Groups comparisons by element, in the order in which the elements first occur. */
    static List<OpenElement> of(List<OpenComparison> comparisons) {
        Map<List<Object>, List<OpenComparison>> elements = new LinkedHashMap<>();
        for (OpenComparison one : comparisons) {
            elements.computeIfAbsent(
                            List.of(
                                    one.batch(),
                                    one.layer(),
                                    one.tensor(),
                                    one.index(),
                                    one.place(),
                                    one.isTie(),
                                    one.holds()),
                            _ -> new ArrayList<>())
                    .add(one);
        }
        return elements.values().stream().map(OpenElement::new).toList();
    }

    String layer() {
        return comparisons.getFirst().layer();
    }

    /**
     * Describes the comparisons: {@code act: dx[0, 3] asks 0 <= 0 (relu.yaml:9:1): a tie, taken as true; entries that
     * depend on it: 2 of fc.weight, the first [0, 3]}. If there are several batches, the batch is named first.
     */
    String sentence() {
        OpenComparison first = comparisons.getFirst();
        boolean isSingle = comparisons.size() == 1;
        String relation = switch (first.relation()) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_EQUAL -> "<=";
        };
        String tie = first.isTie() ? (isSingle ? "a tie, " : "ties, ") : "";
        String dependents = dependents().entrySet().stream()
                .map(entry -> entry.getValue().size() + " of " + entry.getKey() + ", the first "
                        + (entry.getValue().getFirst().isEmpty()
                                ? "itself"
                                : entry.getValue().getFirst()))
                .collect(Collectors.joining("; "));
        return "%s%s: %s%s asks %s %s %s%s (%s:%d:%d): %staken as %s%s%s"
                .formatted(
                        first.batch().isPresent() ? "batch " + first.batch().getAsInt() + ", " : "",
                        first.layer(),
                        first.tensor(),
                        first.index().isEmpty() ? "" : first.index(),
                        Decimals.shortest(first.left()),
                        relation,
                        Decimals.shortest(first.right()),
                        isSingle ? "" : " and " + (comparisons.size() - 1) + " more",
                        first.place().source().name(),
                        first.place().line(),
                        first.place().column(),
                        tie,
                        first.holds(),
                        dependents.isEmpty() ? "" : "; entries that depend on " + (isSingle ? "it: " : "them: "),
                        dependents);
    }

    /** The entries of each tensor that depend on one of the comparisons. */
    private Map<String, List<List<Integer>>> dependents() {
        Map<String, Set<List<Integer>>> all = new LinkedHashMap<>();
        comparisons.forEach(one -> one.dependents()
                .forEach((tensor, entries) ->
                        all.computeIfAbsent(tensor, _ -> new LinkedHashSet<>()).addAll(entries)));
        Map<String, List<List<Integer>>> lists = new LinkedHashMap<>();
        all.forEach((tensor, entries) -> lists.put(tensor, List.copyOf(entries)));
        return lists;
    }
}
