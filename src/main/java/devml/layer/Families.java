package devml.layer;

import devml.notation.Equation;
import devml.notation.Expr;
import java.util.List;
import java.util.Optional;

/**
 * Families of tensors: {@code x.q} stands for any number of them, {@code q} for the number of one. Tells which equations
 * speak of the members, so that there is one for each.
 */
public final class Families {
    private Families() {}

    /** Whether the equation names the family's index, or a member by it, outside of reductions over it. */
    static boolean mentions(Equation equation, String index) {
        return mentions(equation.target(), index)
                || mentions(equation.value(), index)
                || equation.condition().map(c -> mentions(c, index)).orElse(false);
    }

    private static boolean mentions(Expr e, String index) {
        return switch (e) {
            case Expr.Whole _, Expr.Decimal _, Expr.Word _ -> false;
            case Expr.Name name -> isMember(name.name(), index);
            case Expr.Access access -> isMember(access.tensor(), index) || any(access.subscripts(), index);
            case Expr.OrElse orElse -> mentions(orElse.access(), index) || mentions(orElse.otherwise(), index);
            case Expr.Unary unary -> mentions(unary.operand(), index);
            case Expr.Binary binary -> mentions(binary.left(), index) || mentions(binary.right(), index);
            case Expr.Compare compare -> any(compare.operands(), index);
            case Expr.Call call -> any(call.arguments(), index);
            case Expr.Reduce reduce ->
                reduce.indices().stream().noneMatch(i -> i.name().equals(index))
                        && (mentions(reduce.body(), index)
                                || reduce.guard().map(g -> mentions(g, index)).orElse(false));
            case Expr.Tuple tuple -> any(tuple.items(), index);
        };
    }

    private static boolean any(List<Expr> exprs, String index) {
        return exprs.stream().anyMatch(e -> mentions(e, index));
    }

    private static boolean isMember(String name, String index) {
        return name.equals(index) || name.endsWith("." + index);
    }

    /** The index by which a declaration's name makes it a family: {@code q} for {@code x.q}. */
    public static Optional<String> indexOf(String declared) {
        int dot = declared.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(declared.substring(dot + 1));
    }
}
