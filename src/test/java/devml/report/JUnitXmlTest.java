package devml.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class JUnitXmlTest {

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<String> attributes(Element element, String... names) {
        return Arrays.stream(names).map(element::getAttribute).toList();
    }

    @Test
    void countsTestsOfEachFile() throws Exception {
        Element root = parse(JUnitXml.of(Samples.files()));
        assertThat(root.getTagName()).isEqualTo("testsuites");
        String[] counts = {"name", "tests", "failures", "errors", "skipped"};
        assertThat(attributes(root, counts)).containsExactly("devml", "10", "4", "0", ""); // which the schema has not
        assertThat(children(root, "testsuite"))
                .extracting(suite -> attributes(suite, counts))
                .containsExactly(
                        List.of("nets/a.yaml", "5", "3", "0", "1"),
                        List.of("nets/b.yaml", "4", "0", "0", "0"),
                        List.of("nets/c.yaml", "1", "1", "0", "0"));
    }

    @Test
    void aTestCaseIsATensor() throws Exception {
        List<Element> cases = children(parse(JUnitXml.of(Samples.files())), "testcase");
        assertThat(cases).hasSize(10);
        Element failing = cases.get(0);
        assertThat(attributes(failing, "classname", "name")).containsExactly("nets/a.yaml", "conv.weight");
        Element failure = children(failing, "failure").getFirst();
        assertThat(failure.getAttribute("type")).isEqualTo("beyond bounds");
        assertThat(failure.getAttribute("message"))
                .isEqualTo("1 of 4 entries beyond their bounds; the worst, conv.weight[1, 0], is 3.5000000000000000,"
                        + " reference 3.0000000000000000: 2 times the bound");
        assertThat(failure.getTextContent())
                .startsWith("worst entry     conv.weight[1, 0]\nvalue           3.5")
                .endsWith("\nerror           2 times the bound");
        assertThat(cases.get(1).getElementsByTagName("*").getLength()).isZero();
        assertThat(children(cases.get(3), "skipped").getFirst().getAttribute("message"))
                .isEqualTo("not in the reference: compared with nothing");
        assertThat(children(cases.get(9), "failure").getFirst().getAttribute("message"))
                .startsWith("nothing was compared");
    }

    /** Names come from archives: markup, control characters, half a surrogate pair. */
    @Test
    void isWellFormedWhateverTheName() throws Exception {
        String name = "<a & \"b\"> ]]> \u0000\u001b\uFFFF\uD800 \uD83D\uDE00 \u00e9";
        String xml = JUnitXml.of(List.of(Samples.file(name, Samples.ofName(name))));
        Element testCase = children(parse(xml), "testcase").getFirst();
        String legible = "<a & \"b\"> ]]> \\u0000\\u001b\\uffff\\ud800 \uD83D\uDE00 \u00e9";
        assertThat(attributes(testCase, "classname", "name")).containsExactly(legible, legible);
        assertThat(children(testCase, "failure").getFirst().getTextContent()).contains("worst entry     " + legible);
    }

    @Test
    void declaresItsEncoding() {
        assertThat(JUnitXml.of(List.of())).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites ");
    }
}
