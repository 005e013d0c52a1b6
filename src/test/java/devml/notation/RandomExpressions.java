package devml.notation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes trees that the parser can yield, of every kind of node. */
final class RandomExpressions {
    private static final List<String> NAMES =
            List.of("n", "k'", "K.q'", "start.q", "C", "weight_ih", "inf", "sum", "i2");
    private static final List<String> FUNCTIONS = List.of("exp", "where", "max", "min", "wrap");
    private static final Span SPAN = Span.of(Texts.place(""));

    private final Random random;
    private final Set<Class<?>> kinds = new HashSet<>();

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** The kinds of nodes made so far. */
    Set<Class<?>> kinds() {
        return kinds;
    }

    Expr expression(int depth) {
        Expr made = depth == 0 || random.nextInt(5) == 0 ? leaf() : inner(depth - 1);
        kinds.add(made.getClass());
        return made;
    }

    private Expr leaf() {
        return switch (random.nextInt(5)) {
            case 0 ->
                new Expr.Whole(random.nextBoolean() ? random.nextInt(10) : random.nextLong() & Long.MAX_VALUE, SPAN);
            case 1 -> new Expr.Decimal(decimal(), SPAN);
            case 2 -> new Expr.Word(pick(List.of("same", "", "two words", "a#b|(")), SPAN);
            case 3 -> access(0);
            default -> name();
        };
    }

    private Expr inner(int depth) {
        Supplier<Expr> operand = () -> expression(depth);
        return switch (random.nextInt(11)) {
            case 0 -> access(depth);
            case 1 -> new Expr.OrElse(access(depth), operand.get(), SPAN);
            case 2 -> new Expr.Unary(pick(List.of(UnaryOp.values())), operand.get(), SPAN);
            case 3 -> {
                int relations = 1 + random.nextInt(3);
                yield new Expr.Compare(
                        many(relations + 1, operand), many(relations, () -> pick(List.of(Relation.values()))), SPAN);
            }
            case 4 -> new Expr.Call(pick(FUNCTIONS), many(random.nextInt(4), operand), SPAN);
            case 5 ->
                new Expr.Reduce(
                        pick(List.of(Reduction.values())),
                        many(1 + random.nextInt(3), this::name),
                        random.nextBoolean() ? Optional.of(operand.get()) : Optional.empty(),
                        operand.get(),
                        SPAN);
            case 6 -> new Expr.Tuple(many(2 + random.nextInt(2), operand), SPAN);
            default -> new Expr.Binary(pick(List.of(BinaryOp.values())), operand.get(), operand.get(), SPAN);
        };
    }

    private Expr.Access access(int depth) {
        return new Expr.Access(pick(NAMES), many(random.nextInt(4), () -> expression(depth)), SPAN);
    }

    private Expr.Name name() {
        return new Expr.Name(pick(NAMES), SPAN);
    }

    /** Of any magnitude, but no sign: a sign is a node of its own. */
    private double decimal() {
        return random.nextBoolean()
                ? random.nextInt(100) / 4.0
                : Math.scalb(random.nextDouble(), random.nextInt(2000) - 1000);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static <T> List<T> many(int count, Supplier<T> item) {
        return Stream.generate(item).limit(count).toList();
    }
}
