package devml.notation;

import java.util.List;
import java.util.Optional;

/**
 * A statement about a tensor: {@code target = value | condition} sets its elements, {@code +=} adds to them.
 *
 * @param target the elements written
 * @param accumulates whether it adds ({@code +=})
 * @param value what is written
 * @param condition the points at which it holds; everywhere if absent
 * @param loops in whose blocks it stands, the outermost first
 * @param span where it stands
 */
public record Equation(
        Expr.Access target, boolean accumulates, Expr value, Optional<Expr> condition, List<Loop> loops, Span span) {
    public Equation {
        loops = List.copyOf(loops);
    }

    /** An equation outside of loops. */
    public Equation(Expr.Access target, boolean accumulates, Expr value, Optional<Expr> condition, Span span) {
        this(target, accumulates, value, condition, List.of(), span);
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
