package devml.rounding;

import static devml.rounding.Terms.ZERO;
import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.constant;
import static devml.rounding.Terms.isExact;
import static devml.rounding.Terms.scale;
import static devml.rounding.Terms.select;
import static devml.rounding.Terms.subtract;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.View;
import java.util.List;

/**
 * Decides whether the position of a greatest or least value is certainly right: either no other value may win, or all
 * values that may win are exact, so that their order is certain.
 */
final class Winners {
    private Winners() {}

    /**
     * Returns equations that set the errors of the target to 0 where the position is certainly right, and to 1
     * elsewhere.
     */
    static List<Assignment> of(
            Assignment equation, Int.ArgReduce reduction, Real error, Errors errors, Precision precision) {
        Box box = reduction.box();
        Real value = reduction.greatest() ? reduction.body() : new Real.Unary(Real.Function.NEGATE, reduction.body());
        // Twice the error, with room for the rounding of the sums below.
        Real margin = select(isExact(error), ZERO, scale(2, add(error, scale(2 * precision.unit(), abs(value)))));
        View least = errors.temporary(equation.target());
        Real best = new Real.Read(least, equation.subscripts());
        Cond mayWin = Cond.not(Terms.less(add(value, margin), best)); // written with not, because a NaN may win
        // Exact candidates count little: together with one that is not exact they make more than 1, and alone less than
        // 1, unless there are more than a million.
        Real candidates = Terms.sum(box, select(mayWin, select(isExact(error), constant(0x1p-20), constant(1)), ZERO));
        Cond sure = new Cond.CompareReals(Cond.Relation.LESS_EQUAL, candidates, constant(1));
        return List.of(
                assignment(equation, least, new Real.Reduce(Real.Fold.MAX, box, subtract(value, margin))),
                assignment(equation, errors.make(equation.target()), select(sure, ZERO, constant(1))));
    }

    private static Assignment assignment(Assignment equation, View target, Real value) {
        return new Assignment(
                target, equation.subscripts(), false, equation.box(), value, equation.slots(), equation.place());
    }
}
