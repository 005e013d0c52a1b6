package devml.notation;

import java.util.List;

/**
 * A line of {@code where} or {@code init}: names for the value, or for the items of a tuple.
 *
 * @param names what it sets, one or more
 * @param value the expression that the names stand for
 * @param span where it stands
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
