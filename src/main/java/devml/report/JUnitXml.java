package devml.report;

import devml.check.Certificate;
import devml.check.Comparison;
import devml.check.FileComparison;
import devml.check.FileEquations;
import devml.check.FileResult;
import devml.check.TensorResult;
import devml.check.Tolerance;
import devml.check.Verdict;
import devml.gradcheck.EquationResult;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Formats results in the XML from which CI servers read test results: one test suite per file, one test case per tensor
 * or gradient. A file that could not be checked is an error. An inconclusive result is not a failure: it is skipped, as
 * is a tensor without a reference, and the message says which. The dialect is the one that Jenkins, GitLab and GitHub
 * actions have in common (the schema junit-10.xsd of Jenkins' xUnit plugin).
 */
public final class JUnitXml {
    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Returns one document for all files, to be written in UTF-8. */
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
        tests(files);
        for (FileResult file : files) {
            switch (file) {
                case FileComparison comparison -> suite(comparison);
                case FileEquations equations -> suite(equations);
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
        if (file.certificate().isPresent()) {
            properties(file.certificate().get());
        }
        for (TensorResult result : comparison.results()) {
            testCase(file.file(), result);
        }
        if (comparison.isVacuous()) {
            startCase(file.file(), "(reference)");
            outcome("failure", "nothing compared", Explanation.VACUOUS, Explanation.VACUOUS);
            xml.writeEndElement();
        }
        line(1);
        xml.writeEndElement();
    }

    private void suite(FileEquations file) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", file.file());
        counts(List.of(file));
        for (EquationResult result : file.results()) {
            startCase(file.file(), result.gradient());
            outcome(
                    FileEquations.verdict(result),
                    EquationFinding.sentence(result),
                    () -> String.join("\n", EquationFinding.details(result)));
            xml.writeEndElement();
        }
        line(1);
        xml.writeEndElement();
    }

    /** Writes the justified tolerance, the open comparisons and, if they were asked for, the near ones. */
    private void properties(Certificate certificate) throws XMLStreamException {
        line(2);
        xml.writeStartElement("properties");
        if (certificate.tolerance().isPresent()) {
            Tolerance tolerance = certificate.tolerance().get();
            property("justified rtol", Decimals.tolerance(tolerance.rtol()));
            property("justified atol", Decimals.tolerance(tolerance.atol()));
        }
        property("entries that it leaves out", String.valueOf(certificate.leftOut()));
        for (OpenElement open : OpenElement.of(certificate.proof().open())) {
            property("open comparison", open.sentence());
        }
        for (OpenElement near : OpenElement.of(certificate.proof().near())) {
            property("near to a kink", near.sentence());
        }
        line(2);
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        line(3);
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void suite(FileResult.Unusable file) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", file.file());
        counts(List.of(file));
        startCase(file.file(), "(network)");
        outcome("error", "unusable", file.fault().getMessage(), file.fault().render());
        xml.writeEndElement();
        line(1);
        xml.writeEndElement();
    }

    private void testCase(String file, TensorResult result) throws XMLStreamException {
        startCase(file, result.name());
        outcome(result.verdict(), Explanation.sentence(result), () -> details(result));
        xml.writeEndElement();
    }

    private void outcome(Verdict verdict, String message, Supplier<String> details) throws XMLStreamException {
        switch (verdict) {
            case PASS -> {}
            case FAIL -> outcome("failure", "beyond bounds", message, details.get());
            case INCONCLUSIVE -> outcome("skipped", "", "inconclusive: " + message, details.get());
            case UNCHECKED -> outcome("skipped", "", message, "");
        }
    }

    private static String details(TensorResult result) {
        return result instanceof TensorResult.Compared compared
                        && Explanation.shown(compared).isPresent()
                ? Explanation.details(compared, Explanation.shown(compared).get()).stream()
                        .collect(Collectors.joining("\n"))
                : Explanation.sentence(result);
    }

    private void startCase(String file, String name) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        attribute("classname", file);
        attribute("name", name);
    }

    /**
     * @param type the kind of the outcome, which schemas require of failures and errors; empty if the test is skipped
     */
    private void outcome(String element, String type, String message, String text) throws XMLStreamException {
        line(3);
        xml.writeStartElement(element);
        if (!type.isEmpty()) {
            attribute("type", type);
        }
        attribute("message", message);
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
        line(2);
    }

    /** Writes the numbers of test cases by outcome as attributes of a test suite. */
    private void counts(List<? extends FileResult> files) throws XMLStreamException {
        long skipped = tests(files).stream()
                .filter(verdict -> verdict == Verdict.INCONCLUSIVE || verdict == Verdict.UNCHECKED)
                .count();
        attribute("skipped", String.valueOf(skipped));
    }

    /**
     * Writes the numbers of test cases, failures and errors, which test suites and their root have in common, and
     * returns the verdicts; the root has no number of skipped test cases.
     */
    private List<Verdict> tests(List<? extends FileResult> files) throws XMLStreamException {
        List<Verdict> verdicts = new ArrayList<>();
        int unusable = 0;
        for (FileResult file : files) {
            switch (file) {
                case FileComparison(String _, Comparison comparison, var _, var _) -> {
                    comparison.results().forEach(result -> verdicts.add(result.verdict()));
                    verdicts.addAll(comparison.isVacuous() ? List.of(Verdict.FAIL) : List.of());
                }
                case FileEquations equations ->
                    equations.results().forEach(result -> verdicts.add(FileEquations.verdict(result)));
                case FileResult.Unusable _ -> unusable++;
            }
        }
        attribute("tests", String.valueOf(verdicts.size() + unusable));
        attribute(
                "failures",
                String.valueOf(verdicts.stream().filter(Verdict.FAIL::equals).count()));
        attribute("errors", String.valueOf(unusable));
        return verdicts;
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /**
     * Returns the text with a visible escape for each code point that XML 1.0 cannot hold even as a reference (section
     * 2.2). Names come from archives and may contain anything.
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
