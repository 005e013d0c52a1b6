package devml.equation;

import java.util.List;

/** An expression that yields a real number, in whatever number system evaluates it. */
public sealed interface Real extends Value {

    /** A number given in float64, such as {@code 1e-5}: exactly that float64 number. */
    record Constant(double value) implements Real {}

    record FromInt(Int value) implements Real {}

    /** An element of a tensor of real numbers. */
    record Read(View view, List<Int> subscripts) implements Real {
        public Read {
            subscripts = List.copyOf(subscripts);
        }
    }

    record Unary(Function function, Real operand) implements Real {}

    record Binary(Op op, Real left, Real right) implements Real {}

    /** A whole power by repeated multiplication; x^0 is 1 for every x. */
    record Power(Real base, int exponent) implements Real {}

    /** {@code yes} where the condition holds, else {@code no}; only that one is evaluated. */
    record Select(Cond condition, Real yes, Real no) implements Real {}

    /** All values of the body over a box, made one in row-major order. */
    record Reduce(Fold fold, Box box, Real body) implements Real {}

    enum Function {
        NEGATE,
        ABS,
        SIGN,
        FLOOR,
        SQRT,
        EXP,
        EXPM1,
        LOG,
        LOG1P,
        SIN,
        COS,
        TANH,
        ERF,
        SIGMOID,
        SOFTPLUS
    }

    /** The operations; a NaN operand makes MIN and MAX NaN. */
    enum Op {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        POWER,
        MIN,
        MAX
    }

    /**
     * What makes one value of many. Over no points SUM is 0, PRODUCT 1 and LOG_SUM_EXP minus infinity; MAX and MIN fail.
     */
    enum Fold {
        SUM,
        PRODUCT,
        MAX,
        MIN,
        LOG_SUM_EXP
    }
}
