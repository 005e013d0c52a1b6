package devml.rounding;

import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.isExact;
import static devml.rounding.Terms.isZero;
import static devml.rounding.Terms.subtract;

import devml.equation.Cond;
import devml.equation.Cond.Relation;
import devml.equation.Real;

/**
 * Derives conditions about conditions: whether a condition certainly holds, or certainly fails, whatever the errors of
 * the values that it compares. {@link RealError} uses them for choices and guards.
 */
record Decisions(RealError reals, IntError integers, Precision precision) {

    /** Returns a condition under which {@code c} certainly holds. */
    Cond certain(Cond c) {
        return switch (c) {
            case Cond.Constant _ -> c;
            case Cond.And(Cond left, Cond right) -> Cond.and(certain(left), certain(right));
            case Cond.Or(Cond left, Cond right) -> Cond.or(certain(left), certain(right));
            case Cond.Not(Cond operand) -> refuted(operand);
            case Cond.CompareInts compare -> Cond.and(isExact(error(compare)), compare);
            case Cond.CompareReals compare -> certain(compare, true);
        };
    }

    /** Returns a condition under which {@code c} certainly fails. */
    Cond refuted(Cond c) {
        return switch (c) {
            case Cond.Constant _ -> Cond.not(c);
            case Cond.And(Cond left, Cond right) -> Cond.or(refuted(left), refuted(right));
            case Cond.Or(Cond left, Cond right) -> Cond.and(refuted(left), refuted(right));
            case Cond.Not(Cond operand) -> certain(operand);
            case Cond.CompareInts compare -> Cond.and(isExact(error(compare)), Cond.not(compare));
            case Cond.CompareReals compare -> certain(compare, false);
        };
    }

    /** Whether the errors can never change the result of the condition. */
    boolean isExactly(Cond c) {
        return switch (c) {
            case Cond.Constant _ -> true;
            case Cond.And(Cond left, Cond right) -> isExactly(left) && isExactly(right);
            case Cond.Or(Cond left, Cond right) -> isExactly(left) && isExactly(right);
            case Cond.Not(Cond operand) -> isExactly(operand);
            case Cond.CompareInts compare -> isZero(error(compare));
            case Cond.CompareReals compare -> isZero(error(compare));
        };
    }

    private Real error(Cond.CompareInts compare) {
        return add(integers.of(compare.left()), integers.of(compare.right()));
    }

    private Real error(Cond.CompareReals compare) {
        return add(reals.of(compare.left()), reals.of(compare.right()));
    }

    private Cond certain(Cond.CompareReals compare, boolean holds) {
        Real error = error(compare);
        Cond decided = holds ? compare : Cond.not(compare);
        if (isZero(error)) {
            return decided;
        }
        Cond exact = Cond.and(isExact(error), decided);
        Real left = compare.left();
        Real right = compare.right();
        return switch (compare.relation()) {
            case EQUAL, NOT_EQUAL -> {
                boolean apart = holds == (compare.relation() == Relation.NOT_EQUAL);
                yield apart ? Cond.or(exact, apart(abs(subtract(left, right)), error)) : exact;
            }
            case LESS, LESS_EQUAL ->
                Cond.or(exact, apart(holds ? subtract(right, left) : subtract(left, right), error));
        };
    }

    /** The difference exceeds what both can err together, with room for the rounding of the difference. */
    private Cond apart(Real difference, Real error) {
        return Terms.less(error, Terms.scale(1 - 16 * precision.unit(), difference));
    }

    /** Returns a condition under which {@code c} is certainly decided as it is in the computed numbers. */
    Cond decided(Cond c) {
        return switch (c) {
            case Cond.Constant _ -> Cond.TRUE;
            case Cond.And(Cond left, Cond right) when isExactly(left) -> Cond.or(Cond.not(left), decided(right));
            case Cond.Or(Cond left, Cond right) when isExactly(left) -> Cond.or(left, decided(right));
            case Cond.And _, Cond.Or _ -> Cond.or(certain(c), refuted(c));
            case Cond.Not(Cond operand) -> decided(operand);
            case Cond.CompareInts compare -> isExact(error(compare));
            case Cond.CompareReals compare -> {
                Real error = error(compare);
                Real distance = abs(subtract(compare.left(), compare.right()));
                yield isZero(error) ? Cond.TRUE : Cond.or(isExact(error), apart(distance, error));
            }
        };
    }
}
