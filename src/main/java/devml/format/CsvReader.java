package devml.format;

import devml.fault.Fault;
import devml.fault.Source;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of one table of {@link Csv}. */
final class CsvReader {
    private static final Pattern SHAPE = Pattern.compile("#\\s*shape:");

    private final Source source;
    private final NumberList numbers = new NumberList();
    private Optional<Shape> shape = Optional.empty();
    private int rows;
    private int columns;

    CsvReader(Source source) {
        this.source = source;
    }

    Tensor read() {
        String text = source.text();
        int start = text.startsWith("\uFEFF") ? 1 : 0; // spreadsheets write a byte order mark
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line(start, end);
            start = end + 1;
        }
        return numbers.tensor(shape());
    }

    private void line(int start, int end) {
        String line = source.text().substring(start, end);
        int hash = line.indexOf('#');
        String values = hash < 0 ? line : line.substring(0, hash);
        if (!values.isBlank()) {
            row(values, start);
        } else if (hash >= 0 && rows == 0 && shape.isEmpty()) {
            shapeLine(start + hash, end);
        }
    }

    private void shapeLine(int start, int end) {
        Matcher matcher = SHAPE.matcher(source.text()).region(start, end);
        if (matcher.lookingAt()) {
            PythonLiteral literal = new PythonLiteral(source, matcher.end());
            var extents = literal.tuple();
            literal.expectEnd(end);
            try {
                shape = Optional.of(Shapes.of(extents, "the text"));
            } catch (Fault fault) {
                throw fault.within(source.place(start, end));
            }
        }
    }

    private void row(String values, int start) {
        int before = numbers.size();
        boolean commas = values.indexOf(',') >= 0;
        int at = 0;
        while (true) {
            at = skipBlanks(values, at);
            int end = fieldEnd(values, at, commas);
            String field = values.substring(at, end).stripTrailing();
            if (!numbers.add(field)) {
                throw Fault.at(
                        source.place(start + at, start + at + Math.max(1, field.length())),
                        field.isEmpty() ? "a value is missing" : "not a number: '" + field + "'");
            }
            at = commas ? end : skipBlanks(values, end);
            if (at == values.length()) {
                break;
            }
            at += commas ? 1 : 0;
        }
        int count = numbers.size() - before;
        int expected = shape.map(Csv::columns).orElse(rows == 0 ? count : columns);
        if (count != expected) {
            throw Fault.at(
                    source.place(start, start + values.stripTrailing().length()),
                    "a row of " + count + " values; "
                            + (shape.isPresent() ? "the shape asks for " : "those above have ") + expected);
        }
        columns = count;
        rows++;
    }

    private static int skipBlanks(String text, int at) {
        while (at < text.length() && text.charAt(at) != ',' && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int fieldEnd(String text, int at, boolean commas) {
        while (at < text.length() && (commas ? text.charAt(at) != ',' : !Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
        return at;
    }

    private Shape shape() {
        if (shape.isEmpty() && rows == 0) {
            throw Fault.of(source.name() + ": holds no values");
        }
        Shape found = shape.orElseGet(() -> columns == 1 ? Shape.of(rows) : Shape.of(rows, columns));
        if (found.size() != numbers.size()) {
            int end = source.text().length();
            throw Fault.at(
                    source.place(end, end), numbers.size() + " values; shape " + found + " asks for " + found.size());
        }
        return found;
    }
}
