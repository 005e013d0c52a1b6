package devml.rounding;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;

/** Builds expressions of non-negative numbers, as error bounds are, and leaves out what is known to be 0. */
final class Terms {
    static final Real ZERO = new Real.Constant(0);
    static final Real UNKNOWN = new Real.Constant(Double.POSITIVE_INFINITY);

    private Terms() {}

    static Real constant(double value) {
        return value == 0 ? ZERO : new Real.Constant(value);
    }

    static boolean isZero(Real e) {
        return e instanceof Real.Constant(double value) && value == 0;
    }

    static Real add(Real left, Real right) {
        return isZero(left) ? right : isZero(right) ? left : new Real.Binary(Real.Op.ADD, left, right);
    }

    static Real subtract(Real left, Real right) {
        return isZero(right) ? left : new Real.Binary(Real.Op.SUBTRACT, left, right);
    }

    static Real multiply(Real left, Real right) {
        if (isZero(left) || isZero(right)) {
            return ZERO;
        }
        return isOne(left) ? right : isOne(right) ? left : new Real.Binary(Real.Op.MULTIPLY, left, right);
    }

    private static boolean isOne(Real e) {
        return e instanceof Real.Constant(double value) && value == 1;
    }

    static Real divide(Real left, Real right) {
        return isZero(left) ? ZERO : new Real.Binary(Real.Op.DIVIDE, left, right);
    }

    static Real scale(double factor, Real e) {
        return e instanceof Real.Constant(double value) ? constant(factor * value) : multiply(constant(factor), e);
    }

    static Real max(Real left, Real right) {
        return isZero(left) || left.equals(right)
                ? right
                : isZero(right) ? left : new Real.Binary(Real.Op.MAX, left, right);
    }

    static Real min(Real left, Real right) {
        return isZero(left) || isZero(right) ? ZERO : new Real.Binary(Real.Op.MIN, left, right);
    }

    static Real abs(Real e) {
        return switch (e) {
            case Real.Constant(double value) -> constant(Math.abs(value));
            case Real.Unary(Real.Function function, Real operand) when function == Real.Function.NEGATE -> abs(operand);
            case Real.Unary(Real.Function function, var _) when function == Real.Function.ABS -> e;
            default -> new Real.Unary(Real.Function.ABS, e);
        };
    }

    static Real select(Cond condition, Real yes, Real no) {
        if (condition instanceof Cond.Constant(boolean holds)) {
            return holds ? yes : no;
        }
        return yes.equals(no) ? yes : new Real.Select(condition, yes, no);
    }

    static Real sum(Box box, Real body) {
        return isZero(body) ? ZERO : new Real.Reduce(Real.Fold.SUM, box, body);
    }

    /** Returns {@code otherwise} where the error is 0, and an unknown error elsewhere. */
    static Real knownIfExact(Real error, Real otherwise) {
        return isZero(error) ? otherwise : select(isExact(error), otherwise, UNKNOWN);
    }

    static Cond isExact(Real error) {
        return isZero(error) ? Cond.TRUE : new Cond.CompareReals(Cond.Relation.EQUAL, error, ZERO);
    }

    static Cond less(Real smaller, Real greater) {
        return new Cond.CompareReals(Cond.Relation.LESS, smaller, greater);
    }

    /** An upper bound of the number of roundings in the evaluation of an expression. */
    static double roundings(Value value) {
        double[] count = {0};
        Uses.walk(value, part -> {
            count[0]++;
            if (part instanceof Real.Reduce(var _, Box box, var _)) {
                count[0] += box.size();
            }
        });
        return count[0];
    }
}
