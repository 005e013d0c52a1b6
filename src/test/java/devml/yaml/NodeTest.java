package devml.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.fault.Fault;
import devml.fault.Source;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTest {

    @Test
    void integers() {
        assertThat(value("0").asInt()).isZero();
        assertThat(value("-12").asInt()).isEqualTo(-12);
        assertThat(value("+12").asInt()).isEqualTo(12);
        assertThat(value("2147483647").asInt()).isEqualTo(Integer.MAX_VALUE);
        assertThat(value("-9223372036854775808").asLong()).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
                    010        ! '010' is ambiguous: 8 (octal) to YAML 1.1, 10 to YAML 1.2; write 10
                    -010       ! '-010' is ambiguous: -8 (octal) to YAML 1.1, -10 to YAML 1.2; write -10
                    09         ! '09' is ambiguous: a text to YAML 1.1, 9 to YAML 1.2; write 9
                    0x10       ! '0x10' is not in decimal notation; write 16
                    -0b11      ! '-0b11' is not in decimal notation; write -3
                    0o17       ! '0o17' is not in decimal notation; write 15
                    1_000      ! '1_000' is ambiguous: 1000 to YAML 1.1, a text to YAML 1.2; write 1000
                    1:30       ! '1:30' is ambiguous: 90 (base 60) to YAML 1.1, a text to YAML 1.2; write the number in decimal notation
                    3.0        ! expected an integer but found '3.0', a real number
                    two        ! expected an integer but found 'two'
                    '3'        ! expected an integer but found the text '3'; write it without quotes
                    [3]        ! expected an integer but found a list
                    {a: 3}     ! expected an integer but found a mapping
                    ~          ! expected an integer but found nothing
                    2147483648 ! the integer 2147483648 is out of range: allowed are -2147483648 to 2147483647
                    """)
    void whatIsNoInteger(String text, String message) {
        assertThat(faultOf(text, Node::asInt)).hasMessage(message);
    }

    @Test
    void numbers() {
        assertThat(value("1e-5").asDouble()).isEqualTo(1e-5);
        assertThat(value("-.5").asDouble()).isEqualTo(-0.5);
        assertThat(value("2.").asDouble()).isEqualTo(2);
        assertThat(value("+1.5E+3").asDouble()).isEqualTo(1500);
        assertThat(value("-0.0").asDouble()).isEqualTo(-0.0);
        assertThat(value("7").asDouble()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
                    nan     ! 'nan' is not a finite number; data that hold NaN or infinity go into an NPY file
                    .NaN    ! '.NaN' is not a finite number; data that hold NaN or infinity go into an NPY file
                    -.inf   ! '-.inf' is not a finite number; data that hold NaN or infinity go into an NPY file
                    1e999   ! the number 1e999 is too large for float64
                    010     ! '010' is ambiguous: 8 (octal) to YAML 1.1, 10 to YAML 1.2; write 10
                    1_0.5   ! '1_0.5' is ambiguous: 10.5 to YAML 1.1, a text to YAML 1.2; write 10.5
                    1,5     ! expected a number but found '1,5'
                    0x1p3   ! expected a number but found '0x1p3'
                    1d      ! expected a number but found '1d'
                    true    ! expected a number but found 'true'
                    """)
    void whatIsNoNumber(String text, String message) {
        assertThat(faultOf(text, Node::asDouble)).hasMessage(message);
    }

    @Test
    void specialNumbersWhereTheyAreAllowed() {
        assertThat(value("inf").asDoubleOrSpecial()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(value("-.inf").asDoubleOrSpecial()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(value("nan").asDoubleOrSpecial()).isNaN();
        assertThat(value("0.1").asDoubleOrSpecial()).isEqualTo(0.1);
    }

    @Test
    void longTextsAreNotParsedAsNumbers() {
        assertThat(faultOf("9".repeat(100_000), Node::asDouble))
                .hasMessage("expected a number but found a text of 100000 chars");
    }

    @Test
    void truthValues() {
        assertThat(value("true").asBoolean()).isTrue();
        assertThat(value("false").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "on, true", "True, true", "1, true", "NO, false", "off, false", "0, false"})
    void otherWordsForTruth(String text, String meant) {
        assertThat(faultOf(text, Node::asBoolean))
                .hasMessage("expected true or false but found '" + text + "'; write " + meant);
    }

    @Test
    void whatIsNoTruthValue() {
        assertThat(faultOf("maybe", Node::asBoolean)).hasMessage("expected true or false but found 'maybe'");
        assertThat(faultOf("'true'", Node::asBoolean))
                .hasMessage("expected true or false but found the text 'true'; write it without quotes");
    }

    @Test
    void textsListsAndMappings() {
        assertThat(value("no").asText()).isEqualTo("no");
        assertThat(value("'~'").asText()).isEqualTo("~");
        assertThat(value("[1, [2]]").asList()).hasSize(2);
        assertThat(faultOf("[a]", Node::asText)).hasMessage("expected a text but found a list");
        assertThat(faultOf("abc", Node::asList)).hasMessage("expected a list such as [1, 2] but found 'abc'");
        assertThat(faultOf("abc", Node::asMapping))
                .hasMessage("expected a mapping such as {key: value} but found 'abc'");
    }

    @Test
    void unknownKeyIsShownWithTheNearestOne() {
        Node net = read("inputs:\n  x: {shpae: [1], data: 3}\n");
        Node input = net.asMapping()
                .entries()
                .getFirst()
                .value()
                .asMapping()
                .entries()
                .getFirst()
                .value();

        assertThat(faultOf(() -> Fields.of("an input", input, List.of("shape", "data")))
                        .render())
                .isEqualToNormalizingNewlines("""
                        net.yaml:2:7: error: an input has no 'shpae'; did you mean 'shape'?
                           2 |   x: {shpae: [1], data: 3}
                             |       ^^^^^""");
    }

    @Test
    void missingSpaceAfterAColon() {
        assertThat(faultOf(() -> Fields.of("an input", read("{shape:3}"), List.of("shape"))))
                .hasMessage("an input has no 'shape:3'; a space is missing after ':'");
    }

    @Test
    void fieldsWithAndWithoutValues() {
        Fields fields = Fields.of("an input", read("shape: [1]\ndata:\n"), List.of("shape", "data", "rand"));

        assertThat(fields.required("shape").asList()).hasSize(1);
        assertThat(fields.optional("rand")).isEmpty();
        assertThat(faultOf(() -> fields.optional("data")).render()).isEqualToNormalizingNewlines("""
                        net.yaml:2:1: error: 'data' has no value
                           2 | data:
                             | ^^^^""");
        assertThat(faultOf(() -> fields.required("rand"))).hasMessage("an input needs 'rand'");
    }

    private static Node read(String text) {
        return Document.read(new Source("net.yaml", text)).root();
    }

    private static Node value(String text) {
        return read("key: " + text).asMapping().entries().getFirst().value();
    }

    private static Fault faultOf(String text, Function<Node, ?> reading) {
        return faultOf(() -> reading.apply(value(text)));
    }

    private static Fault faultOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return catchThrowableOfType(Fault.class, action);
    }
}
