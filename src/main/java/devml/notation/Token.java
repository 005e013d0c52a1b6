package devml.notation;

import devml.fault.Place;

/**
 * A token of the notation.
 *
 * @param kind what it is
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

    /** Whether its text may be that of a symbol or a word of the notation. */
    boolean isSpelled() {
        return kind == Kind.SYMBOL || kind == Kind.NAME;
    }

    /** How messages call it. */
    String describe() {
        return switch (kind) {
            case NAME, NUMBER, SYMBOL -> "'" + text + "'";
            case WORD -> "the word '" + text + "'";
            case LINE_END -> "the end of the line";
            case END -> "the end of the text";
        };
    }
}
