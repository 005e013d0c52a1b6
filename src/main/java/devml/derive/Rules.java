package devml.derive;

import devml.fault.Place;
import devml.fault.Source;
import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Parser;
import devml.notation.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The derivative of every operation with respect to each of its operands, written in the notation: one line an
 * operation. Where two branches meet, the lines say what devml holds to be the derivative: abs'(0) = 0,
 * clamp'(bound) = 1, relu'(0) = 0, and a tie of two values that both have a gradient is halved.
 */
public final class Rules {

    /** Operation and derivatives; {@code constant} has none, and operands beyond the derivatives have none either. */
    private static final List<Rule> TABLE = List.of(
            rule("a + b", "1", "1"),
            rule("a - b", "1", "-1"),
            rule("a*b", "b", "a"),
            rule("a/b", "1/b", "-a/b^2"),
            rule("a^b", "where(b == 0, 0, b*a^(b - 1))", "where(a == 0 and b >= 0, 0, a^b*log(a))"),
            rule("a % b", "1", "-(a // b)"),
            rule("a // b"),
            rule("-a", "-1"),
            rule("not a"),
            rule("a and b"),
            rule("a or b"),
            rule("where(c, a, b)", "0", "where(c, 1, 0)", "where(c, 0, 1)"),
            rule("max(a, b)", "where(a < b, 0, where(a == b, 1/2, 1))", "where(a > b, 0, where(a == b, 1/2, 1))"),
            rule("max(a, constant)", "where(a <= constant, 0, 1)"),
            rule("min(a, b)", "where(a > b, 0, where(a == b, 1/2, 1))", "where(a < b, 0, where(a == b, 1/2, 1))"),
            rule("min(a, constant)", "where(a >= constant, 0, 1)"),
            rule(
                    "clamp(a, b, c)",
                    "where(b <= a <= c, 1, 0)",
                    "where(a < b and b <= c, 1, 0)",
                    "where(a > c or b > c, 1, 0)"),
            rule("abs(a)", "sign(a)"),
            rule("sign(a)"),
            rule("floor(a)"),
            rule("wrap(a, b, c)"),
            rule("item(a, b)"),
            rule("len(a)"),
            rule("rank(a)"),
            rule("extent(a, b)"),
            rule("stop(a)"),
            rule("straight(a, b)", "1"),
            rule("exp(a)", "exp(a)"),
            rule("expm1(a)", "exp(a)"),
            rule("log(a)", "1/a"),
            rule("log1p(a)", "1/(1 + a)"),
            rule("sqrt(a)", "1/(2*sqrt(a))"),
            rule("sin(a)", "cos(a)"),
            rule("cos(a)", "-sin(a)"),
            rule("tanh(a)", "1 - tanh(a)^2"),
            rule("erf(a)", "2*exp(-a^2)/sqrt(pi)"),
            rule("sigmoid(a)", "sigmoid(a)*(1 - sigmoid(a))"),
            rule("softplus(a)", "sigmoid(a)"));

    private static final Map<String, Rule> BY_KEY = byKey();

    /** What an operation's derivative is, operand by operand. */
    public record Rule(Expr operation, List<Expr> derivatives) {
        public Rule {
            derivatives = List.copyOf(derivatives);
        }

        private String key() {
            boolean hasConstant = Trees.children(operation).stream()
                    .anyMatch(operand ->
                            operand instanceof Expr.Name name && name.name().equals("constant"));
            return Rules.key(operation) + (hasConstant ? " constant" : "");
        }
    }

    /**
     * An operand that has a derivative.
     *
     * @param operand where the chain goes on
     * @param derivative of the operation with respect to it
     */
    record Partial(Expr operand, Expr derivative) {}

    private Rules() {}

    /** The table, in its order. */
    public static List<Rule> table() {
        return TABLE;
    }

