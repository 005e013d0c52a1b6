package devml.equation;

import java.util.List;
import java.util.function.Consumer;

/** What an expression is made of. */
public final class Uses {
    private Uses() {}

    /** Whether a tensor's element decides the value, so that it is known only when it runs. */
    public static boolean readsData(Int e) {
        return switch (e) {
            case Int.Constant _, Int.Index _ -> false;
            case Int.Binary(Int.Op _, Int left, Int right) -> readsData(left) || readsData(right);
            case Int.Select(Cond condition, Int yes, Int no) ->
                readsData(condition) || readsData(yes) || readsData(no);
            case Int.Count(Box box) -> readsData(box.guard());
            case Int.Reduce(Real.Fold _, Box box, Int body) -> readsData(box.guard()) || readsData(body);
            case Int.Read _, Int.ArgReduce _ -> true;
        };
    }

    /** As {@link #readsData(Int)}. */
    public static boolean readsData(Cond condition) {
        return switch (condition) {
            case Cond.Constant _ -> false;
            case Cond.And(Cond left, Cond right) -> readsData(left) || readsData(right);
            case Cond.Or(Cond left, Cond right) -> readsData(left) || readsData(right);
            case Cond.Not(Cond operand) -> readsData(operand);
            case Cond.CompareInts(Cond.Relation _, Int left, Int right) -> readsData(left) || readsData(right);
            case Cond.CompareReals _ -> true;
        };
    }

    /** Hands every index in the expression to {@code seen}, those that its own reductions bind included. */
    public static void indices(Value value, Consumer<Integer> seen) {
        switch (value) {
            case Int.Constant _, Real.Constant _ -> {}
            case Int.Index(int slot) -> seen.accept(slot);
            case Int.Binary(Int.Op _, Int left, Int right) -> indices(left, right, seen);
            case Int.Select(Cond condition, Int yes, Int no) -> {
                indices(condition, seen);
                indices(yes, no, seen);
            }
            case Int.Read(View _, List<Int> subscripts) -> subscripts.forEach(s -> indices(s, seen));
            case Int.Count(Box box) -> indices(box.guard(), seen);
            case Int.ArgReduce(boolean _, Box box, Real body) -> {
                indices(box.guard(), seen);
                indices(body, seen);
            }
            case Int.Reduce(Real.Fold _, Box box, Int body) -> {
                indices(box.guard(), seen);
                indices(body, seen);
            }
            case Real.FromInt(Int inner) -> indices(inner, seen);
            case Real.Read(View _, List<Int> subscripts) -> subscripts.forEach(s -> indices(s, seen));
            case Real.Unary(Real.Function _, Real operand) -> indices(operand, seen);
            case Real.Binary(Real.Op _, Real left, Real right) -> indices(left, right, seen);
            case Real.Power(Real base, int _) -> indices(base, seen);
            case Real.Select(Cond condition, Real yes, Real no) -> {
                indices(condition, seen);
                indices(yes, no, seen);
            }
            case Real.Reduce(Real.Fold _, Box box, Real body) -> {
                indices(box.guard(), seen);
                indices(body, seen);
            }
        }
    }

    private static void indices(Value left, Value right, Consumer<Integer> seen) {
        indices(left, seen);
        indices(right, seen);
    }

    private static void indices(Cond condition, Consumer<Integer> seen) {
        switch (condition) {
            case Cond.Constant _ -> {}
            case Cond.And(Cond left, Cond right) -> {
                indices(left, seen);
                indices(right, seen);
            }
            case Cond.Or(Cond left, Cond right) -> {
                indices(left, seen);
                indices(right, seen);
            }
            case Cond.Not(Cond operand) -> indices(operand, seen);
            case Cond.CompareInts(Cond.Relation _, Int left, Int right) -> indices(left, right, seen);
            case Cond.CompareReals(Cond.Relation _, Real left, Real right) -> indices(left, right, seen);
        }
    }
}
