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
 * Whether the place of a greatest or least value is surely the right one: no other value may win, or all that may are
 * exact, so that their order is.
 */
final class Winners {
    private Winners() {}

    /** Equations that make the errors of the target 0 where the place is right, else 1. */
    static List<Assignment> of(
            Assignment equation, Int.ArgReduce reduction, Real error, Errors errors, Precision precision) {
        Box box = reduction.box();
        Real value = reduction.greatest() ? reduction.body() : new Real.Unary(Real.Function.NEGATE, reduction.body());
        // Twice the error, and room for the rounding of the sums below.
        Real margin = select(isExact(error), ZERO, scale(2, add(error, scale(2 * precision.unit(), abs(value)))));
        View least = errors.temporary(equation.target());
        Real best = new Real.Read(least, equation.subscripts());
        Cond mayWin = Cond.not(Terms.less(add(value, margin), best)); // what is NaN may win
        // Those that are exact count little: even beside one that is not they make more than 1, and alone less, unless
        // there
        // are more than a million.
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
