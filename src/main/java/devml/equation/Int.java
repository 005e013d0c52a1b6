package devml.equation;

import java.util.List;

/** An expression that yields a 64-bit integer: subscripts, and elements of tensors of integers. */
public sealed interface Int extends Value {

    record Constant(long value) implements Int {}

    /** The current value of an index. */
    record Index(int slot) implements Int {}

    record Binary(Op op, Int left, Int right) implements Int {}

    /** {@code yes} where the condition holds, else {@code no}; only that one is evaluated. */
    record Select(Cond condition, Int yes, Int no) implements Int {}

    /** An element of a tensor of integers. */
    record Read(View view, List<Int> subscripts) implements Int {
        public Read {
            subscripts = List.copyOf(subscripts);
        }
    }

    /** The number of points of a box. */
    record Count(Box box) implements Int {}

    /**
     * The place in the whole box, counted in row-major order, of the greatest (or least) value; the first of equals, and
     * the first NaN if there is one. Points that the guard excludes count as places but never win. An empty box is an
     * error.
     */
    record ArgReduce(boolean greatest, Box box, Real body) implements Int {}

    /** A sum, product, maximum or minimum of integers. */
    record Reduce(Real.Fold fold, Box box, Int body) implements Int {}

    /** The operations; division and remainder round towards minus infinity. */
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
