package devml.equation;

import java.util.List;
import java.util.Objects;

/**
 * Evaluates integer expressions and conditions at one point. Subclasses supply what depends on real numbers or on the
 * elements of tensors, if they have any.
 */
public abstract class Integers {

    /** The current value of every index. */
    protected final long[] index;

    /** Starts with all indices at 0. */
    protected Integers(int slots) {
        this(new long[slots]);
    }

    /** Keeps the values of the indices in the given array, which is shared, not copied. */
    protected Integers(long[] index) {
        this.index = index;
    }

    /** An element of a tensor of integers. */
    protected abstract long read(Int.Read read);

    protected abstract boolean compare(Cond.CompareReals comparison);

    protected abstract long argReduce(Int.ArgReduce reduction);

    /**
     * Returns the value of an expression.
     *
     * @throws ArithmeticException on overflow, division by zero, or a maximum or minimum over no points
     */
    public final long integer(Int e) {
        return switch (e) {
            case Int.Constant(long value) -> value;
            case Int.Index(int slot) -> index[slot];
            case Int.Binary(Int.Op op, Int left, Int right) -> apply(op, integer(left), integer(right));
            case Int.Select(Cond condition, Int yes, Int no) -> integer(holds(condition) ? yes : no);
            case Int.Read read -> read(read);
            case Int.Count(Box box) -> count(box);
            case Int.ArgReduce reduction -> argReduce(reduction);
            case Int.Reduce reduction -> reduce(reduction);
        };
    }

    public final boolean holds(Cond c) {
        return switch (c) {
            case Cond.Constant(boolean value) -> value;
            case Cond.And(Cond left, Cond right) -> holds(left) && holds(right);
            case Cond.Or(Cond left, Cond right) -> holds(left) || holds(right);
            case Cond.Not(Cond operand) -> !holds(operand);
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) ->
                relation.holds(integer(left), integer(right));
            case Cond.CompareReals comparison -> compare(comparison);
        };
    }

    /**
     * Returns the row-major offset of an element.
     *
     * @return -1 if a subscript lies outside its dimension
     */
    public final int offset(View view, List<Int> subscripts) {
        long offset = 0;
        for (int i = 0; i < subscripts.size(); i++) {
            int extent = view.extents().get(i);
            long subscript = integer(subscripts.get(i));
            if (subscript < 0 || subscript >= extent) {
                return -1;
            }
            offset = offset * extent + subscript;
        }
        return (int) offset;
    }

    private long count(Box box) {
        long count = 0;
        if (box.size() > 0) {
            box.reset(index);
            do {
                count += holds(box.guard()) ? 1 : 0;
            } while (box.advance(index));
        }
        return count;
    }

    private long reduce(Int.Reduce reduction) {
        Box box = reduction.box();
        Int.Op op = operation(reduction.fold());
        boolean empty = true;
        long result = reduction.fold() == Real.Fold.PRODUCT ? 1 : 0;
        if (box.size() > 0) {
            box.reset(index);
            do {
                if (holds(box.guard())) {
                    long value = integer(reduction.body());
                    result = empty && (op == Int.Op.MAX || op == Int.Op.MIN) ? value : apply(op, result, value);
                    empty = false;
                }
            } while (box.advance(index));
        }
        if (empty && (op == Int.Op.MAX || op == Int.Op.MIN)) {
            throw new ArithmeticException("a maximum or minimum over no points");
        }
        return result;
    }

    private static Int.Op operation(Real.Fold fold) {
        return switch (fold) {
            case SUM -> Int.Op.ADD;
            case PRODUCT -> Int.Op.MULTIPLY;
            case MAX -> Int.Op.MAX;
            case MIN -> Int.Op.MIN;
            case LOG_SUM_EXP -> throw new IllegalArgumentException("logsumexp of integers is a real number");
        };
    }

    /**
     * Returns the message of an exception. The virtual machine drops the message of an overflow that it has thrown
     * often.
     */
    public static String reason(ArithmeticException e) {
        return Objects.requireNonNullElse(e.getMessage(), "long overflow");
    }

    /**
     * Returns the result of an operation.
     *
     * @throws ArithmeticException on overflow or division by zero
     */
    public static long apply(Int.Op op, long left, long right) {
        if (right == 0 && (op == Int.Op.FLOOR_DIVIDE || op == Int.Op.MODULO)) {
            throw new ArithmeticException("/ by zero");
        }
        return switch (op) {
            case ADD -> Math.addExact(left, right);
            case SUBTRACT -> Math.subtractExact(left, right);
            case MULTIPLY -> Math.multiplyExact(left, right);
            case FLOOR_DIVIDE -> Math.floorDiv(left, right);
            case MODULO -> Math.floorMod(left, right);
            case MIN -> Math.min(left, right);
            case MAX -> Math.max(left, right);
        };
    }
}
