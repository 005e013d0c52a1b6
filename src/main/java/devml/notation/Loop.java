package devml.notation;

/**
 * {@code for t:} or {@code for t down:} above an indented block of equations, which run step by step. Of {@code for l, t:}
 * there is one for each index, with the same span.
 *
 * @param number tells the loops of a block of equations apart
 * @param index takes a value a step
 * @param down whether the last value comes first
 * @param span where the line stands
 */
public record Loop(int number, Expr.Name index, boolean down, Span span) {

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
