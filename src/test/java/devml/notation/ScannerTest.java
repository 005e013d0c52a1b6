package devml.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.fault.Source;
import devml.notation.Token.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerTest {

    @ParameterizedTest
    @ValueSource(strings = {"h{}", "h{l", "h{2}", "h{l+}", "h{l*2}", "h{l-1+d}", "h{ l}"})
    void bracesInANameHoldANameAndANumberAtMost(String text) {
        assertThatThrownBy(() -> Scanner.scan(Texts.place(text)))
                .hasMessage("between braces in a name stands another one, or one plus or minus a number: {l}, {l-1}");
    }

    @Test
    void bracesArePartsOfNames() {
        assertThat(Scanner.scan(Texts.place("weight_l{l}{suffix}[k] + h{l - 1}_x{d'}")))
                .extracting(Token::text)
                .startsWith("weight_l{l}{suffix}", "[", "k", "]", "+", "h{l - 1}_x{d'}");
    }

    @Test
    void splitsNamesNumbersWordsAndSymbols() {
        assertThat(texts("y[n,o] += 'same' // 1e-5 <= h<H | A... N? K@-1"))
                .containsExactly(
                        "y", "[", "n", ",", "o", "]", "+=", "same", "//", "1e-5", "<=", "h", "<", "H", "|", "A", "...",
                        "N", "?", "K", "@", "-", "1");
    }

    @Test
    void primesAndDotsBelongToNames() {
        assertThat(texts("k' k'' K.q' start.q weight_ih.0"))
                .containsExactly("k'", "k''", "K.q'", "start.q", "weight_ih.0");
        assertThat(kinds("k''")).containsExactly(Kind.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "42", "1.5", ".5", "2.", "1e-5", "3.25E+2", "7e10"})
    void oneNumberIsOneToken(String number) {
        assertThat(Scanner.scan(Texts.place(number)).getFirst()).satisfies(token -> {
            assertThat(token.kind()).isEqualTo(Kind.NUMBER);
            assertThat(token.text()).isEqualTo(number);
        });
    }

    @Test
    void aLineEndsAStatementButNotInsideBrackets() {
        assertThat(kinds("a\n\n  # nothing\nb(\n c\n)\r\nd"))
                .containsExactly(
                        Kind.NAME,
                        Kind.LINE_END,
                        Kind.NAME,
                        Kind.SYMBOL,
                        Kind.NAME,
                        Kind.SYMBOL,
                        Kind.LINE_END,
                        Kind.NAME);
    }

    @Test
    void aCommentEndsWithItsLine() {
        assertThat(texts("a # b ( 'c\nd")).containsExactly("a", "", "d");
    }

    @Test
    void aQuotedWordMayHoldAnythingButAQuote() {
        assertThat(texts("'a # b['")).containsExactly("a # b[");
    }

    @Test
    void placesCountInTheWholeSource() {
        Source source = new Source("layer.yaml", "forward: |\n  y[a] = x[a]\n");
        assertThat(Scanner.scan(source.place(11, source.text().length())).get(4).place())
                .hasToString("layer.yaml:2:8")
                .extracting(place -> place.text())
                .isEqualTo("=");
    }

    @Test
    void anUnknownCharacterIsShown() {
        assertThat(Texts.fault(Scanner::scan, "y[a] = 2 × x[a]")).isEqualToNormalizingNewlines("""
                test:1:10: error: '×' has no meaning in an equation
                   1 | y[a] = 2 × x[a]
                     |          ^""");
    }

    @Test
    void anUnknownCharacterBeyondTheBasicPlaneIsShownWhole() {
        assertThat(Texts.fault(Scanner::scan, "𝜎(x)")).startsWith("test:1:1: error: '𝜎' has no meaning");
    }

    @Test
    void anInvisibleCharacterIsNamed() {
        assertThat(Texts.fault(Scanner::scan, "a\u00a0+ b"))
                .startsWith("test:1:2: error: the character U+00A0 has no meaning in an equation");
    }

    @Test
    void aQuoteMustBeClosedInItsLine() {
        assertThat(Texts.fault(Scanner::scan, "pad = where(padding == 'same, 1, 0)\nx = 1"))
                .isEqualToNormalizingNewlines("""
                        test:1:24: error: a quote that is opened here is never closed
                           1 | pad = where(padding == 'same, 1, 0)
                             |                        ^^^^^^^^^^^^""");
    }

    @Test
    void aNumberMustNotRunIntoAName() {
        assertThat(Texts.fault(Scanner::scan, "y[a] = 2x[a]")).isEqualToNormalizingNewlines("""
                test:1:8: error: a number runs into a name; write '*' between the two to multiply
                   1 | y[a] = 2x[a]
                     |        ^^""");
    }

    @Test
    void aBracketMustBeClosed() {
        assertThat(Texts.fault(Scanner::scan, "y[a] = exp(x[a]\ndx[a] += dy[a]"))
                .isEqualToNormalizingNewlines("""
                test:1:11: error: '(' is opened here and never closed
                   1 | y[a] = exp(x[a]
                     |           ^""");
    }

    @Test
    void aBracketMustBeClosedByItsOwnKind() {
        assertThat(Texts.fault(Scanner::scan, "y[a] = exp(x[a)]")).isEqualToNormalizingNewlines("""
                test:1:15: error: expected ']' for the '[' at 1:13, found ')'
                   1 | y[a] = exp(x[a)]
                     |               ^""");
    }

    private static List<String> texts(String text) {
        List<Token> tokens = Scanner.scan(Texts.place(text));
        return tokens.subList(0, tokens.size() - 2).stream().map(Token::text).toList();
    }

    /** Without the end of the last line and the end of the text, which every text has. */
    private static List<Kind> kinds(String text) {
        List<Token> tokens = Scanner.scan(Texts.place(text));
        return tokens.subList(0, tokens.size() - 2).stream().map(Token::kind).toList();
    }
}
