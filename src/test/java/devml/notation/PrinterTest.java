package devml.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrinterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y[n,o,i,j] = bias[o] + sum(d,r,s: weight[o,d,r,s] * x[n,c,h,w])",
                "dx[n,c,h,w] += dy[n,c,i,j] | r*S + s == k[n,c,i,j]",
                "y[a,start.q + k.q,b] = x.q[a,k.q,b]",
                "total[] = sum(n,a | t != ignore_index: weight[t])",
                "y[i] = (x[i - 1] else 0) - max(x[i], -inf)^-2",
                "y[i] = not (a and b) or 0 <= i < N//2%3",
                "y[i] = where(mode == 'same', 1e-5, 0.25)*(a - (b - c))",
                "y[i] = -2*a*b - -x[i]",
            })
    void writesEquationsAsPeopleDo(String equation) {
        assertThat(Parser.equations(Texts.place(equation))).singleElement().hasToString(equation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input x[N?, C, G*M, A..., B...@start_dim:-1, K@dim, E... = normalized_shape]",
                "input x.q[A..., K.q@dim, B...]",
                "input other[A...] broadcast",
                "input target[N?, A...] in C or ignore_index",
                "input target[N, S] in C or any if hard",
                "input weight[C] in C when given else 1",
                "param bias[O] broadcast when bias and affine else -1",
                "output y = reduce(l[n,a], total[])",
                "output loss[]",
            })
    void writesDeclarationsAsPeopleDo(String declaration) {
        assertThat(Parser.declarations(Texts.place(declaration)))
                .singleElement()
                .hasToString(declaration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I, J = ((H, W) - 1)//stride + 1", "T, U = 1, 2", "start.q = sum(q' | q' < q: K.q')"})
    void writesAbbreviationsAsPeopleDo(String abbreviation) {
        assertThat(Parser.abbreviations(Texts.place(abbreviation)))
                .singleElement()
                .hasToString(abbreviation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "int2 >= 1 = 1",
                "ints > 0",
                "float >= -0.5 = 1e-5",
                "float2",
                "floats",
                "int3 != 0 or none = none",
                "bool = true",
                "zeros or reflect = zeros",
                "float < 1e20",
                "int = -100",
                "float >= 0 and <= 1 = 0.5",
            })
    void writesOptionTypesAsPeopleDo(String type) {
        assertThat(Parser.optionType(Texts.place(type))).hasToString(type);
    }

    @Test
    void leavesOutParenthesesThatSayNothing() {
        assertThat(Printer.print(Texts.expression("((a)) + ((b)*(c)) - (d[(i)])")))
                .isEqualTo("a + b*c - d[i]");
    }

    @Test
    void indentsTheEquationsOfLoops() {
        List<String> lines = List.of(
                "a[n] = 1",
                "for l:",
                "  for t:",
                "    b[t] = 2",
                "  for t down:",
                "    c[t] = 3",
                "  d[l] += 4",
                "for t:",
                "  e[t] = 5",
                "for l down, d:",
                "  f[d] = 6",
                "  for t:",
                "    g[t] = 7");
        assertThat(Printer.lines(Parser.equations(Texts.place(String.join("\n", lines)))))
                .isEqualTo(lines);
    }

    /** Trees of all kinds of nodes, in every combination in which one can stand inside another. */
    @Test
    void whatIsPrintedReadsAsTheSameTree() {
        RandomExpressions random = new RandomExpressions(new Random(2));
        for (int i = 0; i < 2000; i++) {
            Expr tree = random.expression(5);
            String text = Printer.print(tree);
            assertThat(Texts.expression(text)).as(text).isEqualTo(tree);
            assertThat(Printer.print(Texts.expression(text))).isEqualTo(text);
        }
        assertThat(random.kinds()).containsExactlyInAnyOrderElementsOf(List.of(Expr.class.getPermittedSubclasses()));
    }
}
