package devml.rounding;

import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.isExact;
import static devml.rounding.Terms.isZero;
import static devml.rounding.Terms.subtract;

import devml.equation.Cond;
import devml.equation.Cond.Relation;
import devml.equation.Real;

/** Conditions on conditions: whether they surely hold, or surely fail, whatever the errors of what they compare. */
record Decisions(RealError reals, IntError integers, Precision precision) {

    /** Whether the condition surely holds. */
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

    /** Whether the condition surely fails. */
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

    /** Whether the errors cannot change what the condition says. */
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

    /** More apart than both can err; the difference is rounded. */
    private Cond apart(Real difference, Real error) {
        return Terms.less(error, Terms.scale(1 - 16 * precision.unit(), difference));
    }

    /** Whether the condition surely holds or surely fails, as it does in the computed numbers. */
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
