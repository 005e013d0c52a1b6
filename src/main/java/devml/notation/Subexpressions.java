package devml.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What an expression is made of. */
public final class Subexpressions {
    private Subexpressions() {}

    /** The expressions that stand directly in an expression, from left to right. */
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

    /** Hands an expression and all its parts to {@code seen}, outermost first. */
    public static void walk(Expr e, Consumer<Expr> seen) {
        seen.accept(e);
        parts(e).forEach(part -> walk(part, seen));
    }

    /** As {@link #walk(Expr, Consumer)}, over all that an equation says, its target first. */
    public static void walk(Equation equation, Consumer<Expr> seen) {
        walk(equation.target(), seen);
        walk(equation.value(), seen);
        equation.condition().ifPresent(condition -> walk(condition, seen));
    }
}
