package devml.fast;

import devml.equation.Cond;
import devml.equation.Real;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds the parts of an expression that stand in it more than once and are worth being kept: strips then work them out
 * once. What stands within reductions is theirs.
 */
final class Repeated {
    /** To keep a value costs about as much as two operations, each time that it is used. */
    private static final int LEAST_OPERATIONS = 3;

    private final Predicate<Real> varies;
    private final Predicate<Cond> choosesByLane;

    /** How often each part stands in other parts that differ; those that a part is made of stand before it. */
    private final Map<Real, Integer> counts = new LinkedHashMap<>();

    private Repeated(Predicate<Real> varies, Predicate<Cond> choosesByLane) {
        this.varies = varies;
        this.choosesByLane = choosesByLane;
    }

    /**
     * The parts to be kept, those that a part is made of before it.
     *
     * @param varies whether a part differs from lane to lane; what is in it is looked at only then
     * @param choosesByLane whether a condition does
     * @param mayFail whether to work a part out could be an error where its value is not asked for
     */
    static List<Real> of(
            Real expression, Predicate<Real> varies, Predicate<Cond> choosesByLane, Predicate<Real> mayFail) {
        Repeated repeated = new Repeated(varies, choosesByLane);
        repeated.count(expression);
        List<Real> kept = new ArrayList<>();
        repeated.counts.forEach((part, count) -> {
            if (count > 1 && operations(part) >= LEAST_OPERATIONS && !mayFail.test(part)) {
                kept.add(part);
            }
        });
        return kept;
    }

    private void count(Real e) {
        Integer before = counts.get(e);
        if (before == null && varies.test(e)) {
            switch (e) {
                case Real.Constant _, Real.Precise _, Real.FromInt _, Real.Read _, Real.Reduce _ -> {}
                case Real.Unary(var _, Real operand) -> count(operand);
                case Real.Power(Real base, int _) -> count(base);
                case Real.Detached(Real value, Real _) -> count(value);
                case Real.Binary(var _, Real left, Real right) -> {
                    count(left);
                    count(right);
                }
                case Real.Select(Cond condition, Real yes, Real no) -> {
                    if (choosesByLane.test(condition)) {
                        count(condition);
                        count(yes);
                        count(no);
                    }
                }
            }
        }
        counts.merge(e, 1, Integer::sum);
    }

    private void count(Cond c) {
        Conditions.forEachComparison(c, comparison -> {
            if (comparison instanceof Cond.CompareReals(var _, Real left, Real right)
                    && choosesByLane.test(comparison)) {
                count(left);
                count(right);
            }
        });
    }

    /** How many operations an expression takes, or enough of them; a reduction is many. */
    private static int operations(Real e) {
        return switch (e) {
            case Real.Constant _, Real.Precise _, Real.FromInt _, Real.Read _ -> 0;
            case Real.Reduce _ -> LEAST_OPERATIONS;
            case Real.Unary(var _, Real operand) -> 1 + operations(operand);
            case Real.Power(Real base, int exponent) -> Math.abs(exponent) + operations(base);
            case Real.Detached(Real value, Real _) -> operations(value);
            case Real.Binary(var _, Real left, Real right) -> 1 + operations(left) + operations(right);
            case Real.Select(var _, Real yes, Real no) -> 2 + operations(yes) + operations(no);
        };
    }
}
