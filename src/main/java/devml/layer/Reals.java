package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Value;
import devml.notation.BinaryOp;
import devml.notation.Relation;
import java.math.BigDecimal;

/**
 * Makes expressions of real numbers. Arithmetic and square roots of constants are worked out: in float64 where that is
 * exact, else to as many digits as {@link Real.Precise} has.
 */
final class Reals {
    /** Whole exponents up to this size multiply; larger ones take the power function. */
    private static final int MAX_WHOLE_EXPONENT = 64;

    private Reals() {}

    static Real of(Value value) {
        return switch (value) {
            case Int.Constant(long constant) ->
                (double) constant == constant && constant != Long.MAX_VALUE
                        ? new Real.Constant(constant)
                        : Real.Precise.of(BigDecimal.valueOf(constant));
            case Int i -> new Real.FromInt(i);
            case Real r -> r;
        };
    }

    static Real apply(Real.Function function, Real operand) {
        Real unfolded = new Real.Unary(function, operand);
        return switch (function) {
            case NEGATE -> Constants.negate(operand).orElse(unfolded);
            case ABS -> Constants.abs(operand).orElse(unfolded);
            case SQRT -> Constants.sqrt(operand).orElse(unfolded);
            case SIGN, FLOOR, EXP, EXPM1, LOG, LOG1P, SIN, COS, TANH, ERF, SIGMOID, SOFTPLUS -> unfolded;
        };
    }

    static Real apply(BinaryOp op, Real left, Real right) {
        return switch (op) {
            case ADD -> is(left, 0) ? right : is(right, 0) ? left : binary(Real.Op.ADD, left, right);
            case SUBTRACT -> is(right, 0) ? left : binary(Real.Op.SUBTRACT, left, right);
            case MULTIPLY -> is(left, 1) ? right : is(right, 1) ? left : binary(Real.Op.MULTIPLY, left, right);
            case DIVIDE -> is(right, 1) ? left : binary(Real.Op.DIVIDE, left, right);
            case FLOOR_DIVIDE -> binary(Real.Op.FLOOR_DIVIDE, left, right);
            case MODULO -> {
                Real quotient = binary(Real.Op.FLOOR_DIVIDE, left, right);
                yield binary(Real.Op.SUBTRACT, left, binary(Real.Op.MULTIPLY, right, quotient));
            }
            case POWER -> power(left, right);
            case AND, OR -> throw new IllegalArgumentException(op + " joins conditions");
        };
    }

    private static Real power(Real base, Real exponent) {
        if (exponent instanceof Real.Constant(double e) && e == Math.rint(e) && Math.abs(e) <= MAX_WHOLE_EXPONENT) {
            return e == 1 ? base : new Real.Power(base, (int) e);
        }
        return binary(Real.Op.POWER, base, exponent);
    }

    static Real binary(Real.Op op, Real left, Real right) {
        return Constants.apply(op, left, right).orElseGet(() -> new Real.Binary(op, left, right));
    }

    private static boolean is(Real e, double value) {
        return e instanceof Real.Constant(double constant) && constant == value;
    }

    /** A comparison of numbers: of integers if both are. */
    static Cond compare(Relation relation, Value left, Value right) {
        return switch (relation) {
            case EQUAL -> compare(Cond.Relation.EQUAL, left, right);
            case NOT_EQUAL -> compare(Cond.Relation.NOT_EQUAL, left, right);
            case LESS -> compare(Cond.Relation.LESS, left, right);
            case LESS_EQUAL -> compare(Cond.Relation.LESS_EQUAL, left, right);
            case GREATER -> compare(Cond.Relation.LESS, right, left);
            case GREATER_EQUAL -> compare(Cond.Relation.LESS_EQUAL, right, left);
        };
    }

    static Cond compare(Cond.Relation relation, Value left, Value right) {
        if (left instanceof Int a && right instanceof Int b) {
            return Ints.compare(relation, a, b);
        }
        Real a = of(left);
        Real b = of(right);
        return Constants.compare(relation, a, b).orElseGet(() -> new Cond.CompareReals(relation, a, b));
    }
}
