package devml.fault;

/**
 * A range of a {@link Source}, which messages point to.
 *
 * @param source the text
 * @param start the offset of its first char
 * @param end the offset after its last char
 */
public record Place(Source source, int start, int end) {

    public Place {
        int length = source.text().length();
        start = Math.clamp(start, 0, length);
        end = Math.clamp(end, start, length);
    }

    /** The text of the range. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** Returns the range from the start of this place to the end of {@code last}, in the same source. */
    public Place to(Place last) {
        return new Place(source, start, last.end);
    }

    public int line() {
        return source.line(start);
    }

    public int column() {
        return source.column(start);
    }

    /** Returns {@code file:line:column}, as compilers print it and editors read it. */
    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }

    /** Returns the source line with a caret below this place, each line indented as in messages. */
    String excerpt() {
        String number = Integer.toString(line());
        // Control characters, which a terminal might take as commands, are shown as spaces, as tabs are, so that
        // columns stay as they are.
        String shown = source.lineText(start).replaceAll("\\p{Cntrl}", " ");
        int width = Math.max(1, Math.min(end - start, shown.length() - (column() - 1)));
        String margin = " ".repeat(3 + number.length());
        return "   %s | %s%n%s | %s%s".formatted(number, shown, margin, " ".repeat(column() - 1), "^".repeat(width));
    }
}
