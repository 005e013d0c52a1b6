package devml.fault;

/**
 * A stretch of a {@link Source}.
 *
 * @param source the text
 * @param start offset of its first char
 * @param end offset after its last char
 */
public record Place(Source source, int start, int end) {

    public Place {
        int length = source.text().length();
        start = Math.clamp(start, 0, length);
        end = Math.clamp(end, start, length);
    }

    /** What stands there. */
    public String text() {
        return source.text().substring(start, end);
    }

    /** From the start of this place to the end of {@code last}, in the same source. */
    public Place to(Place last) {
        return new Place(source, start, last.end);
    }

    public int line() {
        return source.line(start);
    }

    public int column() {
        return source.column(start);
    }

    /** {@code file:line:column}, as compilers print it and editors read it. */
    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }

    /** The source line with a caret under this place, each line indented as messages show it. */
    String excerpt() {
        String number = Integer.toString(line());
        // Whatever a terminal would take as a command is shown as a space, as tabs are: columns stay what they are.
        String shown = source.lineText(start).replaceAll("\\p{Cntrl}", " ");
        int width = Math.max(1, Math.min(end - start, shown.length() - (column() - 1)));
        String margin = " ".repeat(3 + number.length());
        return "   %s | %s%n%s | %s%s".formatted(number, shown, margin, " ".repeat(column() - 1), "^".repeat(width));
    }
}
