package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Reduction;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Which tensors may hold minus infinity as a logarithm of 0: where an equation says {@code -inf}, or adds up no
 * probabilities. A sum of nothing but such ones does not change with any of them, whereas the rule of its derivative would
 * take the difference of two infinities.
 */
final class Infinities {
    /** The functions that are infinite, or no number, at some finite numbers. */
    private static final Set<String> HAVE_POLES = Set.of("log", "log1p", "sqrt");

    private final DefinitionNames names;
    private final Set<String> tensors = new HashSet<>();

    Infinities(DefinitionNames names, Forward forward) {
        this.names = names;
        int before;
        do { // in a loop, an equation may read what a later one sets in another step
            before = tensors.size();
            for (Equation equation : forward.equations()) {
                if (areIn(equation.value())) {
                    tensors.add(DefinitionNames.stem(equation.target().tensor()));
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
            case Expr.Access access -> tensors.contains(DefinitionNames.stem(access.tensor()));
            case Expr.OrElse orElse -> areIn(orElse.access()) || areIn(orElse.otherwise());
            case Expr.Unary unary -> areIn(unary.operand());
            case Expr.Binary binary -> areIn(binary.left()) || areIn(binary.right());
            case Expr.Call call
            when call.function().equals("where") ->
                call.arguments().stream().skip(1).anyMatch(this::areIn);
            case Expr.Call _, Expr.Compare _, Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Tuple _ -> false;
            case Expr.Reduce reduce ->
                reduce.reduction() == Reduction.LOGSUMEXP && (mayBeEmpty(reduce) || areIn(reduce.body()));
        };
    }

    private boolean mayBeEmpty(Expr.Reduce reduce) {
        return reduce.guard().isPresent() || !names.edges(reduce).isEmpty();
    }

    /** Whether a product may be infinite, or no number at all, where the tensors in it are finite. */
    boolean mayArise(Product product) {
        return product.factors().entrySet().stream()
                .anyMatch(factor -> mayArise(factor.getKey())
                        || (!isWhole(factor.getValue()) && names.readsTensor(factor.getKey())));
    }

    private boolean mayArise(Expr e) {
        return switch (e) {
            case Expr.Name name
            when names.isShort(name.name()) ->
                names.meaning(name).map(this::mayArise).orElse(false);
            case Expr.Access access -> areIn(access);
            case Expr.Binary(BinaryOp op, Expr left, Expr right, var _) ->
                mayArise(left)
                        || mayArise(right)
                        || switch (op) {
                            case ADD, SUBTRACT, MULTIPLY, AND, OR -> false;
                            case DIVIDE, FLOOR_DIVIDE, MODULO -> names.readsTensor(right);
                            case POWER -> names.readsTensor(left) && !(right instanceof Expr.Whole);
                        };
            case Expr.Call call when HAVE_POLES.contains(call.function()) -> names.readsTensor(call);
            case Expr.Reduce reduce
            when reduce.reduction() == Reduction.LOGSUMEXP || reduce.reduction() == Reduction.MEAN ->
                mayBeEmpty(reduce) || mayArise(reduce.body());
            case Expr _ -> Trees.children(e).stream().anyMatch(this::mayArise);
        };
    }

    private static boolean isWhole(BigFraction exponent) {
        return exponent.signum() > 0 && exponent.getDenominator().equals(BigInteger.ONE);
    }
}
