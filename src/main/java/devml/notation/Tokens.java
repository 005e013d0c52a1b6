package devml.notation;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A cursor over the tokens of a text, with the look-ahead and the error messages that the parsers share. */
final class Tokens {
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "not",
            "else",
            "for",
            "when",
            "if",
            "in",
            "input",
            "param",
            "buffer",
            "output",
            "local",
            "broadcast");

    private final List<Token> tokens;
    private int at;

    Tokens(Place range) {
        this.tokens = Scanner.scan(range);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** Returns the next token and moves past it, but never past the end. */
    Token next() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    boolean isAtEnd() {
        return peek().kind() == Kind.END;
    }

    /** Moves past a symbol or keyword if it comes next, and returns whether it did. */
    boolean take(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String symbol, String described) {
        if (!take(symbol)) {
            throw unexpected(described);
        }
    }

    /** Whether the next token is a name chosen by the user, not a keyword. */
    boolean isAtName() {
        return peek().kind() == Kind.NAME && !isKeyword(peek());
    }

    void expectLineEnd() {
        if (peek().kind() == Kind.LINE_END) {
            at++;
        } else if (!isAtEnd()) {
            throw unexpected("an operator or the end of the line");
        }
    }

    /** Reads a name chosen by the user; a keyword is a fault. */
    Token expectName(String described) {
        Token token = peek();
        if (token.kind() != Kind.NAME) {
            throw unexpected(described);
        }
        if (isKeyword(token)) {
            throw Fault.at(
                    token.place(),
                    "expected " + described + ", but " + token.describe()
                            + " is a word of the notation and names nothing");
        }
        at++;
        return token;
    }

    static boolean isKeyword(Token token) {
        return KEYWORDS.contains(token.text());
    }

    /** Reads items separated by commas up to the closing bracket; there may be none. */
    <T> List<T> commaSeparated(String close, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        if (take(close)) {
            return items;
        }
        do {
            items.add(item.get());
        } while (take(","));
        expect(close, "',' or '" + close + "'");
        return items;
    }

    Fault unexpected(String wanted) {
        return Fault.at(peek().place(), "expected " + wanted + ", found " + peek().describe());
    }

    /** The span from a token to the last one read. */
    Span since(Token first) {
        return Span.of(first.place().to(tokens.get(Math.max(at - 1, 0)).place()));
    }
}
