package devml.notation;

import java.util.List;

/**
 * A line of a {@code where} or {@code init} block: it gives names to a value, or to the items of a tuple.
 *
 * @param names the names that the line sets, one or more
 * @param value the expression that they stand for
 * @param span where the line stands
 */
public record Abbreviation(List<Expr.Name> names, Expr value, Span span) {
    public Abbreviation {
        names = List.copyOf(names);
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
