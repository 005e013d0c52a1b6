package devml.layer;

import devml.fault.Fault;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.Span;
import devml.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options that are signatures, such as {@code nc,dc->nd}: the index of each dimension of each operand, and of the output.
 * Where {@code x.q[equation.q]} stands, the option gives the dimensions or subscripts: {@code [N, C]}, {@code [n,c]}.
 */
final class Signatures {
    /** Any number of dimensions. */
    static final String DOTS = "...";

    /** A dimension that has no index, because another operand's is repeated along it. */
    static final String ONE = "1";

    private static final Pattern OPERAND = Pattern.compile("[A-Za-z]*(\\.\\.\\.)?[A-Za-z]*");
    private static final Pattern LABEL = Pattern.compile("\\.\\.\\.|\\.\\d+|1|[A-Za-z]");

    private Signatures() {}

    /** The labels of each operand, those of the output last. */
    static List<Term> read(Node node) {
        String text = node.asText().replace(" ", "");
        int arrow = text.indexOf("->");
        List<String> rows = new ArrayList<>(List.of((arrow < 0 ? text : text.substring(0, arrow)).split(",", -1)));
        rows.add(arrow < 0 ? implied(text) : text.substring(arrow + 2));
        for (String row : rows) {
            if (!OPERAND.matcher(row).matches()) {
                throw Fault.at(
                        node.place(),
                        "'" + row + "' are no indices: letters, and '...' for any number; as in nc,dc->nd");
            }
        }
        List<String> output = labels(rows.getLast());
        for (String label : output) {
            if (output.indexOf(label) != output.lastIndexOf(label)) {
                throw Fault.at(node.place(), "the output has the index '" + label + "' twice");
            }
            if (rows.subList(0, rows.size() - 1).stream()
                    .noneMatch(row -> labels(row).contains(label))) {
                throw Fault.at(node.place(), "the output has the index '" + label + "', but no operand has");
            }
        }
        return rows.stream().<Term>map(Term.Word::new).toList();
    }

    /** Without an arrow: the dots, and the indices that occur once, in alphabetical order. */
    private static String implied(String operands) {
        TreeMap<String, Integer> times = new TreeMap<>();
        labels(operands).forEach(label -> times.merge(label, 1, Integer::sum));
        StringBuilder output = new StringBuilder(times.remove(DOTS) == null ? "" : DOTS);
        times.forEach((label, count) -> output.append(count == 1 ? label : ""));
        return output.toString();
    }

    private static List<String> labels(String row) {
        Matcher labels = LABEL.matcher(row);
        return labels.results().map(label -> label.group()).toList();
    }

    /** The labels of each operand, those of the output last. */
    static List<List<String>> rows(OptionValue signature) {
        List<List<String>> rows = new ArrayList<>();
        for (Term row : signature.items()) {
            if (row instanceof Term.Word(String labels)) {
                rows.add(labels(labels));
            }
        }
        return rows;
    }

    /** The reverse of {@link #rows}. */
    static OptionValue value(List<List<String>> rows) {
        return new OptionValue(
                rows.stream()
                        .<Term>map(labels -> new Term.Word(String.join(" ", labels)))
                        .toList(),
                true);
    }

    /** The subscripts that a lone name of a signature stands for; any others as they are. */
    static List<Expr> subscripts(List<Expr> subscripts, Scope scope) {
        return row(subscripts.size() == 1 ? subscripts.getFirst() : null, scope)
                .map(labels -> labels.stream()
                        .map(label -> subscript(label, subscripts.getFirst().span()))
                        .toList())
                .orElse(subscripts);
    }

    /** The dimensions that a lone name of a signature stands for; any others as they are. */
    static List<Dimension> dimensions(List<Dimension> dimensions, Scope scope) {
        if (dimensions.size() != 1 || !(dimensions.getFirst() instanceof Dimension.Single(Expr size, Span span))) {
            return dimensions;
        }
        return row(size, scope)
                .map(labels ->
                        labels.stream().map(label -> dimension(label, span)).toList())
                .orElse(dimensions);
    }

    private static Expr subscript(String label, Span span) {
        return label.equals(ONE) ? new Expr.Whole(0, span) : new Expr.Name(index(label), span);
    }

    private static Dimension dimension(String label, Span span) {
        if (label.equals(ONE)) {
            return new Dimension.Single(new Expr.Whole(1, span), span);
        }
        Expr.Name size = new Expr.Name(index(label).toUpperCase(Locale.ROOT), span);
        return label.equals(DOTS)
                ? new Dimension.Group(size, Optional.empty(), Optional.empty(), span)
                : new Dimension.Single(size, span);
    }

    /** Capitals are indices of their own, which no name of an index can be. */
    private static String index(String label) {
        return label.startsWith(".")
                ? "dots" + label.replace(".", "")
                : Character.isUpperCase(label.charAt(0)) ? label.toLowerCase(Locale.ROOT) + "_" : label;
    }

    /** The labels that a name stands for: {@code equation.q} those of an operand, {@code equation} those of the output. */
    private static Optional<List<String>> row(Expr e, Scope scope) {
        if (!(e instanceof Expr.Name name)) {
            return Optional.empty();
        }
        String text = scope.memberName(name.name());
        int dot = text.indexOf('.');
        String option = dot < 0 ? text : text.substring(0, dot);
        OptionType type = scope.definition().options().get(option);
        if (type == null || !type.alternatives().contains(new OptionType.Signature())) {
            return Optional.empty();
        }
        List<List<String>> rows = rows(scope.option(option).orElseThrow());
        return Optional.of(rows.get(dot < 0 ? rows.size() - 1 : Integer.parseInt(text.substring(dot + 1))));
    }

    /**
     * Checks that there are as many inputs as signatures have operands.
     *
     * @param inputs how many members the family of inputs has
     */
    static void check(Scope scope, int inputs, devml.fault.Place place) {
        scope.definition().options().forEach((name, type) -> {
            if (type.alternatives().contains(new OptionType.Signature())) {
                int operands = scope.option(name).orElseThrow().items().size() - 1;
                if (operands != inputs) {
                    throw Fault.at(
                            place, "'%s' has %d operands, but 'from' names %d".formatted(name, operands, inputs));
                }
            }
        });
    }
}
