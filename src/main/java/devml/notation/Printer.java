package devml.notation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes syntax trees as text that parses to the same tree again, spaced as a person would: with spaces around
 * operators that bind loosely, and none around those that bind tightly.
 */
public final class Printer {
    private static final int COMPARE = 4;
    private static final int ADD = 5;
    private static final int NEGATE = 7;
    private static final int ATOM = 9;
    private static final String INDENT = "  ";

    private Printer() {}

    /** Prints a block of equations, one per line, with the equations of loops indented. */
    public static List<String> lines(List<Equation> equations) {
        return lines(equations, Printer::print);
    }

    /**
     * Prints a block of equations like {@link #lines(List)}.
     *
     * @param print formats one equation, without its indentation
     */
    public static List<String> lines(List<Equation> equations, Function<Equation, String> print) {
        List<String> lines = new ArrayList<>();
        List<Loop> open = List.of();
        for (Equation equation : equations) {
            List<Loop> loops = equation.loops();
            int common = 0;
            while (common < Math.min(open.size(), loops.size())
                    && open.get(common).equals(loops.get(common))) {
                common++;
            }
            int depth = 0;
            for (int i = 0; i < loops.size(); depth++) {
                int first = i++;
                while (i < loops.size() && areOne(loops.get(i - 1), loops.get(i), equations)) {
                    i++;
                }
                if (first >= common) {
                    lines.add(INDENT.repeat(depth) + "for "
                            + join(
                                    loops.subList(first, i),
                                    ", ",
                                    loop -> print(loop).replaceAll("^for |:$", "")) + ":");
                }
            }
            lines.add(INDENT.repeat(depth) + print.apply(equation));
            open = loops;
        }
        return lines;
    }

    /**
     * Whether two loops were written in one line and can be printed in one: no equation is in the outer loop alone.
     */
    private static boolean areOne(Loop outer, Loop inner, List<Equation> equations) {
        return outer.span().equals(inner.span())
                && equations.stream()
                        .map(Equation::loops)
                        .filter(loops -> loops.contains(outer))
                        .allMatch(loops -> loops.contains(inner));
    }

    public static String print(Loop loop) {
        return "for " + loop.index().name() + (loop.down() ? " down" : "") + ":";
    }

    public static String print(Equation equation) {
        return print(equation.target())
                + (equation.accumulates() ? " += " : " = ")
                + print(equation.value())
                + equation.condition().map(c -> " | " + print(c)).orElse("");
    }

    public static String print(Abbreviation abbreviation) {
        String value = abbreviation.value() instanceof Expr.Tuple tuple
                ? join(tuple.items(), ", ", Printer::print)
                : print(abbreviation.value());
        return join(abbreviation.names(), ", ", Expr.Name::name) + " = " + value;
    }

    public static String print(Requirement requirement) {
        return print(requirement.condition())
                + requirement.needed().map(needed -> " else '" + needed + "'").orElse("");
    }

    public static String print(Declaration declaration) {
        String head = declaration.role().text() + " " + declaration.name();
        if (declaration.reduced().isPresent()) {
            Declaration.Reduced reduced = declaration.reduced().get();
            return head + " = reduce(" + print(reduced.elements()) + ", " + print(reduced.total()) + ")";
        }
        return head + "[" + join(declaration.dimensions(), ", ", Printer::print) + "]"
                + (declaration.orEmpty() ? " or [0]" : "")
                + (declaration.broadcast() ? " broadcast" : "")
                + declaration.expanded().map(group -> " " + group.name()).orElse("")
                + declaration.range().map(Printer::print).orElse("")
                + declaration.optional().map(Printer::print).orElse("");
    }

    private static String print(Declaration.Range range) {
        return " in " + print(range.size(), ADD)
                + range.other().map(other -> " or " + print(other, ADD)).orElse("")
                + (range.any() ? " or any" : "")
                + range.condition().map(condition -> " if " + print(condition)).orElse("");
    }

    private static String print(Declaration.Presence presence) {
        return " when " + presence.condition().map(Printer::print).orElse("given") + " else "
                + print(presence.otherwise());
    }

