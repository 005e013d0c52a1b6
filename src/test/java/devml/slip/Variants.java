package devml.slip;

import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Reduction;
import devml.notation.Relation;
import devml.notation.Subexpressions;
import devml.notation.UnaryOp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What one slip makes of an expression: something at one place in it is not what it should be. */
final class Variants {
    private static final Map<BinaryOp, BinaryOp> OPERATORS = Map.of(
            BinaryOp.ADD, BinaryOp.SUBTRACT,
            BinaryOp.SUBTRACT, BinaryOp.ADD,
            BinaryOp.MULTIPLY, BinaryOp.DIVIDE,
            BinaryOp.DIVIDE, BinaryOp.MULTIPLY,
            BinaryOp.FLOOR_DIVIDE, BinaryOp.MODULO,
            BinaryOp.MODULO, BinaryOp.FLOOR_DIVIDE,
            BinaryOp.POWER, BinaryOp.MULTIPLY,
            BinaryOp.AND, BinaryOp.OR,
            BinaryOp.OR, BinaryOp.AND);

    private static final Map<Relation, Relation> RELATIONS = Map.of(
            Relation.EQUAL, Relation.NOT_EQUAL,
            Relation.NOT_EQUAL, Relation.EQUAL,
            Relation.LESS, Relation.LESS_EQUAL,
            Relation.LESS_EQUAL, Relation.LESS,
            Relation.GREATER, Relation.GREATER_EQUAL,
            Relation.GREATER_EQUAL, Relation.GREATER);

