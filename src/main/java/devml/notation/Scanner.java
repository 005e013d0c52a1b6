package devml.notation;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Splits the text of a definition into tokens. The end of a line ends a statement, except inside brackets; {@code #}
 * starts a comment. Empty lines yield no tokens.
 */
final class Scanner {
    /** The symbols of several characters, which are tried before those of one character. */
    private static final List<String> LONG_SYMBOLS = List.of("...", "+=", "//", "<=", ">=", "==", "!=");

    private static final String SYMBOLS = "+-*/^%<>=()[],:|?@{}";

    private final Place range;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Token> open = new ArrayDeque<>();
    private int at;

    private Scanner(Place range) {
        this.range = range;
        this.text = range.source().text();
        this.at = range.start();
    }

    /**
     * Returns the tokens of a range of text. The last one is {@link Kind#END}, preceded by a {@link Kind#LINE_END} if
     * there are any others.
     */
    static List<Token> scan(Place range) {
        Scanner scanner = new Scanner(range);
        while (scanner.at < range.end()) {
            scanner.next();
        }
        if (!scanner.open.isEmpty()) {
            Token bracket = scanner.open.pop();
            throw Fault.at(bracket.place(), bracket.describe() + " is opened here and never closed");
        }
        scanner.endLine();
        scanner.add(Kind.END, range.end(), "");
        return List.copyOf(scanner.tokens);
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            if (open.isEmpty()) {
                endLine();
            }
            at++;
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '#') {
            while (at < range.end() && text.charAt(at) != '\n') {
                at++;
            }
        } else if (isLetter(c) || c == '{') {
            name();
        } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
            number();
        } else if (c == '\'') {
            word();
        } else {
            symbol();
        }
    }

    /**
     * Ends the line right after its last token, so that a message about something missing points there and not behind a
     * comment.
     */
    private void endLine() {
        if (!tokens.isEmpty() && tokens.getLast().kind() != Kind.LINE_END) {
            int end = tokens.getLast().place().end();
            tokens.add(new Token(Kind.LINE_END, "", range.source().place(end, end)));
        }
    }

    /**
     * Reads a name: letters, digits and underscores; parts after dots ({@code K.q}); parts in braces that are filled in
     * later ({@code h{l}}); primes at the end ({@code k'}).
     */
    private void name() {
        int end = at;
        while (true) {
            if (charAt(end) == '{') {
                end = template(end);
            } else if (isNamePart(charAt(end)) || (charAt(end) == '.' && isNamePart(charAt(end + 1)))) {
                end++;
            } else {
                break;
            }
        }
        while (charAt(end) == '\'') {
            end++;
        }
        add(Kind.NAME, end, text.substring(at, end));
    }

    /** Returns the end of the part in braces that starts at {@code start}. */
    private int template(int start) {
        int close = text.indexOf('}', start);
        if (close < 0 || close >= range.end() || !Template.isPart(text.substring(start, close + 1))) {
            throw Fault.at(
                    range.source().place(start, Math.min(range.end(), Math.max(close, start) + 1)),
                    "between braces in a name stands another one, or one plus or minus a number: {l}, {l-1}");
        }
        return close + 1;
    }

    private void number() {
        int end = digits(at);
        if (charAt(end) == '.' && charAt(end + 1) != '.') {
            end = digits(end + 1);
        }
        if (charAt(end) == 'e' || charAt(end) == 'E') {
            int exponent = charAt(end + 1) == '-' || charAt(end + 1) == '+' ? end + 2 : end + 1;
            if (isDigit(charAt(exponent))) {
                end = digits(exponent);
            }
        }
        if (isNamePart(charAt(end))) {
            throw Fault.at(
                    range.source().place(at, end + 1),
                    "a number runs into a name; write '*' between the two to multiply");
        }
        add(Kind.NUMBER, end, text.substring(at, end));
    }

    private void word() {
        int end = at + 1;
        while (end < range.end() && text.charAt(end) != '\'' && text.charAt(end) != '\n') {
            end++;
        }
        if (charAt(end) != '\'') {
            throw Fault.at(range.source().place(at, end), "a quote that is opened here is never closed");
        }
        add(Kind.WORD, end + 1, text.substring(at + 1, end));
    }

    private void symbol() {
        int length = symbolLength();
        if (length > 0) {
            add(Kind.SYMBOL, at + length, text.substring(at, at + length));
            match(tokens.getLast());
            return;
        }
        int character = text.codePointAt(at);
        String shown = Character.isSpaceChar(character) || Character.isISOControl(character)
                ? "the character U+%04X".formatted(character)
                : "'" + Character.toString(character) + "'";
        throw Fault.at(
                range.source().place(at, at + Character.charCount(character)),
                shown + " has no meaning in an equation");
    }

    /** The length of the symbol at the current position; 0 if there is none. */
    private int symbolLength() {
        char after = charAt(at + 1);
        if (after == '=' || after == '/' || after == '.') {
            for (String symbol : LONG_SYMBOLS) {
                if (text.startsWith(symbol, at)) {
                    return symbol.length();
                }
            }
        }
        return SYMBOLS.indexOf(text.charAt(at)) < 0 ? 0 : 1;
    }

    /** Tracks the open brackets. A closing bracket without a partner is left to the parser. */
    private void match(Token symbol) {
        char character = symbol.text().charAt(0);
        if ("([{".indexOf(character) >= 0) {
            open.push(symbol);
        } else if (")]}".indexOf(character) >= 0 && !open.isEmpty()) {
            Token bracket = open.pop();
            char closing = ")]}".charAt("([{".indexOf(bracket.text()));
            if (character != closing) {
                throw Fault.at(
                        symbol.place(),
                        "expected '%s' for the %s at %d:%d, found %s"
                                .formatted(
                                        closing,
                                        bracket.describe(),
                                        bracket.place().line(),
                                        bracket.place().column(),
                                        symbol.describe()));
            }
        }
    }

    private void add(Kind kind, int end, String spelling) {
        tokens.add(new Token(kind, spelling, range.source().place(at, end)));
        at = end;
    }

    private int digits(int from) {
        int end = from;
        while (isDigit(charAt(end))) {
            end++;
        }
        return end;
    }

    private char charAt(int offset) {
        return offset < range.end() ? text.charAt(offset) : '\0';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return isLetter(c) || isDigit(c);
    }
}