    public static String print(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var _) -> print(size, ADD);
            case Dimension.Maybe(Expr.Name size, var _) -> size.name() + "?";
            case Dimension.At(Expr.Name size, Expr axis, var _) -> size.name() + "@" + print(axis, NEGATE);
            case Dimension.Group group ->
                group.size().name() + "..."
                        + group.axes()
                                .map(axes -> "@" + print(axes.first(), NEGATE) + ":" + print(axes.last(), NEGATE))
                                .orElse("")
                        + group.given().map(row -> " = " + print(row, ADD)).orElse("");
            case Dimension.Listed(Expr.Name size, Expr axes, var _) -> size.name() + "...@" + print(axes, NEGATE);
            case Dimension.Shaped(Expr.Name size, Expr shape, var _) -> size.name() + "... as " + print(shape, ADD);
            case Dimension.When(Dimension of, Expr condition, var _) -> print(of) + " when " + print(condition);
        };
    }

    public static String print(OptionType type) {
        return join(type.alternatives(), " or ", Printer::print)
                + type.standard().map(value -> " = " + printStandard(value)).orElse("");
    }

    /** Prints the default of an option; a list is put in brackets. */
    public static String printStandard(Expr standard) {
        return standard instanceof Expr.Tuple tuple
                ? "[" + join(tuple.items(), ", ", Printer::print) + "]"
                : print(standard);
    }

    private static String print(OptionType.Alternative alternative) {
        return switch (alternative) {
            case OptionType.Truth() -> "bool";
            case OptionType.Signature() -> "signature";
            case OptionType.Choice(String word) -> word.matches("-?\\w+") ? word : "'" + word + "'";
            case OptionType.Numbers numbers ->
                (numbers.whole() ? "int" : "float")
                        + (numbers.count() == 0 ? "s" : !numbers.row() ? "" : String.valueOf(numbers.count()))
                        + (numbers.bounds().isEmpty() ? "" : " ")
                        + join(numbers.bounds(), " and ", b -> b.relation().text() + " " + number(b.limit()));
        };
    }

    public static String print(Expr expr) {
        return print(expr, 0);
    }

    /** Prints an expression, in parentheses if it binds less tightly than {@code strength}. */
    private static String print(Expr expr, int strength) {
        String text = switch (expr) {
            case Expr.Whole whole -> String.valueOf(whole.value());
            case Expr.Decimal decimal -> decimal(decimal.value());
            case Expr.Word word -> "'" + word.value() + "'";
            case Expr.Name name -> name.name();
            case Expr.Access access -> access.tensor() + "[" + join(access.subscripts(), ",", Printer::print) + "]";
            case Expr.OrElse orElse -> "(" + print(orElse.access()) + " else " + print(orElse.otherwise()) + ")";
            case Expr.Unary unary -> unary.op().text() + print(unary.operand(), strengthOf(unary));
            case Expr.Binary binary -> print(binary);
            case Expr.Compare compare -> print(compare);
            case Expr.Call call -> call.function() + "(" + join(call.arguments(), ", ", Printer::print) + ")";
            case Expr.Reduce reduce ->
                reduce.reduction().text() + "(" + join(reduce.indices(), ",", Expr.Name::name)
                        + reduce.guard().map(g -> " | " + print(g)).orElse("") + ": " + print(reduce.body())
                        + ")";
            case Expr.Tuple tuple -> "(" + join(tuple.items(), ", ", Printer::print) + ")";
        };
        return strengthOf(expr) < strength ? "(" + text + ")" : text;
    }

    /** Descends to the leftmost operand in a loop, because a long sum is a deep tree. */
    private static String print(Expr.Binary binary) {
        Deque<Expr.Binary> chain = new ArrayDeque<>(List.of(binary));
        Expr first = binary.left();
        while (first instanceof Expr.Binary inner && inner.op().strength() >= leftStrength(chain.element())) {
            chain.push(inner);
            first = inner.left();
        }
        StringBuilder text = new StringBuilder(print(first, leftStrength(chain.element())));
        for (Expr.Binary link : chain) {
            BinaryOp op = link.op();
            boolean tight = op == BinaryOp.POWER || (op.strength() == BinaryOp.MULTIPLY.strength() && !isLong(link));
            String space = tight ? "" : " ";
            text.append(space).append(op.text()).append(space);
            text.append(print(link.right(), op == BinaryOp.POWER ? NEGATE : op.strength() + 1));
        }
        return text.toString();
    }

    /** The left operand of {@code ^} must be an atom; the right one may have a sign. */
    private static int leftStrength(Expr.Binary binary) {
        return binary.op() == BinaryOp.POWER ? ATOM : binary.op().strength();
    }

    /**
     * Whether an operand of a product has brackets; then spaces around the operator make the product easier to read.
     */
    private static boolean isLong(Expr.Binary product) {
        Expr operand = product;
        while (operand instanceof Expr.Binary link && link.op().strength() == BinaryOp.MULTIPLY.strength()) {
            if (hasBrackets(link.right())) {
                return true;
            }
            operand = link.left();
        }
        return hasBrackets(operand);
    }

    private static boolean hasBrackets(Expr operand) {
        Expr unsigned = operand instanceof Expr.Unary unary ? unary.operand() : operand;
        return unsigned instanceof Expr.Access || unsigned instanceof Expr.Reduce;
    }

    private static String print(Expr.Compare compare) {
        StringBuilder text = new StringBuilder(print(compare.operands().getFirst(), ADD));
        for (int i = 0; i < compare.relations().size(); i++) {
            text.append(' ').append(compare.relations().get(i).text()).append(' ');
            text.append(print(compare.operands().get(i + 1), ADD));
        }
        return text.toString();
    }

    private static int strengthOf(Expr expr) {
        return switch (expr) {
            case Expr.Unary unary -> unary.op() == UnaryOp.NOT ? 3 : NEGATE;
            case Expr.Binary binary -> binary.op().strength();
            case Expr.Compare _ -> COMPARE;
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _, Expr.Access _, Expr.OrElse _ -> ATOM;
            case Expr.Call _, Expr.Reduce _, Expr.Tuple _ -> ATOM;
        };
    }

    /** Prints the bound of an option, without a fraction if it is a whole number. */
    private static String number(double value) {
        return value == (long) value && Math.abs(value) < 1e15 ? String.valueOf((long) value) : decimal(value);
    }

    /** Formats a number as people write it: {@code 1e-5}, not {@code 1.0E-5}. */
    public static String decimal(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = Double.toString(value).toLowerCase(Locale.ROOT);
        return text.replace(".0e", "e");
    }

    private static <T> String join(List<T> items, String separator, Function<T, String> print) {
        List<String> texts = new ArrayList<>(items.size());
        items.forEach(item -> texts.add(print.apply(item)));
        return texts.stream().collect(Collectors.joining(separator));
    }
}
