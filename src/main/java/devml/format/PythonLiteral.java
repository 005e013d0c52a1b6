package devml.format;

import devml.fault.Fault;
import devml.fault.Source;
import java.util.ArrayList;
import java.util.List;

/** Scans the few Python literals that occur in headers of arrays; everything else that Python allows is refused. */
final class PythonLiteral {
    private final Source source;
    private int at;

    /** Starts at an offset of the text. */
    PythonLiteral(Source source, int at) {
        this.source = source;
        this.at = at;
    }

    /** A string in single or double quotes, without escapes. */
    String string() {
        skipBlanks();
        int start = at;
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw unexpected("a string");
        }
        int end = source.text().indexOf(quote, start + 1);
        if (end < 0) {
            throw Fault.at(source.place(start, start + 1), "a string that does not end");
        }
        at = end + 1;
        String text = source.text().substring(start + 1, end);
        if (text.indexOf('\\') >= 0) {
            throw Fault.at(source.place(start, at), "a string with a backslash");
        }
        return text;
    }

    /** {@code True} or {@code False}. */
    boolean bool() {
        skipBlanks();
        for (String word : List.of("True", "False")) {
            if (source.text().startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw unexpected("True or False");
    }

    /**
     * Reads a tuple of integers: {@code ()}, {@code (3,)}, {@code (3, 4)}. {@code (3)} is not a tuple, as in Python.
     */
    List<Long> tuple() {
        List<Long> items = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            items.add(integer());
            if (items.size() == 1) {
                expect(',');
            } else if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return items;
    }

    boolean accept(char c) {
        skipBlanks();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char c) {
        if (!accept(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    /** Requires that nothing but blanks follows up to {@code end}. */
    void expectEnd(int end) {
        skipBlanks();
        if (at < end) {
            throw unexpected("the end");
        }
    }

    Fault unexpected(String wanted) {
        return Fault.at(source.place(at, at + 1), "expected " + wanted);
    }

    private long integer() {
        skipBlanks();
        int start = at;
        accept('-');
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        String digits = source.text().substring(start, at);
        if (peek() == 'L') {
            at++; // Python 2 wrote its long integers with an L, and NumPy still reads them
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw Fault.at(source.place(start, at), "expected an integer of at most 64 bits");
        }
    }

    private char peek() {
        return at < source.text().length() ? source.text().charAt(at) : '\0';
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }
}
