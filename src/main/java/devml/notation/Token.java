package devml.notation;

import devml.fault.Place;

/**
 * A token of the notation, as {@link Scanner} produces it and the parsers read it.
 *
 * @param kind its kind
 * @param text its spelling; for a {@link Kind#WORD} without the quotes
 * @param place where it stands
 */
record Token(Kind kind, String text, Place place) {

    enum Kind {
        NAME,
        NUMBER,
        WORD,
        SYMBOL,
        LINE_END,
        END
    }

    boolean is(String symbol) {
        return isSpelled() && text.equals(symbol);
    }

    /** Whether its text can be a symbol or a keyword. */
    boolean isSpelled() {
        return kind == Kind.SYMBOL || kind == Kind.NAME;
    }

    /** Describes the token in messages. */
    String describe() {
        return switch (kind) {
            case NAME, NUMBER, SYMBOL -> "'" + text + "'";
            case WORD -> "the word '" + text + "'";
            case LINE_END -> "the end of the line";
            case END -> "the end of the text";
        };
    }
}
