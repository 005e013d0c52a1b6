package devml.rounding;

import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.isZero;
import static devml.rounding.Terms.scale;

import devml.equation.Affine;
import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Loop;
import devml.equation.Real;
import devml.equation.Statement;
import devml.equation.Uses;
import devml.equation.Value;
import devml.equation.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows each statement of a program with companions: equations that compute the errors of what the statement
 * computes. This class chooses the form of the companions; {@link Products}, {@link Winners} and {@link RealError}
 * write them.
 */
final class Companions {
    private final Errors errors;
    private final Precision precision;

    /** For each tensor, an upper bound of the number of terms that are added to one of its elements. */
    private final Map<Integer, Double> terms = new HashMap<>();

    Companions(Errors errors, Precision precision) {
        this.errors = errors;
        this.precision = precision;
    }

    /** Returns the statements, each followed by its companions. */
    List<Statement> of(List<Statement> statements) {
        for (Statement statement : statements) {
            double times = statement instanceof Loop loop ? loop.extent() : 1;
            for (Assignment equation : statement.assignments()) {
                if (equation.accumulates()) {
                    terms.merge(equation.target().tensor(), times * terms(equation), Double::sum);
                }
            }
        }
        List<Statement> all = new ArrayList<>();
        for (Statement statement : statements) {
            switch (statement) {
                case Assignment equation -> {
                    all.add(equation);
                    all.addAll(of(equation, true));
                }
                case Loop loop -> all.add(of(loop));
            }
        }
        return all;
    }

    /** A step of a loop reads what earlier steps wrote, so each tensor has its tensor of errors from the start. */
    private Loop of(Loop loop) {
        loop.body().forEach(equation -> errors.make(equation.target()));
        List<Assignment> body = new ArrayList<>();
        for (Assignment equation : loop.body()) {
            body.add(equation);
            body.addAll(of(equation, false));
        }
        return new Loop(loop.slot(), loop.extent(), loop.down(), body);
    }

    /**
     * An upper bound of the number of points of the box that meet in one element: of each subscript, one index is
     * determined by the others.
     */
    private static double terms(Assignment equation) {
        Set<Integer> fixed = new HashSet<>();
        Box box = equation.box();
        for (Int subscript : equation.subscripts()) {
            Affine.of(subscript).weights().keySet().stream()
                    .filter(Int.Index.class::isInstance)
                    .map(atom -> ((Int.Index) atom).slot())
                    .filter(slot -> box.slots().contains(slot) && !fixed.contains(slot))
                    .max((a, b) -> Integer.compare(extent(box, a), extent(box, b)))
                    .ifPresent(fixed::add);
        }
        double count = 1;
        for (int i = 0; i < box.slots().size(); i++) {
            count *= fixed.contains(box.slots().get(i)) ? 1 : box.extents().get(i);
        }
        return count;
    }

    private static int extent(Box box, int slot) {
        return box.extents().get(box.slots().indexOf(slot));
    }

    /**
     * Returns the equations for the errors of an equation; none if its result is exact.
     *
     * @param mayPrepare whether other equations may be put before, which is not possible inside a loop
     */
    private List<Assignment> of(Assignment equation, boolean mayPrepare) {
        Map<Integer, Integer> extents = extents(equation);
        RealError reals = new RealError(errors, precision, slot -> extents.getOrDefault(slot, Integer.MAX_VALUE));
        Real ofTarget = reals.integers().of(equation.subscripts());
        boolean plain =
                isZero(ofTarget) && reals.decisions().isExactly(equation.box().guard());
        if (equation.value() instanceof Real value) {
            if (mayPrepare && plain) {
                List<Assignment> contraction = new Products(errors, precision, reals)
                        .of(
                                equation,
                                value,
                                terms.getOrDefault(equation.target().tensor(), 1.0));
                if (!contraction.isEmpty()) {
                    return contraction;
                }
            }
            return real(equation, value, reals, ofTarget, plain);
        }
        if (mayPrepare && plain && equation.value() instanceof Int.ArgReduce reduction) {
            Real error = reals.of(reduction.body());
            return isZero(error) ? List.of() : Winners.of(equation, reduction, error, errors, precision);
        }
        Real error = reals.integers().of((Int) equation.value());
        return own(equation, isZero(ofTarget) ? error : Terms.UNKNOWN, equation.box());
    }

    private List<Assignment> real(Assignment equation, Real value, RealError reals, Real ofTarget, boolean plain) {
        double count = terms.getOrDefault(equation.target().tensor(), 1.0);
        Real result = new Real.Read(equation.target(), equation.subscripts());
        Real error = equation.accumulates()
                ? add(reals.of(value), scale(precision.gamma(count - 1), abs(value)))
                : reals.of(value, result);
        Box box = equation.box();
        if (!plain) {
            if (isZero(ofTarget) && equation.accumulates()) {
                error = reals.possibly(box.guard(), error, value);
                box = reals.possibly(box);
            } else {
                Cond sure = Cond.and(Terms.isExact(ofTarget), reals.decisions().certain(box.guard()));
                error = Terms.select(sure, error, Terms.UNKNOWN);
            }
        }
        return own(equation, scale(precision.above(Terms.roundings(error) + count), error), box);
    }

    /** Returns the equation that computes the errors of a whole equation, element by element. */
    private List<Assignment> own(Assignment equation, Real error, Box box) {
        if (isZero(error)) {
            return List.of();
        }
        View target = errors.make(equation.target());
        return List.of(new Assignment(
                target, equation.subscripts(), equation.accumulates(), box, error, equation.slots(), equation.place()));
    }

    /** The extent of every index, including those of reductions. */
    private static Map<Integer, Integer> extents(Assignment equation) {
        Map<Integer, Integer> extents = new HashMap<>();
        put(equation.box(), extents);
        Uses.walk(equation.value(), part -> put(part, extents));
        return extents;
    }

    private static void put(Value part, Map<Integer, Integer> extents) {
        switch (part) {
            case Real.Reduce(var _, Box box, var _) -> put(box, extents);
            case Int.Reduce(var _, Box box, var _) -> put(box, extents);
            case Int.ArgReduce(var _, Box box, var _) -> put(box, extents);
            case Int.Count(Box box) -> put(box, extents);
            default -> {}
        }
    }

    private static void put(Box box, Map<Integer, Integer> extents) {
        for (int i = 0; i < box.slots().size(); i++) {
            extents.merge(box.slots().get(i), box.extents().get(i), Math::max);
        }
    }
}
