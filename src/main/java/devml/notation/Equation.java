package devml.notation;

import java.util.List;
import java.util.Optional;

/**
 * One equation as it was written: {@code target = value | condition} sets the elements of a tensor, {@code +=} adds to
 * them.
 *
 * @param target the elements written
 * @param accumulates whether it adds ({@code +=})
 * @param value the expression that is written or added
 * @param condition the points at which the equation applies; all of them if absent
 * @param loops the loops around the equation, outermost first
 * @param span where the equation stands
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
