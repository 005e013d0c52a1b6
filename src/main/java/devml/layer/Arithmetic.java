package devml.layer;

import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Ints;
import devml.equation.Value;
import devml.fault.Fault;
import devml.layer.Scope.Part;
import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Printer;
import java.util.function.Supplier;

/**
 * Lowers sums, products, quotients and powers, for {@link Lowering}. What can be an integer stays one: subscripts and
 * sizes need integers.
 */
final class Arithmetic {
    private final Lowering lowering;

    /** Set in the formula of a size, where {@code /} is the exact quotient of integers and not a real number. */
    private boolean exact;

    Arithmetic(Lowering lowering) {
        this.lowering = lowering;
    }

    /** Lowers the formula of a size, in which {@code /} is the exact quotient of integers. */
    Value exactly(Supplier<Value> formula) {
        boolean before = exact;
        exact = true;
        Value value = formula.get();
        exact = before;
        return value;
    }

    Term apply(Expr.Binary e, Part part) {
        Value left = lowering.number(e.left(), part);
        Value right = lowering.number(e.right(), part);
        try {
            return new Term.Numeric(
                    left instanceof Int a && right instanceof Int b
                            ? integers(e, a, b)
                            : Reals.apply(e.op(), Reals.of(left), Reals.of(right)));
        } catch (ArithmeticException overflowOrZero) {
            throw Fault.at(
                    e.place(),
                    Printer.print(e) + " cannot be worked out"
                            + lowering.sizes().describe() + ": " + Integers.reason(overflowOrZero));
        }
    }

    private Value integers(Expr.Binary e, Int a, Int b) {
        return switch (e.op()) {
            case ADD -> Ints.add(a, b);
            case SUBTRACT -> Ints.subtract(a, b);
            case MULTIPLY -> Ints.multiply(a, b);
            case FLOOR_DIVIDE -> Ints.apply(Int.Op.FLOOR_DIVIDE, a, b);
            case MODULO -> Ints.apply(Int.Op.MODULO, a, b);
            case DIVIDE -> exact ? quotient(e, a, b) : Reals.apply(e.op(), Reals.of(a), Reals.of(b));
            case POWER -> power(a, b);
            case AND, OR -> throw new IllegalStateException("a condition is no number");
        };
    }

    private static Value power(Int base, Int exponent) {
        if (!(exponent instanceof Int.Constant(long n)) || n < 0 || n > Long.SIZE) {
            return Reals.apply(BinaryOp.POWER, Reals.of(base), Reals.of(exponent));
        }
        Int result = Ints.constant(1);
        for (long i = 0; i < n; i++) {
            result = Ints.multiply(result, base);
        }
        return result;
    }

    /**
     * Divides integers in the formula of a size, where a quotient that is not whole means that the options do not fit.
     */
    private Value quotient(Expr.Binary e, Int a, Int b) {
        if (a instanceof Int.Constant(long dividend) && b instanceof Int.Constant(long divisor)) {
            if (divisor != 0 && dividend % divisor == 0) {
                return Ints.constant(dividend / divisor);
            }
            throw Fault.at(
                    e.place(),
                    "%s is %d / %d, which is not a whole number%s"
                            .formatted(
                                    Printer.print(e),
                                    dividend,
                                    divisor,
                                    lowering.sizes().describe()));
        }
        return Reals.apply(e.op(), Reals.of(a), Reals.of(b));
    }
}
