package devml.fast;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Replaces indices in an expression.
 *
 * @param replace what stands for an index, which may be itself
 */
record Substitution(UnaryOperator<Int> replace) {

    Int apply(Int e) {
        return switch (e) {
            case Int.Constant _ -> e;
            case Int.Index _ -> replace.apply(e);
            case Int.Binary(Int.Op op, Int left, Int right) -> Ints.apply(op, apply(left), apply(right));
            case Int.Select(Cond condition, Int yes, Int no) -> new Int.Select(apply(condition), apply(yes), apply(no));
            case Int.Read(var view, List<Int> subscripts) -> new Int.Read(view, all(subscripts));
            case Int.Count(Box box) -> new Int.Count(apply(box));
            case Int.ArgReduce(boolean greatest, Box box, Real body) ->
                new Int.ArgReduce(greatest, apply(box), apply(body));
            case Int.Reduce(Real.Fold fold, Box box, Int body) -> new Int.Reduce(fold, apply(box), apply(body));
        };
    }

    Real apply(Real e) {
        return switch (e) {
            case Real.Constant _ -> e;
            case Real.FromInt(Int value) -> new Real.FromInt(apply(value));
            case Real.Read(var view, List<Int> subscripts) -> new Real.Read(view, all(subscripts));
            case Real.Unary(Real.Function function, Real operand) -> new Real.Unary(function, apply(operand));
            case Real.Binary(Real.Op op, Real left, Real right) -> new Real.Binary(op, apply(left), apply(right));
            case Real.Power(Real base, int exponent) -> new Real.Power(apply(base), exponent);
            case Real.Select(Cond condition, Real yes, Real no) ->
                new Real.Select(apply(condition), apply(yes), apply(no));
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> new Real.Reduce(fold, apply(box), apply(body));
        };
    }

    Cond apply(Cond c) {
        return switch (c) {
            case Cond.Constant _ -> c;
            case Cond.And(Cond left, Cond right) -> Cond.and(apply(left), apply(right));
            case Cond.Or(Cond left, Cond right) -> Cond.or(apply(left), apply(right));
            case Cond.Not(Cond operand) -> Cond.not(apply(operand));
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) ->
                Ints.compare(relation, apply(left), apply(right));
            case Cond.CompareReals(Cond.Relation relation, Real left, Real right) ->
                new Cond.CompareReals(relation, apply(left), apply(right));
        };
    }

    private Box apply(Box box) {
        return new Box(box.slots(), box.extents(), apply(box.guard()));
    }

    private List<Int> all(List<Int> subscripts) {
        return subscripts.stream().map(this::apply).toList();
    }
}
