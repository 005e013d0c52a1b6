package devml.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Visits the sub-expressions of an expression. */
public final class Subexpressions {
    private Subexpressions() {}

    /** The direct sub-expressions, from left to right. */
    public static List<Expr> parts(Expr e) {
        return switch (e) {
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _ -> List.of();
            case Expr.Access access -> access.subscripts();
            case Expr.OrElse orElse -> List.of(orElse.access(), orElse.otherwise());
            case Expr.Unary unary -> List.of(unary.operand());
            case Expr.Binary binary -> List.of(binary.left(), binary.right());
            case Expr.Compare compare -> compare.operands();
            case Expr.Call call -> call.arguments();
            case Expr.Reduce reduce -> {
                List<Expr> parts = new ArrayList<>(reduce.indices());
                reduce.guard().ifPresent(parts::add);
                parts.add(reduce.body());
                yield parts;
            }
            case Expr.Tuple tuple -> tuple.items();
        };
    }

    /** Passes an expression and all its parts to {@code seen}, outermost first. */
    public static void walk(Expr e, Consumer<Expr> seen) {
        seen.accept(e);
        parts(e).forEach(part -> walk(part, seen));
    }

    /**
     * Passes all expressions of an equation and their parts to {@code seen}: the target, the value, then the condition.
     */
    public static void walk(Equation equation, Consumer<Expr> seen) {
        walk(equation.target(), seen);
        walk(equation.value(), seen);
        equation.condition().ifPresent(condition -> walk(condition, seen));
    }
}
