package devml.fault;

/**
 * A text that a user wrote, with its name for messages.
 *
 * @param name a path as the user gave it, or a description such as {@code "the expression"}
 * @param text the whole text; places are offsets into it, in chars
 */
public record Source(String name, String text) {

    /** Returns the range from {@code start} to {@code end} (exclusive) of this text. */
    public Place place(int start, int end) {
        return new Place(this, start, end);
    }

    /** The 1-based line of an offset. */
    int line(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** The 1-based column of an offset, in code points. */
    int column(int offset) {
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        return 1 + text.codePointCount(lineStart, offset);
    }

    /** The line that contains an offset, without its line break. */
    String lineText(int offset) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int end = text.indexOf('\n', offset);
        return text.substring(start, end < 0 ? text.length() : end).stripTrailing();
    }
}
