package devml.equation;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Replaces indices, accesses and boxes in an expression, and simplifies: if the condition of a choice becomes constant,
 * only the chosen branch remains. {@link Loop#at} fixes the step of a loop with it, and the fast evaluator rewrites
 * accesses.
 *
 * @param index replaces an index; it may return the index itself
 * @param access replaces an access whose subscripts have been replaced already
 * @param box replaces a box whose guard has been replaced already
 */
public record Substitution(UnaryOperator<Int> index, UnaryOperator<Access> access, UnaryOperator<Box> box) {

    /** An element of a tensor. */
    public record Access(View view, List<Int> subscripts) {}

    /** Replaces indices alone. */
    public static Substitution of(UnaryOperator<Int> index) {
        return new Substitution(index, UnaryOperator.identity(), UnaryOperator.identity());
    }

    public Int apply(Int e) {
        return switch (e) {
            case Int.Constant _ -> e;
            case Int.Index _ -> index.apply(e);
            case Int.Binary(Int.Op op, Int left, Int right) -> Ints.apply(op, apply(left), apply(right));
            case Int.Select(Cond condition, Int yes, Int no) -> {
                Cond replaced = apply(condition);
                yield replaced instanceof Cond.Constant(boolean holds)
                        ? apply(holds ? yes : no)
                        : new Int.Select(replaced, apply(yes), apply(no));
            }
            case Int.Read(View view, List<Int> subscripts) -> {
                Access replaced = apply(view, subscripts);
                yield new Int.Read(replaced.view(), replaced.subscripts());
            }
            case Int.Count(Box box) -> new Int.Count(apply(box));
            case Int.ArgReduce(boolean greatest, Box box, Real body) ->
                new Int.ArgReduce(greatest, apply(box), apply(body));
            case Int.Reduce(Real.Fold fold, Box box, Int body) -> new Int.Reduce(fold, apply(box), apply(body));
        };
    }

    public Real apply(Real e) {
        return switch (e) {
            case Real.Constant _, Real.Precise _ -> e;
            case Real.FromInt(Int value) -> new Real.FromInt(apply(value));
            case Real.Read(View view, List<Int> subscripts) -> {
                Access replaced = apply(view, subscripts);
                yield new Real.Read(replaced.view(), replaced.subscripts());
            }
            case Real.Unary(Real.Function function, Real operand) -> new Real.Unary(function, apply(operand));
            case Real.Binary(Real.Op op, Real left, Real right) -> new Real.Binary(op, apply(left), apply(right));
            case Real.Power(Real base, int exponent) -> new Real.Power(apply(base), exponent);
            case Real.Detached(Real value, Real carrier) -> new Real.Detached(apply(value), apply(carrier));
            case Real.Select(Cond condition, Real yes, Real no) -> {
                Cond replaced = apply(condition);
                yield replaced instanceof Cond.Constant(boolean holds)
                        ? apply(holds ? yes : no)
                        : new Real.Select(replaced, apply(yes), apply(no));
            }
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> new Real.Reduce(fold, apply(box), apply(body));
        };
    }

    public Cond apply(Cond c) {
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

    public Value apply(Value value) {
        return switch (value) {
            case Int integer -> apply(integer);
            case Real real -> apply(real);
        };
    }

    public Box apply(Box original) {
        return box.apply(new Box(original.slots(), original.extents(), apply(original.guard())));
    }

    public Access apply(View view, List<Int> subscripts) {
        return access.apply(
                new Access(view, subscripts.stream().map(this::apply).toList()));
    }
}
