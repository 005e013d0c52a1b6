package devml.notation;

import java.util.List;
import java.util.function.Consumer;

/** What an expression is made of. */
public final class Subexpressions {
    private Subexpressions() {}

    /** Hands an expression and all its parts to {@code seen}, outermost first. */
    public static void walk(Expr e, Consumer<Expr> seen) {
        seen.accept(e);
        switch (e) {
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _ -> {}
            case Expr.Access access -> walk(access.subscripts(), seen);
            case Expr.OrElse orElse -> walk(List.of(orElse.access(), orElse.otherwise()), seen);
            case Expr.Unary unary -> walk(unary.operand(), seen);
            case Expr.Binary binary -> walk(List.of(binary.left(), binary.right()), seen);
            case Expr.Compare compare -> walk(compare.operands(), seen);
            case Expr.Call call -> walk(call.arguments(), seen);
            case Expr.Reduce reduce -> {
                walk(reduce.indices(), seen);
                reduce.guard().ifPresent(guard -> walk(guard, seen));
                walk(reduce.body(), seen);
            }
            case Expr.Tuple tuple -> walk(tuple.items(), seen);
        }
    }

    /** As {@link #walk(Expr, Consumer)}, over all that an equation says, its target first. */
    public static void walk(Equation equation, Consumer<Expr> seen) {
        walk(equation.target(), seen);
        walk(equation.value(), seen);
        equation.condition().ifPresent(condition -> walk(condition, seen));
    }

    private static void walk(List<? extends Expr> parts, Consumer<Expr> seen) {
        parts.forEach(part -> walk(part, seen));
    }
}
