package devml.equation;

import devml.equation.Real.Fold;

/**
 * Counts the operations on real numbers that an equation takes, for summaries, timings and the choice of layouts. Each
 * {@code + - * /}, comparison, minimum, maximum and function counts as one, at every point of the box. A sum over k
 * points counts as k additions, as is usual for products of matrices (2NKO for a linear layer). Integers are free,
 * since they are addresses.
 *
 * @param operations the number of operations
 * @param exact whether the number is exact; otherwise it is an upper bound, because guards drop points or the more
 *     expensive branch of a choice was counted
 */
public record Cost(long operations, boolean exact) {
    public static final Cost NONE = new Cost(0, true);

    private static final Cost ONE = new Cost(1, true);

    /**
     * The cost of an equation, or of all steps of a loop.
     *
     * @throws ArithmeticException if it does not fit into 64 bits
     */
    public static Cost of(Statement statement) {
        return switch (statement) {
            case Assignment equation -> of(equation);
            case Loop loop ->
                loop.body().stream().map(Cost::of).reduce(NONE, Cost::plus).times(loop.extent());
        };
    }

    private Cost times(int factor) {
        return new Cost(Math.multiplyExact(operations, (long) factor), exact);
    }

    /**
     * The cost of an equation over its whole box.
     *
     * @throws ArithmeticException if it does not fit into 64 bits
     */
    public static Cost of(Assignment equation) {
        Cost point = of(equation.value());
        for (Int subscript : equation.subscripts()) {
            point = point.plus(of(subscript));
        }
        return over(
                equation.box(), equation.accumulates() && equation.value() instanceof Real ? point.plus(ONE) : point);
    }

    public Cost plus(Cost other) {
        return new Cost(Math.addExact(operations, other.operations), exact && other.exact);
    }

    private static Cost of(Value value) {
        return switch (value) {
            case Int.Constant _, Int.Index _, Real.Constant _, Real.Precise _ -> NONE;
            case Int.Binary(Int.Op _, Int left, Int right) -> of(left).plus(of(right));
            case Int.Select(Cond condition, Int yes, Int no) -> of(condition).plus(either(of(yes), of(no)));
            case Int.Read read -> of(read.subscripts());
            case Int.Count(Box box) -> over(box, NONE);
            case Int.ArgReduce(boolean _, Box box, Real body) -> over(box, of(body).plus(ONE));
            case Int.Reduce(Fold _, Box box, Int body) -> over(box, of(body));
            case Real.FromInt(Int whole) -> of(whole);
            case Real.Read read -> of(read.subscripts());
            case Real.Unary(Real.Function _, Real operand) -> of(operand).plus(ONE);
            case Real.Binary(Real.Op _, Real left, Real right) ->
                of(left).plus(of(right)).plus(ONE);
            case Real.Power(Real base, int exponent) -> of(base).plus(power(exponent));
            case Real.Detached(Real inner, Real _) -> of(inner);
            case Real.Select(Cond condition, Real yes, Real no) -> of(condition).plus(either(of(yes), of(no)));
            case Real.Reduce(Fold fold, Box box, Real body) -> reduction(fold, box, of(body));
        };
    }

    /** The log of a sum of exponentials compares, subtracts, exponentiates and adds at each point. */
    private static Cost reduction(Fold fold, Box box, Cost body) {
        return switch (fold) {
            case SUM, PRODUCT, MAX, MIN -> over(box, body.plus(ONE));
            case LOG_SUM_EXP -> over(box, body.plus(new Cost(4, true))).plus(new Cost(2, true));
        };
    }

    /** x^3 takes two multiplications, x^-3 one division more. */
    private static Cost power(int exponent) {
        return new Cost(Math.max(Math.abs(exponent) - 1, 0) + (exponent < 0 ? 1 : 0), true);
    }

    private static Cost of(Iterable<Int> subscripts) {
        Cost sum = NONE;
        for (Int subscript : subscripts) {
            sum = sum.plus(of(subscript));
        }
        return sum;
    }

    private static Cost of(Cond condition) {
        return switch (condition) {
            case Cond.Constant _ -> NONE;
            case Cond.And(Cond left, Cond right) -> of(left).plus(of(right));
            case Cond.Or(Cond left, Cond right) -> of(left).plus(of(right));
            case Cond.Not(Cond operand) -> of(operand);
            case Cond.CompareInts(Cond.Relation _, Int left, Int right) -> of(left).plus(of(right));
            case Cond.CompareReals(Cond.Relation _, Real left, Real right) ->
                of(left).plus(of(right)).plus(ONE);
        };
    }

    private static Cost either(Cost yes, Cost no) {
        return new Cost(
                Math.max(yes.operations, no.operations), yes.operations == no.operations && yes.exact && no.exact);
    }

    /** The guard is evaluated at every point, the rest only where it holds. */
    private static Cost over(Box box, Cost point) {
        Cost all = point.plus(of(box.guard()));
        boolean dropsNothing = point.operations == 0 || box.guard().equals(Cond.TRUE);
        return new Cost(Math.multiplyExact(box.size(), all.operations), all.exact && dropsNothing);
    }
}
