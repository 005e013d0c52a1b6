package devml.bound;

import static devml.bound.Terms.add;
import static devml.bound.Terms.isExact;
import static devml.bound.Terms.isZero;

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
        Cond below = apart(compare.left(), compare.right(), error);
        Cond above = apart(compare.right(), compare.left(), error);
        boolean equality = compare.relation() == Relation.EQUAL || compare.relation() == Relation.NOT_EQUAL;
        if (equality) {
            boolean apart = holds == (compare.relation() == Relation.NOT_EQUAL);
            return apart ? Cond.or(exact, Cond.or(below, above)) : exact;
        }
        return Cond.or(exact, holds ? below : above);
    }

    /** {@code smaller < greater} by more than both can err; the difference is rounded. */
    private Cond apart(Real smaller, Real greater, Real error) {
        Real distance = Terms.scale(1 - 16 * precision.unit(), Terms.subtract(greater, smaller));
        return Terms.less(error, distance);
    }
}
