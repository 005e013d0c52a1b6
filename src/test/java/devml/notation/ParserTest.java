package devml.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Fault;
import devml.notation.Declaration.Role;
import devml.notation.OptionType.Bound;
import devml.notation.OptionType.Choice;
import devml.notation.OptionType.Numbers;
import devml.notation.OptionType.Truth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static final Span SPAN = Span.of(Texts.place(""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a + b*c ~ a + (b*c)",
                "a - b - c ~ (a - b) - c",
                "a / b * c // d % e ~ (((a / b) * c) // d) % e",
                "-x^2 ~ -(x^2)",
                "a^b^c ~ a^(b^c)",
                "a^-b^c ~ a^(-(b^c))",
                "-a*b ~ (-a)*b",
                "a - -b ~ a - (-b)",
                "a + b < c*d ~ (a + b) < (c*d)",
                "not a < b ~ not (a < b)",
                "not a and b ~ (not a) and b",
                "not not a ~ not (not a)",
                "a and b or c and d ~ (a and b) or (c and d)",
                "a or b == c ~ a or (b == c)",
            })
    void operatorsBindAsInMathematics(String written, String meant) {
        assertThat(Texts.expression(written)).isEqualTo(Texts.expression(meant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a - b - c ~ a - (b - c)",
                "a^b^c ~ (a^b)^c",
                "-x^2 ~ (-x)^2",
                "0 <= h < H ~ (0 <= h) < H",
                "a + b*c ~ (a + b)*c",
            })
    void parenthesesMatter(String one, String other) {
        assertThat(Texts.expression(one)).isNotEqualTo(Texts.expression(other));
    }

    @Test
    void comparisonsChain() {
        assertThat(Texts.expression("0 <= h < H"))
                .isEqualTo(new Expr.Compare(
                        List.of(new Expr.Whole(0, SPAN), name("h"), name("H")),
                        List.of(Relation.LESS_EQUAL, Relation.LESS),
                        SPAN));
    }

    @Test
    void aReductionNamesItsIndices() {
        assertThat(Texts.expression("sum(r,s' | r < R: x[r,s'])"))
                .isEqualTo(new Expr.Reduce(
                        Reduction.SUM,
                        List.of(name("r"), name("s'")),
                        Optional.of(Texts.expression("r < R")),
                        Texts.expression("x[r,s']"),
                        SPAN));
    }

    @Test
    void maxOfArgumentsIsAFunction() {
        assertThat(Texts.expression("max(a, b)")).isEqualTo(new Expr.Call("max", List.of(name("a"), name("b")), SPAN));
    }

    @Test
    void elseCoversOneElement() {
        assertThat(Texts.expression("(x[n,i - 1] else 0)"))
                .isEqualTo(new Expr.OrElse(
                        new Expr.Access("x", List.of(name("n"), Texts.expression("i - 1")), SPAN),
                        new Expr.Whole(0, SPAN),
                        SPAN));
    }

    @Test
    void commasInParenthesesMakeATuple() {
        assertThat(Texts.expression("((H, W) - 1)*2"))
                .isEqualTo(Texts.expression("( ( H , W ) - 1 ) * 2"))
                .extracting(e -> ((Expr.Binary) ((Expr.Binary) e).left()).left())
                .isEqualTo(new Expr.Tuple(List.of(name("H"), name("W")), SPAN));
    }

    @Test
    void aScalarHasEmptyBrackets() {
        assertThat(Texts.expression("total[]")).isEqualTo(new Expr.Access("total", List.of(), SPAN));
    }

    @Test
    void readsEquationsLineByLine() {
        List<Equation> equations = Parser.equations(Texts.place("""
                y[n,o] = bias[o]   # a comment

                dx[n,k] += sum(o:
                    dy[n,o]
                    * weight[o,k]) | k < 3
                """));
        assertThat(equations)
                .containsExactly(
                        new Equation(access("y", "n", "o"), false, access("bias", "o"), Optional.empty(), SPAN),
                        new Equation(
                                access("dx", "n", "k"),
                                true,
                                Texts.expression("sum(o: dy[n,o]*weight[o,k])"),
                                Optional.of(Texts.expression("k < 3")),
                                SPAN));
        assertThat(equations.getLast().span().place()).hasToString("test:3:1");
    }

    @Test
    void aLoopHoldsTheEquationsThatAreIndentedUnderIt() {
        List<Equation> equations = Parser.equations(Texts.place("""
                a[n] = 1
                for l:
                  for t down:
                      b[t] = 2

                      c[t] = 3
                  d[l] = 4
                for t:
                  e[t] = 5
                f[n] = 6
                """));
        Loop l = new Loop(0, name("l"), false, SPAN);
        Loop down = new Loop(1, name("t"), true, SPAN);
        Loop t = new Loop(2, name("t"), false, SPAN);
        assertThat(equations)
                .extracting(Equation::loops)
                .containsExactly(List.of(), List.of(l, down), List.of(l, down), List.of(l), List.of(t), List.of());
        assertThat(equations.get(1).loops().get(1).span().place()).hasToString("test:3:3");
    }

    @Test
    void aLineMayOpenSeveralLoopsAndSetSeveralTensors() {
        List<Equation> equations = Parser.equations(Texts.place("""
                for l down, t:
                  a, b[t], c{l}, d[t,0] += 2 | t > 1
                """));
        assertThat(equations)
                .extracting(Equation::toString)
                .containsExactly(
                        "a[t] += 2 | t > 1", "b[t] += 2 | t > 1", "c{l}[t,0] += 2 | t > 1", "d[t,0] += 2 | t > 1");
        assertThat(equations)
                .allSatisfy(equation -> assertThat(equation.loops()).hasToString("[for l down:, for t:]"));
    }

    @Test
    void aLineMayDeclareTensorsThatAreAlike() {
        assertThat(Parser.declarations(Texts.place("param weight_{l}, bias[C] when affine else 0")))
                .hasToString("[param weight_{l}[C] when affine else 0, param bias[C] when affine else 0]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a[t], 3 = 1;             test:1:7: error: an equation starts with the element it sets, such as y[n,c]; found 3
            a[t], b = 1;             test:1:7: error: an equation starts with the element it sets, such as y[n,c]; found b
            for l, 3:;               test:1:8: error: expected the index that counts the steps, found '3'
            for t a[t] = 1;          test:1:7: error: expected ':' or 'down:', found 'a'
            for t: a[t] = 1;         test:1:8: error: expected an operator or the end of the line, found 'a'
            for 3:;                  test:1:5: error: expected the index that counts the steps, found '3'
            for:;                    test:1:4: error: expected the index that counts the steps, found ':'
            for t up:;               test:1:7: error: expected ':' or 'down:', found 'up'
            """)
    void aLoopIsALineOfItsOwn(String text, String message) {
        assertThatThrownBy(() -> Parser.equations(Texts.place(text)))
                .extracting(e -> ((Fault) e).render())
                .asString()
                .startsWith(message);
    }

    @Test
    void aLoopHasEquations() {
        assertThatThrownBy(() -> Parser.equations(Texts.place("for t:\na[t] = 1")))
                .hasMessage("the equations of a loop stand below it, further to the right");
    }

    @Test
    void anAbbreviationSetsOneNameOrSeveral() {
        assertThat(Parser.abbreviations(Texts.place("R, S = kernel_size\nT, U = 1, 2\nstart.q = 0")))
                .containsExactly(
                        new Abbreviation(List.of(name("R"), name("S")), name("kernel_size"), SPAN),
                        new Abbreviation(List.of(name("T"), name("U")), Texts.expression("(1, 2)"), SPAN),
                        new Abbreviation(List.of(name("start.q")), new Expr.Whole(0, SPAN), SPAN));
    }

    @Test
    void readsEveryKindOfDimension() {
        assertThat(declaration("input x[N?, G*M, A..., K@dim, B...@start:-1, C... = shape, D...@dims, E... as shape]"))
                .isEqualTo(new Declaration(
                        Role.INPUT,
                        "x",
                        List.of(
                                new Dimension.Maybe(name("N"), SPAN),
                                new Dimension.Single(Texts.expression("G*M"), SPAN),
                                new Dimension.Group(name("A"), Optional.empty(), Optional.empty(), SPAN),
                                new Dimension.At(name("K"), name("dim"), SPAN),
                                new Dimension.Group(
                                        name("B"),
                                        Optional.of(new Dimension.Axes(name("start"), Texts.expression("-1"))),
                                        Optional.empty(),
                                        SPAN),
                                new Dimension.Group(name("C"), Optional.empty(), Optional.of(name("shape")), SPAN),
                                new Dimension.Listed(name("D"), name("dims"), SPAN),
                                new Dimension.Shaped(name("E"), name("shape"), SPAN)),
                        false,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        SPAN));
    }

    @Test
    void readsEveryModifierOfATensor() {
        Declaration declaration =
                declaration("input t[A...] or [0] broadcast in C or ignore_index when not off or on else -1");
        assertThat(declaration.orEmpty()).isTrue();
        assertThat(declaration.broadcast()).isTrue();
        assertThat(declaration.range())
                .contains(new Declaration.Range(name("C"), Optional.of(name("ignore_index")), false, Optional.empty()));
        assertThat(declaration.optional())
                .contains(new Declaration.Presence(
                        Optional.of(Texts.expression("not off or on")), Texts.expression("-1")));
        assertThat(declaration("input t[A] in C or any if hard").range())
                .contains(new Declaration.Range(name("C"), Optional.empty(), true, Optional.of(name("hard"))));
        assertThat(declaration("input w[C] when given else 1").optional())
                .contains(new Declaration.Presence(Optional.empty(), Texts.expression("1")));
    }

    @Test
    void readsAReducedOutput() {
        assertThat(declaration("output y = reduce(l[n,a], total[])").reduced())
                .contains(new Declaration.Reduced(access("l", "n", "a"), access("total")));
    }

    @Test
    void readsOptionTypes() {
        assertThat(Parser.optionType(Texts.place("int2 >= 0 or same or bool = 1")))
                .isEqualTo(new OptionType(
                        List.of(
                                new Numbers(true, true, 2, List.of(new Bound(Relation.GREATER_EQUAL, 0))),
                                new Choice("same"),
                                new Truth()),
                        Optional.of(new Expr.Whole(1, SPAN))));
        assertThat(Parser.optionType(Texts.place("float > -0.5")))
                .isEqualTo(new OptionType(
                        List.of(new Numbers(false, false, 1, List.of(new Bound(Relation.GREATER, -0.5)))),
                        Optional.empty()));
    }

    @Test
    void aPlaceReachesFromTheFirstToTheLastCharacter() {
        Expr.Binary sum = (Expr.Binary) Texts.expression("  aa + sum(k: x[k]) ");
        assertThat(sum.place().text()).isEqualTo("aa + sum(k: x[k])");
        assertThat(sum.right().place().text()).isEqualTo("sum(k: x[k])");
    }

    @Test
    void somethingMissingIsPointedAtWhereItIsMissing() {
        assertThat(Texts.fault(Parser::equations, "y[a] = 2*  # twice\ndx[a] += dy[a]"))
                .isEqualToNormalizingNewlines("""
                        test:1:10: error: expected a value, found the end of the line
                           1 | y[a] = 2*  # twice
                             |          ^""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "y = x[a] ~ test:1:1: error: an equation starts with the element it sets, such as y[n,c]; found 'y'",
                "y[a] x[a] ~ test:1:6: error: expected '=' or '+=', found 'x'",
                "y[a] = x[a] x[a] ~ test:1:13: error: expected an operator or the end of the line, found 'x'",
                "y[a] = a ** b ~ test:1:11: error: expected a value, found '*'",
                "y[a] = x[a)] ~ test:1:11: error: expected ']' for the '[' at 1:9, found ')'",
                "y[a] = (x[a]*2 else 0) ~ test:1:9: error: 'else' covers one element of a tensor, such as (x[n,i-1] else 0)",
                "y[a] = sum(k x[k]) ~ test:1:14: error: expected ',' or ')', found 'x'",
                "y[a] = sum(k | k < 2) ~ test:1:21: error: expected ':' and what is reduced, found ')'",
                "y[a] = 2*not (a) ~ test:1:10: error: expected a value, found 'not'",
                "y[a] = input[a] ~ test:1:8: error: expected a value, found 'input'",
                "y[a] = 'same ~ test:1:8: error: a quote that is opened here is never closed",
                "y[a] = 1e999 ~ test:1:8: error: the number is too large for float64; infinity is written inf",
                "y[a] = 9223372036854775808 ~ test:1:8: error: the integer does not fit into 64 bits; write it with a point or an exponent",
            })
    void refusesWhatIsNoEquation(String text, String message) {
        assertThat(Texts.fault(Parser::equations, text)).startsWith(message + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "tensor x[A] ~ test:1:1: error: expected 'input', 'param', 'buffer', 'output' or 'local', found 'tensor'",
                "input input[A] ~ test:1:7: error: expected the tensor's name, but 'input' is a word of the notation and names nothing",
                "input x ~ test:1:8: error: expected '[' and the tensor's dimensions, found the end of the line",
                "input x[A...@0:] ~ test:1:16: error: expected a value, found ']'",
                "input x[A...] or [1] ~ test:1:19: error: expected '0', found '1'",
                "input x[A...] or 0 ~ test:1:18: error: expected '[0]', the shape of a vector without elements, found '0'",
                "input x[A...] broadcast 2 ~ test:1:25: error: expected an operator or the end of the line, found '2'",
                "param b[O] when bias ~ test:1:21: error: expected 'else' and the value that an absent tensor has, found the end of the line",
                "output y = mean(l[n], N) ~ test:1:12: error: expected 'reduce(elements, total)', found 'mean'",
                "output y = reduce(2, N) ~ test:1:19: error: reduce takes the elements of a tensor, such as l[n,a]",
                "output y = reduce(l[n]) ~ test:1:23: error: expected ',' and the divisor of the mean, found ')'",
            })
    void refusesWhatIsNoDeclaration(String text, String message) {
        assertThat(Texts.fault(Parser::declarations, text)).startsWith(message + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "int >= K ~ test:1:8: error: a bound is a number, found 'K'",
                "int >= 0 and 1 ~ test:1:14: error: expected another bound, such as <= 1, found '1'",
                "2 or 3 ~ test:1:1: error: expected a type: int, int1, int2, int3, ints, float, float2, floats, bool or a word, found '2'",
                "int 2 ~ test:1:5: error: expected an operator or the end of the line, found '2'",
            })
    void refusesWhatIsNoOptionType(String text, String message) {
        assertThat(Texts.fault(Parser::optionType, text)).startsWith(message + System.lineSeparator());
    }

    @Test
    void anExpressionFillsItsRange() {
        assertThat(Texts.fault(Parser::expression, "a\nb"))
                .startsWith("test:2:1: error: expected nothing more, found 'b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(#)", "-#", "not #", "2^#", "exp(#)", "x[#]", "(#, 1)", "(x[i] else #)", "sum(k: #)"})
    void nestingHasALimit(String step) {
        assertThat(Texts.fault(Parser::expression, nested(step, 100_000)))
                .contains("error: the expression is nested deeper than 64 levels");
        assertThat(Texts.expression(nested(step, 50))).isNotNull();
    }

    private static String nested(String step, int times) {
        int hole = step.indexOf('#');
        return step.substring(0, hole).repeat(times) + "1"
                + step.substring(hole + 1).repeat(times);
    }

    @Test
    void aLongSumIsNotNested() {
        String sum = "x[0]" + " + x[0]".repeat(4999);
        assertThat(Printer.print(Texts.expression(sum))).isEqualTo(sum);
    }

    private static Declaration declaration(String text) {
        return Parser.declarations(Texts.place(text)).getFirst();
    }

    private static Expr.Name name(String name) {
        return new Expr.Name(name, SPAN);
    }

    private static Expr.Access access(String tensor, String... indices) {
        return new Expr.Access(
                tensor, List.of(indices).stream().map(i -> (Expr) name(i)).toList(), SPAN);
    }
}
