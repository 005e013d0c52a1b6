package devml.report;

import devml.check.Comparison;
import devml.check.FileComparison;
import devml.check.FileResult;
import devml.check.TensorResult;
import devml.check.Verdict;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Comparisons in the XML that CI servers read test results from: a test suite a file, a test case a tensor. An
 * inconclusive tensor, and a file that could not be checked, is an error; a tensor without a reference is skipped. The dialect is the one that Jenkins, GitLab and
 * GitHub actions have in common.
 */
public final class JUnitXml {
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** One document for all files, to be written in UTF-8. */
    public static String of(List<? extends FileResult> files) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitXml(xml).document(files);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string cannot fail to be written", e);
        }
        return text.toString();
    }

    private void document(List<? extends FileResult> files) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        attribute("name", "devml");
        counts(files);
        for (FileResult file : files) {
            switch (file) {
                case FileComparison comparison -> suite(comparison);
                case FileResult.Unusable unusable -> suite(unusable);
            }
        }
        line(0);
        xml.writeEndElement();
        line(0);
        xml.writeEndDocument();
    }

    private void suite(FileComparison file) throws XMLStreamException {
        Comparison comparison = file.comparison();
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", file.file());
        counts(List.of(file));
        for (TensorResult result : comparison.results()) {
            testCase(file.file(), result);
        }
        if (comparison.isVacuous()) {
            startCase(file.file(), "(reference)");
            outcome("failure", Explanation.VACUOUS, Explanation.VACUOUS);
            xml.writeEndElement();
        }
        line(1);
        xml.writeEndElement();
    }

    private void suite(FileResult.Unusable file) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", file.file());
        counts(List.of(file));
        startCase(file.file(), "(network)");
        outcome("error", file.fault().getMessage(), file.fault().render());
        xml.writeEndElement();
        line(1);
        xml.writeEndElement();
    }

    private void testCase(String file, TensorResult result) throws XMLStreamException {
        startCase(file, result.name());
        String message = Explanation.sentence(result);
        switch (result.verdict()) {
            case PASS -> {}
            case FAIL -> outcome("failure", message, details(result));
            case INCONCLUSIVE -> outcome("error", message, details(result));
            case UNCHECKED -> outcome("skipped", message, "");
        }
        xml.writeEndElement();
    }

    private static String details(TensorResult result) {
        return result instanceof TensorResult.Compared compared
                        && compared.worst().isPresent()
                ? Explanation.details(compared, compared.worst().get()).stream().collect(Collectors.joining("\n"))
                : Explanation.sentence(result);
    }

    private void startCase(String file, String name) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        attribute("classname", file);
        attribute("name", name);
    }

    private void outcome(String element, String message, String text) throws XMLStreamException {
        line(3);
        xml.writeStartElement(element);
        attribute("message", message);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
        line(2);
    }

    /** The numbers of test cases by outcome, as attributes of the open element. */
    private void counts(List<? extends FileResult> all) throws XMLStreamException {
        List<FileComparison> files = all.stream()
                .filter(FileComparison.class::isInstance)
                .map(FileComparison.class::cast)
                .toList();
        int unusable = all.size() - files.size();
        int vacuous = (int)
                files.stream().filter(file -> file.comparison().isVacuous()).count();
        int tests = files.stream()
                .mapToInt(file -> file.comparison().results().size())
                .sum();
        attribute("tests", String.valueOf(tests + vacuous + unusable));
        attribute("failures", String.valueOf(count(files, Verdict.FAIL) + vacuous));
        attribute("errors", String.valueOf(count(files, Verdict.INCONCLUSIVE) + unusable));
        attribute("skipped", String.valueOf(count(files, Verdict.UNCHECKED)));
    }

    private static int count(List<FileComparison> files, Verdict verdict) {
        return files.stream().mapToInt(file -> file.comparison().count(verdict)).sum();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /**
     * The same text with a visible escape for each code point that XML 1.0 cannot hold even as a reference (section
     * 2.2): names come from archives and may contain anything.
     */
    private static String legal(String text) {
        return text.codePoints()
                .mapToObj(c -> isLegal(c) ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
