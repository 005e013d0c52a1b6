package devml.notation;

/**
 * {@code for t:} or {@code for t down:} above an indented block of equations, which run step by step. For
 * {@code for l, t:} there is one loop per index, and all of them have the same span.
 *
 * @param number distinguishes the loops of a block of equations
 * @param index the index that takes one value per step
 * @param down whether the steps run from the last value to the first
 * @param span where the line stands
 */
public record Loop(int number, Expr.Name index, boolean down, Span span) {

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
