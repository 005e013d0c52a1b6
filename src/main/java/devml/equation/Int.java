package devml.equation;

import java.util.List;

/** An expression that yields a 64-bit integer: a subscript, or the value of an element of an integer tensor. */
public sealed interface Int extends Value {

    record Constant(long value) implements Int {}

    /** The current value of an index. */
    record Index(int slot) implements Int {}

    record Binary(Op op, Int left, Int right) implements Int {}

    /** {@code yes} where the condition holds, otherwise {@code no}; only the chosen branch is evaluated. */
    record Select(Cond condition, Int yes, Int no) implements Int {}

    /** An element of a tensor of integers. */
    record Read(View view, List<Int> subscripts) implements Int {
        public Read {
            subscripts = List.copyOf(subscripts);
        }
    }

    /** The number of points of a box where its guard holds. */
    record Count(Box box) implements Int {}

    /**
     * The position of the greatest (or least) value, counted in row-major order over the whole box; of equal values the
     * first counts, and if there is a NaN, the first NaN. Points that the guard excludes count as positions but never
     * win. A box without points is an error.
     */
    record ArgReduce(boolean greatest, Box box, Real body) implements Int {}

    /** A sum, product, maximum or minimum of integers; {@link Real.Fold#LOG_SUM_EXP} is not allowed. */
    record Reduce(Real.Fold fold, Box box, Int body) implements Int {}

    /** The integer operations; division and remainder round towards minus infinity. */
    enum Op {
        ADD,
        SUBTRACT,
        MULTIPLY,
        FLOOR_DIVIDE,
        MODULO,
        MIN,
        MAX
    }
}
