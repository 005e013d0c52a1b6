package devml.notation;

import java.util.Optional;

/**
 * A statement about a tensor: {@code target = value | condition} sets its elements, {@code +=} adds to them.
 *
 * @param target the elements written
 * @param accumulates whether it adds ({@code +=})
 * @param value what is written
 * @param condition the points at which it holds; everywhere if absent
 * @param span where it stands
 */
public record Equation(Expr.Access target, boolean accumulates, Expr value, Optional<Expr> condition, Span span) {

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