    /** The names of the functions that the table knows. */
    static List<String> functions() {
        return TABLE.stream()
                .map(Rule::operation)
                .filter(Expr.Call.class::isInstance)
                .map(Rules::key)
                .distinct()
                .toList();
    }

    /** What a reduction does with a gradient; its rules need names for indices, and are in {@link Chain}. */
    static boolean isSmooth(Reduction reduction) {
        return switch (reduction) {
            case SUM, PROD, MAX, MIN, MEAN, LOGSUMEXP -> true;
            case ARGMAX, ARGMIN, COUNT, ROW -> false;
        };
    }

    /**
     * The derivatives of an operation with respect to those of its operands that have any.
     *
     * @param e an operator or a function of operands
     * @return nothing if there is no such operation
     */
    static Optional<List<Partial>> partials(Expr e, Predicate<Expr> isActive) {
        List<Expr> operands = Trees.children(e);
        String key = key(e);
        boolean isExtreme = key.equals("max") || key.equals("min");
        if (isExtreme && operands.size() > 2) {
            return partials(nested((Expr.Call) e), isActive);
        }
        if (isExtreme && operands.stream().filter(isActive).count() == 1) {
            key += " constant";
            operands = isActive.test(operands.getFirst()) ? operands : operands.reversed();
        }
        return Optional.ofNullable(BY_KEY.get(key)).map(partials(operands, isActive));
    }

    private static java.util.function.Function<Rule, List<Partial>> partials(
            List<Expr> operands, Predicate<Expr> isActive) {
        return rule -> {
            Map<String, Expr> actual = new HashMap<>();
            List<Expr> formal = Trees.children(rule.operation());
            for (int i = 0; i < formal.size(); i++) {
                actual.put(((Expr.Name) formal.get(i)).name(), operands.get(i));
            }
            List<Partial> partials = new ArrayList<>();
            for (int i = 0; i < rule.derivatives().size(); i++) {
                if (isActive.test(operands.get(i))) {
                    partials.add(new Partial(
                            operands.get(i), Trees.value(fill(rule.derivatives().get(i), actual))));
                }
            }
            return partials;
        };
    }

    private static Expr fill(Expr e, Map<String, Expr> actual) {
        if (e instanceof Expr.Name name) {
            return actual.getOrDefault(name.name(), e);
        }
        Expr filled = Trees.map(e, x -> fill(x, actual));
        boolean isProduct = e instanceof Expr.Unary || (e instanceof Expr.Binary binary && isMultiplicative(binary));
        return isProduct ? Product.of(filled).expression(filled) : filled;
    }

    private static boolean isMultiplicative(Expr.Binary e) {
        return e.op() == BinaryOp.MULTIPLY || e.op() == BinaryOp.DIVIDE || e.op() == BinaryOp.POWER;
    }

    /** {@code max(a, b, c)} is {@code max(max(a, b), c)}. */
    private static Expr nested(Expr.Call call) {
        Expr result = call.arguments().getFirst();
        for (Expr argument : call.arguments().subList(1, call.arguments().size())) {
            result = Trees.call(call.function(), result, argument);
        }
        return result;
    }

    private static String key(Expr e) {
        return switch (e) {
            case Expr.Unary unary -> "unary " + unary.op();
            case Expr.Binary binary -> binary.op().text();
            case Expr.Call call -> call.function();
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _, Expr.Access _, Expr.OrElse _ -> "";
            case Expr.Compare _, Expr.Reduce _, Expr.Tuple _ -> "";
        };
    }

    private static Map<String, Rule> byKey() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        TABLE.forEach(rule -> rules.put(rule.key(), rule));
        return Collections.unmodifiableMap(rules);
    }

    private static Rule rule(String operation, String... derivatives) {
        return new Rule(
                parse(operation),
                List.of(derivatives).stream().map(Rules::parse).toList());
    }

    private static Expr parse(String text) {
        return Parser.expression(new Place(new Source("the table of derivatives", text), 0, text.length()));
    }
}
