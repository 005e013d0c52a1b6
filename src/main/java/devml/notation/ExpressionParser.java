package devml.notation;

import devml.fault.Fault;
import devml.notation.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Parses expressions: one method for each level of precedence, from the operators that bind loosest to those that bind
 * tightest.
 */
final class ExpressionParser {
    private static final int MAX_DEPTH = 64;
    private static final Map<String, BinaryOp> OPERATORS =
            Arrays.stream(BinaryOp.values()).collect(Collectors.toMap(BinaryOp::text, op -> op));
    private static final Map<String, Relation> RELATIONS =
            Arrays.stream(Relation.values()).collect(Collectors.toMap(Relation::text, relation -> relation));

    private final Tokens tokens;
    private int depth;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Expr expression() {
        return nested(() -> binary(BinaryOp.OR.strength(), this::not));
    }

    /** An expression, or several separated by commas. */
    Expr tuple() {
        Token first = tokens.peek();
        List<Expr> items = new ArrayList<>();
        do {
            items.add(expression());
        } while (tokens.take(","));
        return items.size() == 1 ? items.getFirst() : new Expr.Tuple(items, tokens.since(first));
    }

    /** An expression without comparisons and logic; in declarations of sizes their words mean something else. */
    Expr additive() {
        return binary(BinaryOp.ADD.strength(), this::unary);
    }

    List<Expr.Name> names() {
        List<Expr.Name> names = new ArrayList<>();
        do {
            names.add(name(tokens.expectName("a name")));
        } while (tokens.take(","));
        return names;
    }

    /**
     * Limits the depth of recursion, so that hostile nesting is reported as a fault instead of overflowing the stack.
     */
    private Expr nested(Supplier<Expr> rule) {
        if (++depth > MAX_DEPTH) {
            throw Fault.at(tokens.peek().place(), "the expression is nested deeper than " + MAX_DEPTH + " levels");
        }
        Expr result = rule.get();
        depth--;
        return result;
    }

    /** Operands separated by operators whose strength is at least {@code weakest}. */
    private Expr binary(int weakest, Supplier<Expr> operand) {
        Token first = tokens.peek();
        Expr left = operand.get();
        for (Optional<BinaryOp> op = operator(weakest); op.isPresent(); op = operator(weakest)) {
            tokens.next();
            Expr right = binary(op.get().strength() + 1, operand);
            left = new Expr.Binary(op.get(), left, right, tokens.since(first));
        }
        return left;
    }

    private Optional<BinaryOp> operator(int weakest) {
        return spelled(OPERATORS).filter(op -> op.strength() >= weakest);
    }

    /** The operator or relation that the next token spells, if any. */
    private <T> Optional<T> spelled(Map<String, T> bySpelling) {
        Token next = tokens.peek();
        return next.isSpelled() ? Optional.ofNullable(bySpelling.get(next.text())) : Optional.empty();
    }

    private Expr not() {
        Token first = tokens.peek();
        return tokens.take("not") ? new Expr.Unary(UnaryOp.NOT, nested(this::not), tokens.since(first)) : comparison();
    }

    private Expr comparison() {
        Token first = tokens.peek();
        List<Expr> operands = new ArrayList<>(List.of(additive()));
        List<Relation> relations = new ArrayList<>();
        for (Optional<Relation> relation = relation(); relation.isPresent(); relation = relation()) {
            relations.add(relation.get());
            operands.add(additive());
        }
        return relations.isEmpty() ? operands.getFirst() : new Expr.Compare(operands, relations, tokens.since(first));
    }

    Optional<Relation> relation() {
        Optional<Relation> relation = spelled(RELATIONS);
        relation.ifPresent(_ -> tokens.next());
        return relation;
    }

    /** A sign binds less tightly than a power: {@code -x^2} is {@code -(x^2)}. */
    Expr unary() {
        Token first = tokens.peek();
        return tokens.take("-") ? new Expr.Unary(UnaryOp.NEGATE, nested(this::unary), tokens.since(first)) : power();
    }

    /** Associates to the right: {@code a^b^c} is {@code a^(b^c)}. */
    private Expr power() {
        Token first = tokens.peek();
        Expr base = primary();
        return tokens.take("^")
                ? new Expr.Binary(BinaryOp.POWER, base, nested(this::unary), tokens.since(first))
                : base;
    }

    Expr primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> number(tokens.next());
            case WORD -> new Expr.Word(tokens.next().text(), Span.of(token.place()));
            case NAME -> named();
            case SYMBOL -> parenthesised();
            case LINE_END, END -> throw tokens.unexpected("a value");
        };
    }

    private static Expr number(Token token) {
        Span span = Span.of(token.place());
        if (token.text().chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            double value = Double.parseDouble(token.text());
            if (Double.isInfinite(value)) {
                throw Fault.at(token.place(), "the number is too large for float64; infinity is written inf");
            }
            return new Expr.Decimal(value, span);
        }
        try {
            return new Expr.Whole(Long.parseLong(token.text()), span);
        } catch (NumberFormatException e) {
            throw Fault.at(
                    token.place(), "the integer does not fit into 64 bits; write it with a point or an exponent");
        }
    }

    private Expr named() {
        if (Tokens.isKeyword(tokens.peek())) {
            throw tokens.unexpected("a value");
        }
        Token name = tokens.next();
        if (tokens.take("[")) {
            return new Expr.Access(name.text(), tokens.commaSeparated("]", this::expression), tokens.since(name));
        }
        if (tokens.take("(")) {
            Optional<Reduction> reduction = Reduction.of(name.text());
            if (reduction.isPresent() && isIndexList()) {
                return reduce(reduction.get(), name);
            }
            return new Expr.Call(name.text(), tokens.commaSeparated(")", this::expression), tokens.since(name));
        }
        return name(name);
    }

    /** Whether names separated by commas follow, up to a colon or a bar: then they are the indices of a reduction. */
    private boolean isIndexList() {
        for (int ahead = 0; tokens.peek(ahead).kind() == Kind.NAME; ahead += 2) {
            Token after = tokens.peek(ahead + 1);
            if (!after.is(",")) {
                return after.is(":") || after.is("|");
            }
        }
        return false;
    }

    private Expr reduce(Reduction reduction, Token first) {
        List<Expr.Name> indices = names();
        Optional<Expr> guard = tokens.take("|") ? Optional.of(expression()) : Optional.empty();
        tokens.expect(":", "':' and what is reduced");
        Expr body = expression();
        tokens.expect(")", "')'");
        return new Expr.Reduce(reduction, indices, guard, body, tokens.since(first));
    }

    private Expr parenthesised() {
        Token open = tokens.peek();
        tokens.expect("(", "a value");
        Expr inner = tuple();
        if (tokens.take("else")) {
            if (!(inner instanceof Expr.Access access)) {
                throw Fault.at(inner.place(), "'else' covers one element of a tensor, such as (x[n,i-1] else 0)");
            }
            Expr otherwise = expression();
            tokens.expect(")", "')'");
            return new Expr.OrElse(access, otherwise, tokens.since(open));
        }
        tokens.expect(")", "')'");
        return inner;
    }

    static Expr.Name name(Token token) {
        return new Expr.Name(token.text(), Span.of(token.place()));
    }
}
