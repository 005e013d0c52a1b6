package devml.equation;

import java.util.List;
import java.util.function.Consumer;

/** Visits the indices, tensors and sub-expressions of an expression. */
public final class Uses {
    private Uses() {}

    /** Whether the value depends on the elements of a tensor, so that it is known only when the equation runs. */
    public static boolean readsData(Int e) {
        return switch (e) {
            case Int.Constant _, Int.Index _ -> false;
            case Int.Binary(Int.Op _, Int left, Int right) -> readsData(left) || readsData(right);
            case Int.Select(Cond condition, Int yes, Int no) -> readsData(condition) || readsData(yes) || readsData(no);
            case Int.Count(Box box) -> readsData(box.guard());
            case Int.Reduce(Real.Fold _, Box box, Int body) -> readsData(box.guard()) || readsData(body);
            case Int.Read _, Int.ArgReduce _ -> true;
        };
    }

    /** Whether the result depends on the elements of a tensor; see {@link #readsData(Int)}. */
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

    /** Passes every index in the expression to {@code seen}, including those that its own reductions bind. */
    public static void indices(Value value, Consumer<Integer> seen) {
        walk(value, part -> {
            if (part instanceof Int.Index(int slot)) {
                seen.accept(slot);
            }
        });
    }

    /** Passes every index in the condition to {@code seen}, including those that reductions bind. */
    public static void indices(Cond condition, Consumer<Integer> seen) {
        walk(condition, part -> {
            if (part instanceof Int.Index(int slot)) {
                seen.accept(slot);
            }
        });
    }

    /** Passes every tensor that an equation reads to {@code seen}, once for each access. */
    public static void tensors(Assignment equation, Consumer<View> seen) {
        Consumer<Value> reads = part -> {
            if (part instanceof Int.Read(View view, var _)) {
                seen.accept(view);
            } else if (part instanceof Real.Read(View view, var _)) {
                seen.accept(view);
            }
        };
        values(equation, reads);
    }

    /** Passes every value that an equation computes to {@code seen}: in its subscripts, its guard and its value. */
    public static void values(Assignment equation, Consumer<Value> seen) {
        equation.subscripts().forEach(s -> walk(s, seen));
        walk(equation.box().guard(), seen);
        walk(equation.value(), seen);
    }

    /** Passes an expression and all its parts to {@code seen}, outermost first. */
    public static void walk(Value value, Consumer<Value> seen) {
        seen.accept(value);
        switch (value) {
            case Int.Constant _, Real.Constant _, Real.Precise _, Int.Index _ -> {}
            case Int.Binary(Int.Op _, Int left, Int right) -> walk(left, right, seen);
            case Int.Select(Cond condition, Int yes, Int no) -> {
                walk(condition, seen);
                walk(yes, no, seen);
            }
            case Int.Read(View _, List<Int> subscripts) -> subscripts.forEach(s -> walk(s, seen));
            case Int.Count(Box box) -> walk(box.guard(), seen);
            case Int.ArgReduce(boolean _, Box box, Real body) -> {
                walk(box.guard(), seen);
                walk(body, seen);
            }
            case Int.Reduce(Real.Fold _, Box box, Int body) -> {
                walk(box.guard(), seen);
                walk(body, seen);
            }
            case Real.FromInt(Int inner) -> walk(inner, seen);
            case Real.Read(View _, List<Int> subscripts) -> subscripts.forEach(s -> walk(s, seen));
            case Real.Unary(Real.Function _, Real operand) -> walk(operand, seen);
            case Real.Binary(Real.Op _, Real left, Real right) -> walk(left, right, seen);
            case Real.Power(Real base, int _) -> walk(base, seen);
            case Real.Detached(Real inner, Real carrier) -> walk(inner, carrier, seen);
            case Real.Select(Cond condition, Real yes, Real no) -> {
                walk(condition, seen);
                walk(yes, no, seen);
            }
            case Real.Reduce(Real.Fold _, Box box, Real body) -> {
                walk(box.guard(), seen);
                walk(body, seen);
            }
        }
    }

    private static void walk(Value left, Value right, Consumer<Value> seen) {
        walk(left, seen);
        walk(right, seen);
    }

    /** Passes all values that a condition compares, and their parts, to {@code seen}. */
    public static void walk(Cond condition, Consumer<Value> seen) {
        switch (condition) {
            case Cond.Constant _ -> {}
            case Cond.And(Cond left, Cond right) -> {
                walk(left, seen);
                walk(right, seen);
            }
            case Cond.Or(Cond left, Cond right) -> {
                walk(left, seen);
                walk(right, seen);
            }
            case Cond.Not(Cond operand) -> walk(operand, seen);
            case Cond.CompareInts(Cond.Relation _, Int left, Int right) -> walk(left, right, seen);
            case Cond.CompareReals(Cond.Relation _, Real left, Real right) -> walk(left, right, seen);
        }
    }
}