    private static final Map<Reduction, Reduction> REDUCTIONS = Map.of(
            Reduction.MAX, Reduction.MIN,
            Reduction.MIN, Reduction.MAX,
            Reduction.ARGMAX, Reduction.ARGMIN,
            Reduction.ARGMIN, Reduction.ARGMAX,
            Reduction.SUM, Reduction.MEAN,
            Reduction.MEAN, Reduction.SUM,
            Reduction.PROD, Reduction.SUM,
            Reduction.COUNT, Reduction.MEAN, // the sum of a condition is its count
            Reduction.LOGSUMEXP, Reduction.SUM);

    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("max", "min"),
            Map.entry("min", "max"),
            Map.entry("sin", "cos"),
            Map.entry("cos", "sin"),
            Map.entry("exp", "log"),
            Map.entry("log", "exp"),
            Map.entry("expm1", "exp"),
            Map.entry("log1p", "log"),
            Map.entry("tanh", "sigmoid"),
            Map.entry("sigmoid", "tanh"),
            Map.entry("abs", "sign"),
            Map.entry("sign", "abs"));

    /** Functions whose argument does not change by itself what the function stands for. */
    private static final Set<String> KEPT =
            Set.of("where", "wrap", "item", "len", "rank", "kind", "clamp", "max", "min");

    private final Vocabulary vocabulary;

    /** The names in the line that are no sizes: what may be confused with one another there. */
    private final List<String> names;

    Variants(Vocabulary vocabulary, List<Expr> line) {
        this.vocabulary = vocabulary;
        Set<String> found = new LinkedHashSet<>();
        line.forEach(part -> Subexpressions.walk(part, e -> {
            if (e instanceof Expr.Name(String name, var _) && !Vocabulary.isSize(name)) {
                found.add(name);
            }
        }));
        this.names = List.copyOf(found);
    }

    List<Expr> of(Expr e) {
        List<Expr> variants = new ArrayList<>(here(e));
        List<Expr> parts = Subexpressions.parts(e);
        int first = e instanceof Expr.Reduce reduce ? reduce.indices().size() : 0;
        boolean isSubscripted = e instanceof Expr.Access;
        for (int i = first; i < parts.size(); i++) {
            List<Expr> changes = new ArrayList<>(of(parts.get(i)));
            if (isSubscripted && !(parts.get(i) instanceof Expr.Whole)) {
                changes.add(plus(parts.get(i), BinaryOp.ADD));
                changes.add(plus(parts.get(i), BinaryOp.SUBTRACT));
            }
            for (Expr changed : changes) {
                boolean fits = (!(e instanceof Expr.OrElse && i == 0) || changed instanceof Expr.Access)
                        && !(isSquare(e) && isReversed(parts.get(i), changed));
                if (fits) {
                    List<Expr> all = new ArrayList<>(parts);
                    all.set(i, changed);
                    variants.add(with(e, all));
                }
            }
        }
        return variants;
    }

    /** Squared, {@code a - b} is {@code b - a}. */
    private static boolean isSquare(Expr e) {
        return e instanceof Expr.Binary(BinaryOp op, var _, Expr.Whole(long exponent, var _), var _)
                && op == BinaryOp.POWER
                && exponent == 2;
    }

    private static boolean isReversed(Expr before, Expr after) {
        return before instanceof Expr.Binary a
                && after instanceof Expr.Binary b
                && a.op() == BinaryOp.SUBTRACT
                && b.op() == BinaryOp.SUBTRACT
                && a.left().equals(b.right())
                && a.right().equals(b.left());
    }

    private static Expr plus(Expr e, BinaryOp op) {
        return new Expr.Binary(op, e, new Expr.Whole(1, e.span()), e.span());
    }

    /** Slips in what the expression itself says; those in its parts are for {@link #of}. */
    private List<Expr> here(Expr e) {
        return switch (e) {
            case Expr.Whole(long value, var span) ->
                List.of(new Expr.Whole(value + 1, span), value > 0 ? new Expr.Whole(value - 1, span) : e);
            case Expr.Decimal(double value, var span) -> List.of(new Expr.Decimal(value * 1.125, span));
            case Expr.Name name -> other(name).<List<Expr>>map(List::of).orElse(List.of());
            case Expr.Access access -> access(access);
            case Expr.Unary unary -> List.of(unary.operand());
            case Expr.Binary binary -> binary(binary);
            case Expr.Compare compare -> compare(compare);
            case Expr.Call call -> call(call);
            case Expr.Reduce reduce -> reduce(reduce);
            case Expr.OrElse orElse -> List.of(orElse.access());
            case Expr.Tuple(List<Expr> items, var span) ->
                swaps(items).stream()
                        .<Expr>map(swapped -> new Expr.Tuple(swapped, span))
                        .toList();
            case Expr.Word _ -> List.of();
        };
    }

    private Optional<Expr> other(Expr.Name name) {
        Optional<String> other = Vocabulary.isSize(name.name())
                ? vocabulary.otherSize(name.name())
                : Vocabulary.after(name.name(), names);
        return other.map(n -> new Expr.Name(n, name.span()));
    }

    private List<Expr> access(Expr.Access access) {
        List<Expr> variants = new ArrayList<>();
        swaps(access.subscripts())
                .forEach(swapped -> variants.add(new Expr.Access(access.tensor(), swapped, access.span())));
        vocabulary
                .otherTensor(access.tensor(), access.subscripts().size())
                .ifPresent(other -> variants.add(new Expr.Access(other, access.subscripts(), access.span())));
        return variants;
    }

    /** The list with two neighbours swapped. */
    private static List<List<Expr>> swaps(List<Expr> items) {
        return IntStream.range(1, items.size())
                .mapToObj(i -> {
                    List<Expr> swapped = new ArrayList<>(items);
                    swapped.set(i, items.get(i - 1));
                    swapped.set(i - 1, items.get(i));
                    return swapped;
                })
                .filter(swapped -> !swapped.equals(items))
                .toList();
    }

    private static List<Expr> binary(Expr.Binary binary) {
        List<Expr> variants = new ArrayList<>(List.of(binary.left(), binary.right()));
        boolean isNeutral = binary.right() instanceof Expr.Whole(long value, var _) && value == 0; // x + 0 is x - 0
        if (!isNeutral) {
            variants.add(new Expr.Binary(OPERATORS.get(binary.op()), binary.left(), binary.right(), binary.span()));
        }
        if (binary.op() == BinaryOp.SUBTRACT || binary.op() == BinaryOp.POWER) {
            variants.add(new Expr.Binary(binary.op(), binary.right(), binary.left(), binary.span()));
        }
        return variants;
    }

    private static List<Expr> compare(Expr.Compare compare) {
        List<Expr> variants = new ArrayList<>();
        for (int i = 0; i < compare.relations().size(); i++) {
            List<Relation> relations = new ArrayList<>(compare.relations());
            relations.set(i, RELATIONS.get(relations.get(i)));
            variants.add(new Expr.Compare(compare.operands(), relations, compare.span()));
        }
        return variants;
    }

    private static List<Expr> call(Expr.Call call) {
        List<Expr> variants = new ArrayList<>();
        List<Expr> arguments = call.arguments();
        if (call.function().equals("where") && arguments.size() == 3) {
            variants.add(
                    new Expr.Call("where", List.of(arguments.get(0), arguments.get(2), arguments.get(1)), call.span()));
        } else if (!KEPT.contains(call.function()) || arguments.size() == 2) {
            variants.addAll(arguments);
        }
        Optional.ofNullable(FUNCTIONS.get(call.function()))
                .ifPresent(other -> variants.add(new Expr.Call(other, arguments, call.span())));
        return variants;
    }

    private static List<Expr> reduce(Expr.Reduce reduce) {
        List<Expr> variants = new ArrayList<>();
        Optional.ofNullable(REDUCTIONS.get(reduce.reduction()))
                .ifPresent(other -> variants.add(
                        new Expr.Reduce(other, reduce.indices(), reduce.guard(), reduce.body(), reduce.span())));
        reduce.guard()
                .ifPresent(_ -> variants.add(new Expr.Reduce(
                        reduce.reduction(), reduce.indices(), Optional.empty(), reduce.body(), reduce.span())));
        if (reduce.indices().size() > 1) {
            for (int i = 0; i < reduce.indices().size(); i++) {
                List<Expr.Name> fewer = new ArrayList<>(reduce.indices());
                fewer.remove(i);
                variants.add(new Expr.Reduce(reduce.reduction(), fewer, reduce.guard(), reduce.body(), reduce.span()));
            }
        }
        return variants;
    }

    /** The same kind of expression, of other parts. */
    private static Expr with(Expr e, List<Expr> parts) {
        return switch (e) {
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _ -> e;
            case Expr.Access(String tensor, var _, var span) -> new Expr.Access(tensor, parts, span);
            case Expr.OrElse orElse -> new Expr.OrElse((Expr.Access) parts.get(0), parts.get(1), orElse.span());
            case Expr.Unary(UnaryOp op, var _, var span) -> new Expr.Unary(op, parts.getFirst(), span);
            case Expr.Binary binary -> new Expr.Binary(binary.op(), parts.get(0), parts.get(1), binary.span());
            case Expr.Compare(var _, var relations, var span) -> new Expr.Compare(parts, relations, span);
            case Expr.Call(String function, var _, var span) -> new Expr.Call(function, parts, span);
            case Expr.Reduce reduce ->
                new Expr.Reduce(
                        reduce.reduction(),
                        reduce.indices(),
                        reduce.guard().map(_ -> parts.get(parts.size() - 2)),
                        parts.getLast(),
                        reduce.span());
            case Expr.Tuple(var _, var span) -> new Expr.Tuple(parts, span);
        };
    }
}
