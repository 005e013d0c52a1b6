package devml.notation;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Declaration.Presence;
import devml.notation.Declaration.Range;
import devml.notation.Declaration.Reduced;
import devml.notation.Declaration.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Recursive-descent parser of the notation: it turns the blocks of a layer definition into syntax trees. Every method
 * starts at the first token of what it reads. Text that does not follow the grammar is reported as a {@link Fault} at
 * the first character that does not fit.
 */
public final class Parser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private int loopCount;

    private Parser(Place range) {
        this.tokens = new Tokens(range);
        this.expressions = new ExpressionParser(tokens);
    }

    /** Parses a block of equations, one per line. */
    public static List<Equation> equations(Place range) {
        Parser parser = new Parser(range);
        List<Equation> equations = new ArrayList<>();
        while (!parser.tokens.isAtEnd()) {
            parser.statement(List.of(), equations);
        }
        return equations;
    }

    /** Parses the lines of a {@code tensors} block. */
    public static List<Declaration> declarations(Place range) {
        Parser parser = new Parser(range);
        return parser.lines(parser::declarations).stream().flatMap(List::stream).toList();
    }

    /** Parses the lines of a {@code where} or {@code init} block. */
    public static List<Abbreviation> abbreviations(Place range) {
        Parser parser = new Parser(range);
        return parser.lines(parser::abbreviation);
    }

    /** Parses the lines of a {@code require} block. */
    public static List<Requirement> requirements(Place range) {
        Parser parser = new Parser(range);
        return parser.lines(parser::requirement);
    }

    /** Parses one expression that fills the whole range. */
    public static Expr expression(Place range) {
        Parser parser = new Parser(range);
        return parser.whole(parser.expressions::expression);
    }

    /** Parses the type of an option, with its default. */
    public static OptionType optionType(Place range) {
        Parser parser = new Parser(range);
        return parser.whole(parser::optionType);
    }

    private <T> List<T> lines(Supplier<T> line) {
        List<T> lines = new ArrayList<>();
        while (!tokens.isAtEnd()) {
            lines.add(line.get());
            tokens.expectLineEnd();
        }
        return lines;
    }

    private <T> T whole(Supplier<T> rule) {
        T result = rule.get();
        tokens.expectLineEnd();
        if (!tokens.isAtEnd()) {
            throw tokens.unexpected("nothing more");
        }
        return result;
    }

    /** Parses an equation, or a loop with all equations in its block. */
    private void statement(List<Loop> loops, List<Equation> equations) {
        Token first = tokens.peek();
        if (!tokens.take("for")) {
            equations.addAll(equations(loops));
            tokens.expectLineEnd();
            return;
        }
        List<Loop> inner = new ArrayList<>(loops);
        inner.addAll(loops(first));
        if (!isInside(first)) {
            throw Fault.at(tokens.peek().place(), "the equations of a loop stand below it, further to the right");
        }
        while (isInside(first)) {
            statement(inner, equations);
        }
    }

    /** Parses the indices after {@code for}: one loop for each, outermost first. */
    private List<Loop> loops(Token first) {
        List<Expr.Name> indices = new ArrayList<>();
        List<Boolean> down = new ArrayList<>();
        do {
            indices.add(ExpressionParser.name(tokens.expectName("the index that counts the steps")));
            down.add(tokens.take("down"));
        } while (tokens.take(","));
        tokens.expect(":", down.getLast() ? "':'" : "':' or 'down:'");
        Span span = tokens.since(first);
        tokens.expectLineEnd();
        return IntStream.range(0, indices.size())
                .mapToObj(i -> new Loop(loopCount++, indices.get(i), down.get(i), span))
                .toList();
    }

    /** Whether the next token is indented further than the given line. */
    private boolean isInside(Token line) {
        return !tokens.isAtEnd()
                && tokens.peek().place().column() > line.place().column();
    }

    /** Parses an equation; several targets that get the same value yield one equation each: {@code a, b[c] += e}. */
    private List<Equation> equations(List<Loop> loops) {
        Token first = tokens.peek();
        List<Expr.Access> targets = targets();
        boolean accumulates = tokens.take("+=");
        if (!accumulates) {
            tokens.expect("=", "'=' or '+='");
        }
        Expr value = expressions.expression();
        Optional<Expr> condition = tokens.take("|") ? Optional.of(expressions.expression()) : Optional.empty();
        Span span = tokens.since(first);
        return targets.stream()
                .map(target -> new Equation(target, accumulates, value, condition, loops, span))
                .toList();
    }

    /** Parses the elements that an equation sets; a name without brackets takes the subscripts of the next target. */
    private List<Expr.Access> targets() {
        Token first = tokens.peek();
        List<Expr> written = new ArrayList<>();
        do {
            written.add(expressions.primary());
        } while (tokens.take(","));
        List<Expr.Access> targets = new ArrayList<>();
        for (Expr target : written.reversed()) {
            if (target instanceof Expr.Access access) {
                targets.addFirst(access);
            } else if (target instanceof Expr.Name name && !targets.isEmpty()) {
                targets.addFirst(new Expr.Access(name.name(), targets.getFirst().subscripts(), name.span()));
            } else {
                throw Fault.at(
                        written.size() == 1 ? first.place() : target.place(),
                        "an equation starts with the element it sets, such as y[n,c]; found "
                                + (written.size() == 1 ? first.describe() : Printer.print(target)));
            }
        }
        return targets;
    }

    private Requirement requirement() {
        Expr condition = expressions.expression();
        if (!tokens.take("else")) {
            return new Requirement(condition, Optional.empty());
        }
        Token needed = tokens.peek();
        if (expressions.primary() instanceof Expr.Word(String text, var _)) {
            return new Requirement(condition, Optional.of(text));
        }
        throw Fault.at(needed.place(), "expected what is needed, in quotes; found " + needed.describe());
    }

    private Abbreviation abbreviation() {
        Token first = tokens.peek();
        List<Expr.Name> names = expressions.names();
        tokens.expect("=", "'='");
        return new Abbreviation(names, expressions.tuple(), tokens.since(first));
    }

    /** Parses a declaration; several tensors that are alike yield one declaration each: {@code param a, b[C]}. */
    private List<Declaration> declarations() {
        Token first = tokens.peek();
        Role role = Arrays.stream(Role.values())
                .filter(candidate -> tokens.take(candidate.text()))
                .findFirst()
                .orElseThrow(() -> tokens.unexpected("'input', 'param', 'buffer', 'output' or 'local'"));
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.expectName("the tensor's name").text());
        } while (tokens.take(","));
        if (names.size() == 1 && tokens.take("=")) {
            Optional<Reduced> reduced = Optional.of(reduced());
            return List.of(new Declaration(
                    role,
                    names.getFirst(),
                    List.of(),
                    false,
                    reduced,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    tokens.since(first)));
        }
        tokens.expect("[", "'[' and the tensor's dimensions");
        List<Dimension> dimensions = tokens.commaSeparated("]", this::dimension);
        boolean orEmpty = tokens.take("or");
        if (orEmpty) {
            emptyVector();
        }
        boolean broadcast = tokens.take("broadcast");
        Optional<Expr.Name> expanded =
                broadcast && tokens.isAtName() ? Optional.of(ExpressionParser.name(tokens.next())) : Optional.empty();
        Optional<Range> range = tokens.take("in") ? Optional.of(range()) : Optional.empty();
        Optional<Presence> optional = tokens.take("when") ? Optional.of(presence()) : Optional.empty();
        Span span = tokens.since(first);
        return names.stream()
                .map(name -> new Declaration(
                        role, name, dimensions, orEmpty, Optional.empty(), broadcast, expanded, optional, range, span))
                .toList();
    }

    private void emptyVector() {
        tokens.expect("[", "'[0]', the shape of a vector without elements");
        Token extent = tokens.next();
        if (!extent.text().equals("0")) {
            throw Fault.at(extent.place(), "expected '0', found " + extent.describe());
        }
        tokens.expect("]", "']'");
    }

    private Reduced reduced() {
        Token reduce = tokens.expectName("'reduce(elements, total)'");
        if (!reduce.text().equals("reduce")) {
            throw Fault.at(reduce.place(), "expected 'reduce(elements, total)', found " + reduce.describe());
        }
        tokens.expect("(", "'('");
        Token first = tokens.peek();
        if (!(expressions.expression() instanceof Expr.Access elements)) {
            throw Fault.at(first.place(), "reduce takes the elements of a tensor, such as l[n,a]");
        }
        tokens.expect(",", "',' and the divisor of the mean");
        Expr total = expressions.expression();
        tokens.expect(")", "')'");
        return new Reduced(elements, total);
    }

    private Presence presence() {
        Optional<Expr> condition = tokens.take("given") ? Optional.empty() : Optional.of(expressions.expression());
        tokens.expect("else", "'else' and the value that an absent tensor has");
        return new Presence(condition, expressions.expression());
    }

    private Range range() {
        Expr size = expressions.additive();
        boolean hasOther = tokens.take("or");
        boolean any = hasOther && tokens.take("any");
        Optional<Expr> other = hasOther && !any ? Optional.of(expressions.additive()) : Optional.empty();
        return new Range(
                size, other, any, tokens.take("if") ? Optional.of(expressions.expression()) : Optional.empty());
    }

    private Dimension dimension() {
        Token first = tokens.peek();
        Dimension dimension = present();
        return tokens.take("when")
                ? new Dimension.When(dimension, expressions.expression(), tokens.since(first))
                : dimension;
    }

    private Dimension present() {
        Token first = tokens.peek();
        Expr size = expressions.additive();
        if (!(size instanceof Expr.Name name)) {
            return new Dimension.Single(size, tokens.since(first));
        }
        if (tokens.take("?")) {
            return new Dimension.Maybe(name, tokens.since(first));
        }
        if (tokens.take("@")) {
            return new Dimension.At(name, expressions.unary(), tokens.since(first));
        }
        if (!tokens.take("...")) {
            return new Dimension.Single(size, tokens.since(first));
        }
        if (tokens.take("as")) {
            return new Dimension.Shaped(name, expressions.additive(), tokens.since(first));
        }
        Optional<Dimension.Axes> axes = Optional.empty();
        Optional<Expr> given = Optional.empty();
        if (tokens.take("@")) {
            Expr from = expressions.unary();
            if (!tokens.take(":")) {
                return new Dimension.Listed(name, from, tokens.since(first));
            }
            axes = Optional.of(new Dimension.Axes(from, expressions.unary()));
        } else if (tokens.take("=")) {
            given = Optional.of(expressions.additive());
        }
        return new Dimension.Group(name, axes, given, tokens.since(first));
    }

    private OptionType optionType() {
        List<OptionType.Alternative> alternatives = new ArrayList<>();
        do {
            alternatives.add(alternative());
        } while (tokens.take("or"));
        Optional<Expr> standard = tokens.take("=") ? Optional.of(standard()) : Optional.empty();
        return new OptionType(alternatives, standard);
    }

    /** Parses the default of an option, which may be a list: {@code [3, 5]}. */
    private Expr standard() {
        Token first = tokens.peek();
        return tokens.take("[")
                ? new Expr.Tuple(tokens.commaSeparated("]", expressions::expression), tokens.since(first))
                : expressions.expression();
    }

    private OptionType.Alternative alternative() {
        if (tokens.peek().kind() == Token.Kind.WORD) {
            return new OptionType.Choice(tokens.next().text()); // not a name, such as 'nearest-exact'
        }
        if (tokens.take("-")) {
            tokens.expect("inf", "'inf'");
            return new OptionType.Choice("-inf");
        }
        Token type = tokens.expectName("a type: int, int1, int2, int3, ints, float, float2, floats, bool or a word");
        return switch (type.text()) {
            case "int" -> new OptionType.Numbers(true, false, 1, bounds());
            case "int1" -> new OptionType.Numbers(true, true, 1, bounds());
            case "int2" -> new OptionType.Numbers(true, true, 2, bounds());
            case "int3" -> new OptionType.Numbers(true, true, 3, bounds());
            case "ints" -> new OptionType.Numbers(true, true, 0, bounds());
            case "float" -> new OptionType.Numbers(false, false, 1, bounds());
            case "float2" -> new OptionType.Numbers(false, true, 2, bounds());
            case "floats" -> new OptionType.Numbers(false, true, 0, bounds());
            case "bool" -> new OptionType.Truth();
            case "signature" -> new OptionType.Signature();
            default -> new OptionType.Choice(type.text());
        };
    }

    private List<OptionType.Bound> bounds() {
        List<OptionType.Bound> bounds = new ArrayList<>();
        for (Optional<Relation> relation = expressions.relation();
                relation.isPresent();
                relation = tokens.take("and") ? furtherRelation() : Optional.empty()) {
            bounds.add(new OptionType.Bound(relation.get(), limit()));
        }
        return bounds;
    }

    private Optional<Relation> furtherRelation() {
        Optional<Relation> relation = expressions.relation();
        if (relation.isEmpty()) {
            throw tokens.unexpected("another bound, such as <= 1");
        }
        return relation;
    }

    private double limit() {
        Token first = tokens.peek();
        double sign = tokens.take("-") ? -1 : 1;
        return switch (expressions.primary()) {
            case Expr.Whole whole -> sign * whole.value();
            case Expr.Decimal decimal -> sign * decimal.value();
            case Expr ignored -> throw Fault.at(first.place(), "a bound is a number, found " + first.describe());
        };
    }
}
