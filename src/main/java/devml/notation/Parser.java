package devml.notation;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Declaration.Presence;
import devml.notation.Declaration.Range;
import devml.notation.Declaration.Reduced;
import devml.notation.Declaration.Role;
import devml.notation.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Recursive-descent parser of the notation. Every method starts at the first token of what it reads. */
public final class Parser {
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "not", "else", "when", "in", "input", "param", "buffer", "output", "broadcast");
    private static final int MAX_DEPTH = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(Place range) {
        this.tokens = Scanner.scan(range);
    }

    /** The equations in a block, one a line. */
    public static List<Equation> equations(Place range) {
        Parser parser = new Parser(range);
        return parser.lines(parser::equation);
    }

    /** The lines of a {@code tensors} block. */
    public static List<Declaration> declarations(Place range) {
        Parser parser = new Parser(range);
        return parser.lines(parser::declaration);
    }

    /** The lines of a {@code where} or {@code init} block. */
    public static List<Abbreviation> abbreviations(Place range) {
        Parser parser = new Parser(range);
        return parser.lines(parser::abbreviation);
    }

    /** One expression that fills the whole range. */
    public static Expr expression(Place range) {
        Parser parser = new Parser(range);
        return parser.whole(parser::expression);
    }

    /** The type of an option, with its default. */
    public static OptionType optionType(Place range) {
        Parser parser = new Parser(range);
        return parser.whole(parser::optionType);
    }

    private <T> List<T> lines(Supplier<T> line) {
        List<T> lines = new ArrayList<>();
        while (peek().kind() != Kind.END) {
            lines.add(line.get());
            expectLineEnd();
        }
        return lines;
    }

    private <T> T whole(Supplier<T> rule) {
        T result = rule.get();
        expectLineEnd();
        if (peek().kind() != Kind.END) {
            throw unexpected("nothing more");
        }
        return result;
    }

    // Statements

    private Equation equation() {
        Token first = peek();
        if (!(primary() instanceof Expr.Access target)) {
            throw Fault.at(first.place(), "an equation starts with the element it sets, such as y[n,c]; found "
                    + first.describe());
        }
        boolean accumulates = take("+=");
        if (!accumulates) {
            expect("=", "'=' or '+='");
        }
        Expr value = expression();
        Optional<Expr> condition = take("|") ? Optional.of(expression()) : Optional.empty();
        return new Equation(target, accumulates, value, condition, since(first));
    }

    private Abbreviation abbreviation() {
        Token first = peek();
        List<Expr.Name> names = names();
        expect("=", "'='");
        return new Abbreviation(names, tuple(), since(first));
    }

    /** An expression, or several with commas between them. */
    private Expr tuple() {
        Token first = peek();
        List<Expr> items = new ArrayList<>(List.of(expression()));
        while (take(",")) {
            items.add(expression());
        }
        return items.size() == 1 ? items.getFirst() : new Expr.Tuple(items, since(first));
    }

    private Declaration declaration() {
        Token first = peek();
        Role role = Arrays.stream(Role.values())
                .filter(r -> take(r.text()))
                .findFirst()
                .orElseThrow(() -> unexpected("'input', 'param', 'buffer' or 'output'"));
        String name = expectName("the tensor's name").text();
        if (take("=")) {
            Reduced reduced = reduced();
            return new Declaration(
                    role, name, List.of(), Optional.of(reduced), false, Optional.empty(), Optional.empty(), since(first));
        }
        expect("[", "'[' and the tensor's dimensions");
        List<Dimension> dimensions = commaSeparated("]", this::dimension);
        boolean broadcast = take("broadcast");
        Optional<Range> range = take("in") ? Optional.of(range()) : Optional.empty();
        Optional<Presence> optional = take("when") ? Optional.of(presence()) : Optional.empty();
        return new Declaration(role, name, dimensions, Optional.empty(), broadcast, optional, range, since(first));
    }

    private Reduced reduced() {
        Token reduce = expectName("'reduce'");
        if (!reduce.text().equals("reduce")) {
            throw Fault.at(reduce.place(), "expected 'reduce(elements, total)', found " + reduce.describe());
        }
        expect("(", "'('");
        Token first = peek();
        if (!(expression() instanceof Expr.Access elements)) {
            throw Fault.at(first.place(), "reduce takes the elements of a tensor, such as l[n,a]");
        }
        expect(",", "',' and the divisor of the mean");
        Expr total = expression();
        expect(")", "')'");
        return new Reduced(elements, total);
    }

    private Presence presence() {
        Optional<Expr> condition = take("given") ? Optional.empty() : Optional.of(expression());
        expect("else", "'else' and the value that an absent tensor has");
        return new Presence(condition, expression());
    }

    private Range range() {
        Expr size = additive();
        return new Range(size, take("or") ? Optional.of(additive()) : Optional.empty());
    }

    private Dimension dimension() {
        Token first = peek();
        Expr size = additive();
        if (!(size instanceof Expr.Name name)) {
            return new Dimension.Single(size, since(first));
        }
        if (take("?")) {
            return new Dimension.Maybe(name, since(first));
        }
        if (take("@")) {
            return new Dimension.At(name, axis(), since(first));
        }
        if (!take("...")) {
            return new Dimension.Single(size, since(first));
        }
        Optional<Dimension.Axes> axes = Optional.empty();
        Optional<Expr.Name> given = Optional.empty();
        if (take("@")) {
            Expr from = axis();
            expect(":", "':' and the last axis");
            axes = Optional.of(new Dimension.Axes(from, axis()));
        } else if (take("=")) {
            given = Optional.of(name(expectName("the option that gives the extents")));
        }
        return new Dimension.Group(name, axes, given, since(first));
    }

    private Expr axis() {
        return unary();
    }

    private OptionType optionType() {
        List<OptionType.Alternative> alternatives = new ArrayList<>();
        do {
            alternatives.add(alternative());
        } while (take("or"));
        return new OptionType(alternatives, take("=") ? Optional.of(expression()) : Optional.empty());
    }

    private OptionType.Alternative alternative() {
        Token type = expectName("a type: int, int2, int3, ints, float, float2, floats, bool or a word");
        return switch (type.text()) {
            case "int" -> new OptionType.Numbers(true, 1, bound());
            case "int2" -> new OptionType.Numbers(true, 2, bound());
            case "int3" -> new OptionType.Numbers(true, 3, bound());
            case "ints" -> new OptionType.Numbers(true, 0, bound());
            case "float" -> new OptionType.Numbers(false, 1, bound());
            case "float2" -> new OptionType.Numbers(false, 2, bound());
            case "floats" -> new OptionType.Numbers(false, 0, bound());
            case "bool" -> new OptionType.Truth();
            default -> new OptionType.Choice(type.text());
        };
    }

    private Optional<OptionType.Bound> bound() {
        return relation().map(relation -> {
            Token first = peek();
            return switch (unary()) {
                case Expr.Whole whole -> new OptionType.Bound(relation, whole.value());
                case Expr.Decimal decimal -> new OptionType.Bound(relation, decimal.value());
                case Expr ignored -> throw Fault.at(first.place(), "a bound is a number, found " + first.describe());
            };
        });
    }

    // Expressions, from the loosest to the tightest

    private Expr expression() {
        if (++depth > MAX_DEPTH) {
            throw Fault.at(peek().place(), "the expression is nested deeper than " + MAX_DEPTH + " levels");
        }
        Expr result = leftAssociative(BinaryOp.OR.strength());
        depth--;
        return result;
    }

    private Expr additive() {
        return leftAssociative(BinaryOp.ADD.strength());
    }

    /** Operators of this strength and of all greater ones; {@code not} and comparisons stand between and and plus. */
    private Expr leftAssociative(int strength) {
        Token first = peek();
        if (strength == 3) {
            return take("not") ? new Expr.Unary(UnaryOp.NOT, leftAssociative(3), since(first)) : leftAssociative(4);
        }
        if (strength == 4) {
            return comparison();
        }
        if (strength == 7) {
            return unary();
        }
        Expr left = leftAssociative(strength + 1);
        for (Optional<BinaryOp> op = operator(strength); op.isPresent(); op = operator(strength)) {
            left = new Expr.Binary(op.get(), left, leftAssociative(strength + 1), since(first));
        }
        return left;
    }

    private Optional<BinaryOp> operator(int strength) {
        return Arrays.stream(BinaryOp.values())
                .filter(op -> op.strength() == strength && take(op.text()))
                .findFirst();
    }

    private Expr comparison() {
        Token first = peek();
        List<Expr> operands = new ArrayList<>(List.of(additive()));
        List<Relation> relations = new ArrayList<>();
        for (Optional<Relation> relation = relation(); relation.isPresent(); relation = relation()) {
            relations.add(relation.get());
            operands.add(additive());
        }
        return relations.isEmpty() ? operands.getFirst() : new Expr.Compare(operands, relations, since(first));
    }

    private Optional<Relation> relation() {
        return Arrays.stream(Relation.values()).filter(r -> take(r.text())).findFirst();
    }

    /** {@code -x^2} is {@code -(x^2)}. */
    private Expr unary() {
        if (++depth > MAX_DEPTH) {
            throw Fault.at(peek().place(), "the expression is nested deeper than " + MAX_DEPTH + " levels");
        }
        Token first = peek();
        Expr result = take("-") ? negated(unary(), first) : power();
        depth--;
        return result;
    }

    private Expr negated(Expr operand, Token first) {
        return new Expr.Unary(UnaryOp.NEGATE, operand, since(first));
    }

    /** Associates to the right: {@code a^b^c} is {@code a^(b^c)}. */
    private Expr power() {
        Token first = peek();
        Expr base = primary();
        return take("^") ? new Expr.Binary(BinaryOp.POWER, base, unary(), since(first)) : base;
    }

    private Expr primary() {
        Token token = next();
        return switch (token.kind()) {
            case NUMBER -> number(token);
            case WORD -> new Expr.Word(token.text(), Span.of(token.place()));
            case NAME -> named(token);
            case SYMBOL -> {
                if (!token.text().equals("(")) {
                    at--;
                    throw unexpected("a value");
                }
                yield parenthesised(token);
            }
            case LINE_END, END -> {
                at--;
                throw unexpected("a value");
            }
        };
    }

    private Expr number(Token token) {
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
            throw Fault.at(token.place(), "the integer does not fit into 64 bits; write it with a point or an exponent");
        }
    }

    private Expr named(Token name) {
        if (take("[")) {
            return new Expr.Access(name.text(), commaSeparated("]", this::expression), since(name));
        }
        if (take("(")) {
            Optional<Reduction> reduction = Reduction.of(name.text());
            if (reduction.isPresent() && isIndexList()) {
                return reduce(reduction.get(), name);
            }
            return new Expr.Call(name.text(), commaSeparated(")", this::expression), since(name));
        }
        if (KEYWORDS.contains(name.text())) {
            at--;
            throw unexpected("a value");
        }
        return name(name);
    }

    /** Whether names and commas up to a colon or a bar follow: the indices of a reduction. */
    private boolean isIndexList() {
        int ahead = at;
        while (tokens.get(ahead).kind() == Kind.NAME) {
            Token after = tokens.get(ahead + 1);
            if (after.is(":") || after.is("|")) {
                return true;
            }
            if (!after.is(",")) {
                return false;
            }
            ahead += 2;
        }
        return false;
    }

    private Expr reduce(Reduction reduction, Token first) {
        List<Expr.Name> indices = names();
        Optional<Expr> guard = take("|") ? Optional.of(expression()) : Optional.empty();
        expect(":", "':' and what is reduced");
        Expr body = expression();
        expect(")", "')'");
        return new Expr.Reduce(reduction, indices, guard, body, since(first));
    }

    private Expr parenthesised(Token open) {
        Expr inner = tuple();
        if (take("else")) {
            if (!(inner instanceof Expr.Access access)) {
                throw Fault.at(inner.place(), "'else' covers one element of a tensor, such as (x[n,i-1] else 0)");
            }
            Expr otherwise = expression();
            expect(")", "')'");
            return new Expr.OrElse(access, otherwise, since(open));
        }
        expect(")", "')'");
        return inner;
    }

    private List<Expr.Name> names() {
        List<Expr.Name> names = new ArrayList<>();
        do {
            names.add(name(expectName("a name")));
        } while (take(","));
        return names;
    }

    private static Expr.Name name(Token token) {
        return new Expr.Name(token.text(), Span.of(token.place()));
    }

    private <T> List<T> commaSeparated(String close, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        if (take(close)) {
            return items;
        }
        do {
            items.add(item.get());
        } while (take(","));
        expect(close, "',' or '" + close + "'");
        return items;
    }

    // Tokens

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    private boolean take(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String symbol, String described) {
        if (!take(symbol)) {
            throw unexpected(described);
        }
    }

    private Token expectName(String described) {
        Token token = peek();
        if (token.kind() != Kind.NAME || KEYWORDS.contains(token.text())) {
            throw unexpected(described);
        }
        at++;
        return token;
    }

    private void expectLineEnd() {
        if (peek().kind() == Kind.LINE_END) {
            at++;
        } else if (peek().kind() != Kind.END) {
            throw unexpected("an operator or the end of the line");
        }
    }

    private Fault unexpected(String wanted) {
        return Fault.at(peek().place(), "expected " + wanted + ", found " + peek().describe());
    }

    /** From a token to the last one read. */
    private Span since(Token first) {
        return Span.of(first.place().to(tokens.get(Math.max(at - 1, 0)).place()));
    }
}
