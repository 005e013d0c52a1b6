package devml.equation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** An expression that yields a real number in the number system that evaluates it. */
public sealed interface Real extends Value {

    /** A number written in float64, such as {@code 1e-5}; it stands for exactly that float64 number. */
    record Constant(double value) implements Real {}

    /**
     * A constant that float64 cannot hold, such as {@code 1/3} or {@code sqrt(2/pi)}. It is kept to more digits than
     * any number system needs, so that each comes as near to it as it can.
     *
     * @param digits the number, with a relative error below 1e-98
     * @param nearest the float64 number nearest to it
     * @param rest the float64 number nearest to {@code digits - nearest}; 0 beyond the range of float64
     */
    record Precise(BigDecimal digits, double nearest, double rest) implements Real {
        /** The precision with which constants are computed. */
        public static final MathContext PRECISION = new MathContext(100);

        public static Precise of(BigDecimal digits) {
            double nearest = digits.doubleValue();
            double rest = Double.isFinite(nearest)
                    ? digits.subtract(new BigDecimal(nearest)).doubleValue()
                    : 0;
            return new Precise(digits, nearest, rest);
        }
    }

    record FromInt(Int value) implements Real {}

    /** An element of a tensor of real numbers. */
    record Read(View view, List<Int> subscripts) implements Real {
        public Read {
            subscripts = List.copyOf(subscripts);
        }
    }

    record Unary(Function function, Real operand) implements Real {}

    record Binary(Op op, Real left, Real right) implements Real {}

    /** An integer power, computed by repeated multiplication; x^0 is 1 for every x. */
    record Power(Real base, int exponent) implements Real {}

    /**
     * A value whose derivative is by convention that of {@code carrier}; only numbers with derivatives evaluate the
     * carrier.
     */
    record Detached(Real value, Real carrier) implements Real {}

    /** {@code yes} where the condition holds, otherwise {@code no}; only the chosen branch is evaluated. */
    record Select(Cond condition, Real yes, Real no) implements Real {}

    /** Combines the values of the body over all points of a box, in row-major order. */
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

    /** The operations on two numbers; a NaN operand makes MIN and MAX NaN. FLOOR_DIVIDE is {@link FloorDivision}. */
    enum Op {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        FLOOR_DIVIDE,
        POWER,
        MIN,
        MAX
    }

    /**
     * The ways to combine many values into one. Over no points SUM is 0, PRODUCT is 1 and LOG_SUM_EXP is minus
     * infinity; MAX and MIN fail.
     */
    enum Fold {
        SUM,
        PRODUCT,
        MAX,
        MIN,
        LOG_SUM_EXP
    }
}
