package devml.equation;

/**
 * A condition. It is evaluated from left to right and no further than needed: once the result is decided, the rest is
 * not evaluated.
 */
public sealed interface Cond {

    record Constant(boolean value) implements Cond {}

    record And(Cond left, Cond right) implements Cond {}

    record Or(Cond left, Cond right) implements Cond {}

    record Not(Cond operand) implements Cond {}

    record CompareInts(Relation relation, Int left, Int right) implements Cond {}

    /** A comparison with NaN is false, except by {@link Relation#NOT_EQUAL}. */
    record CompareReals(Relation relation, Real left, Real right) implements Cond {}

    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_EQUAL;

        /** Whether the relation holds between two integers. */
        public boolean holds(long left, long right) {
            return switch (this) {
                case EQUAL -> left == right;
                case NOT_EQUAL -> left != right;
                case LESS -> left < right;
                case LESS_EQUAL -> left <= right;
            };
        }
    }

    Cond TRUE = new Constant(true);

    Cond FALSE = new Constant(false);

    /** The conjunction, simplified where one side is constant. */
    static Cond and(Cond left, Cond right) {
        if (left.equals(TRUE) || right.equals(FALSE)) {
            return right;
        }
        return right.equals(TRUE) || left.equals(FALSE) ? left : new And(left, right);
    }

    /** The disjunction, simplified where one side is constant. */
    static Cond or(Cond left, Cond right) {
        if (left.equals(FALSE) || right.equals(TRUE)) {
            return right;
        }
        return right.equals(FALSE) || left.equals(TRUE) ? left : new Or(left, right);
    }

    static Cond not(Cond operand) {
        return switch (operand) {
            case Constant(boolean value) -> new Constant(!value);
            case Not(Cond inner) -> inner;
            case Cond other -> new Not(other);
        };
    }
}
