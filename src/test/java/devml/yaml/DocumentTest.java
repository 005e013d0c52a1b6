package devml.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import devml.fault.Fault;
import devml.fault.Source;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import devml.yaml.Node.Scalar;
import devml.yaml.Node.Sequence;
import devml.yaml.Node.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

    @Test
    void keepsTextsOrderAndStyles() {
        Mapping root = read("b: 010\na: [yes, 'no', \"1e3\"]\nempty:\n").asMapping();

        assertThat(root.entries()).extracting(Entry::key).containsExactly("b", "a", "empty");
        assertThat(root.entries().get(1).value().asList())
                .extracting(item -> ((Scalar) item).text(), item -> ((Scalar) item).style())
                .containsExactly(tuple("yes", Style.PLAIN), tuple("no", Style.QUOTED), tuple("1e3", Style.QUOTED));
        assertThat(((Scalar) root.entries().get(2).value()).isEmpty()).isTrue();
    }

    @Test
    void everyNodeKnowsItsPlace() {
        Mapping root = read("a: 'x y'\nlist:\n  - 1\n  - [2, 3]\n\n# a remark\nlast: end\n")
                .asMapping();

        assertThat(root.entries().get(0).keyPlace().text()).isEqualTo("a");
        assertThat(root.entries().get(0).value().place().text()).isEqualTo("'x y'");
        Sequence list = (Sequence) root.entries().get(1).value();
        assertThat(list.place().text()).isEqualTo("- 1\n  - [2, 3]");
        assertThat(list.items().get(1).place().text()).isEqualTo("[2, 3]");
        assertThat(root.place().text()).startsWith("a: ").endsWith("last: end");
    }

    @Test
    void placesCountCharsWhereYamlCountsCodePoints() {
        Mapping root =
                read("'\uD835\uDEFC': \uD835\uDEFD # \uD835\uDEFE\nb: c\n").asMapping();

        assertThat(root.entries().get(0).keyPlace().text()).isEqualTo("'\uD835\uDEFC'");
        assertThat(root.entries().get(0).value().place().text()).isEqualTo("\uD835\uDEFD");
        assertThat(root.entries().get(1).value().place().text()).isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "|-", "|+", "| # why", "|2"})
    void blockIsPlacedAtItsOwnLines(String header) {
        String text = "forward: " + header + "\n  y = x\n\n    z = y  \n\n# a remark\nnext: 1\n";
        Node block = read(text).asMapping().entries().getFirst().value();

        assertThat(((Scalar) block).style()).isEqualTo(Style.BLOCK);
        assertThat(block.place().text()).isEqualTo("  y = x\n\n    z = y");
        assertThat(block.place().start()).isEqualTo(text.indexOf("  y = x"));
    }

    @Test
    void blockAtTheEndOfAFileWithoutNewlineAndWithWindowsLines() {
        Node block = read("a: |\r\n  y = x\r\n  z = y")
                .asMapping()
                .entries()
                .getFirst()
                .value();

        assertThat(block.place().text()).isEqualTo("  y = x\r\n  z = y");
        assertThat(block.asText()).isEqualTo("y = x\nz = y");
    }

    @Test
    void emptyBlockHasAnEmptyPlace() {
        Node block = read("a: |\nb: 1\n").asMapping().entries().getFirst().value();

        assertThat(block.place().text()).isEmpty();
    }

    @Test
    void byteOrderMarkIsNoPartOfTheText() {
        Document document = Document.read(new Source("net.yaml", "\uFEFFa: 1\n"));

        assertThat(document.source().text()).isEqualTo("a: 1\n");
        assertThat(document.root().asMapping().entries().getFirst().keyPlace().toString())
                .isEqualTo("net.yaml:1:1");
    }

    @Test
    void duplicateKeyIsShownWithTheFirst() {
        assertThat(faultOf("layers:\n  fc: 1\n  conv: 2\n  fc: 3\n").render()).isEqualToNormalizingNewlines("""
                        net.yaml:4:3: error: duplicate key 'fc'; it stands in line 2 already
                           4 |   fc: 3
                             |   ^^""");
    }

    @Test
    void aliasBombIsRefusedAtItsFirstAnchor() {
        assertThat(faultOf("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n").render())
                .isEqualToNormalizingNewlines("""
                        net.yaml:1:4: error: anchors (&a) are not supported; write the value out each time
                           1 | a: &a [x, x]
                             |    ^^""");
    }

    @Test
    void whatWouldRunOrExpandIsRefused() {
        assertFault("a: *b\n", "1:4", "aliases are not supported; write the value out");
        assertFault(
                "a: !!python/name:os.system x\n",
                "1:4",
                "tags (tag:yaml.org,2002:python/name:os.system) are not supported; write the plain value");
        assertFault("a: ! x\n", "1:4", "tags (!) are not supported; write the plain value");
        assertFault("<<: {a: 1}\n", "1:1", "merge keys are not supported; write the entries out");
        assertFault("a: 1\n---\nb: 2\n", "2:1", "a second document starts here; a file may hold only one");
    }

    @Test
    void keysAreSingleWords() {
        assertFault("[1, 2]: 3\n", "1:1", "a key must be a single word or text, not a list");
        assertFault("{a: 1}: 3\n", "1:1", "a key must be a single word or text, not a mapping");
        assertFault("?\n: 3\n", "1:2", "a key is missing before ':'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n", "~\n"})
    void emptyFile(String text) {
        assertThat(faultOf(text)).hasMessage("the file is empty");
    }

    @Test
    void depthIsLimited() {
        assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(Sequence.class);
        assertFault("[".repeat(100_000), "1:65", "nested more than 64 levels deep");
    }

    @Test
    void sizesAreLimited() {
        assertFault(
                "a: 1\n# " + "x".repeat(1_000_000) + "\n",
                "2:1",
                "a line of more than 1000000 chars; put large data into an NPY file");
        assertFault(
                "[" + "1,1,1,1\n,".repeat(500_000) + "1]",
                "500000:8",
                "more than 2000000 values; put large data into an NPY file");
    }

    @Test
    void syntaxErrorsAreToldAtTheirPlaces() {
        assertFault("a:\n\tb: 1\n", "2:1", "a tab cannot indent YAML; use spaces");
        assertFault(
                "a: b: c\n",
                "1:5",
                "unexpected ':'; a text with ': ' in it needs quotes, and keys of one mapping the same indentation");
        assertFault("a: 1\nb: [1, 2\nc: 3\n", "3:2", "the '[' of line 2 is not closed before this");
        assertFault("a: {b: 1\n", "2:1", "the '{' of line 1 is not closed before this");
        assertFault(
                "a: 'x\n",
                "2:1",
                "not YAML: found unexpected end of stream while scanning a quoted scalar that starts in line 1");
        assertFault("a: @b\n", "1:4", "a text cannot start with this character unless it stands in quotes");
        assertFault("\uD835\uDEFC: 1\nb: \u0007\n", "2:4", "the character U+0007 is not allowed in YAML");
    }

    @Test
    void filesAreUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("net.yaml");
        Files.write(file, "a: é\nb: é\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Document.read(file).root().asMapping().entries()).hasSize(2);

        Files.write(file, "a: b\nc: é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(faultOf(file).render()).startsWith(file + ":2:4: error: not UTF-8 from here on");
    }

    @Test
    void filesThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertThat(faultOf(missing).render()).isEqualTo("error: " + missing + ": no such file");
        assertThat(faultOf(folder)).hasMessage(folder + ": is a directory, not a YAML file");

        Path large = folder.resolve("large.yaml");
        Files.write(large, new byte[Document.MAX_BYTES + 1]);
        assertThat(faultOf(large)).hasMessage(large + ": larger than 16 MiB; put large data into an NPY file");
    }

    private static Node read(String text) {
        return Document.read(new Source("net.yaml", text)).root();
    }

    private static void assertFault(String text, String place, String message) {
        Fault fault = faultOf(text);
        assertThat(fault.place().orElseThrow()).hasToString("net.yaml:" + place);
        assertThat(fault).hasMessage(message);
    }

    private static Fault faultOf(String text) {
        return catchThrowableOfType(Fault.class, () -> read(text));
    }

    private static Fault faultOf(Path file) {
        return catchThrowableOfType(Fault.class, () -> Document.read(file));
    }
}
