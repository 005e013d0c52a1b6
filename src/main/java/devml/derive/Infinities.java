package devml.derive;

import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Reduction;
import java.util.HashSet;
import java.util.Set;

/**
 * Which tensors may hold minus infinity as a logarithm of 0: where an equation says {@code -inf}, or adds up no
 * probabilities. A sum of nothing but such ones does not change with any of them, whereas the rule of its derivative would
 * take the difference of two infinities.
 */
final class Infinities {
    private final Names names;
    private final Set<String> tensors = new HashSet<>();

    Infinities(Names names, Forward forward) {
        this.names = names;
        int before;
        do { // in a loop, an equation may read what a later one sets in another step
            before = tensors.size();
            for (Equation equation : forward.equations()) {
                if (areIn(equation.value())) {
                    tensors.add(Names.stem(equation.target().tensor()));
                }
            }
        } while (tensors.size() > before);
    }

    /** Whether the expression's value may be minus infinity on purpose. */
    boolean areIn(Expr e) {
        return switch (e) {
            case Expr.Name name
            when names.isShort(name.name()) ->
                names.meaning(name).map(this::areIn).orElse(false);
            case Expr.Name name -> name.name().equals("inf");
            case Expr.Access access -> tensors.contains(Names.stem(access.tensor()));
            case Expr.OrElse orElse -> areIn(orElse.access()) || areIn(orElse.otherwise());
            case Expr.Unary unary -> areIn(unary.operand());
            case Expr.Binary binary -> areIn(binary.left()) || areIn(binary.right());
            case Expr.Call call
            when call.function().equals("where") ->
                call.arguments().stream().skip(1).anyMatch(this::areIn);
            case Expr.Call _, Expr.Compare _, Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Tuple _ -> false;
            case Expr.Reduce reduce ->
                reduce.reduction() == Reduction.LOGSUMEXP && (reduce.guard().isPresent() || areIn(reduce.body()));
        };
    }
}
