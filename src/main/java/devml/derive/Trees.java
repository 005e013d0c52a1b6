package devml.derive;

import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Expr.Access;
import devml.notation.Expr.Binary;
import devml.notation.Expr.Call;
import devml.notation.Expr.Compare;
import devml.notation.Expr.OrElse;
import devml.notation.Expr.Reduce;
import devml.notation.Expr.Tuple;
import devml.notation.Expr.Unary;
import devml.notation.Expr.Whole;
import devml.notation.Relation;
import devml.notation.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Taking syntax trees apart and putting new ones together. What is new stands where its first part stood. */
final class Trees {
    private Trees() {}

    /** The same node with other children. The indices of a reduction are no children. */
    static Expr map(Expr e, UnaryOperator<Expr> f) {
        return switch (e) {
            case Whole _, Expr.Decimal _, Expr.Word _, Expr.Name _ -> e;
            case Access access -> map(access, f);
            case OrElse orElse -> new OrElse((Access) f.apply(orElse.access()), f.apply(orElse.otherwise()), e.span());
            case Unary unary -> new Unary(unary.op(), f.apply(unary.operand()), e.span());
            case Binary binary -> new Binary(binary.op(), f.apply(binary.left()), f.apply(binary.right()), e.span());
            case Compare compare -> new Compare(map(compare.operands(), f), compare.relations(), e.span());
            case Call call -> new Call(call.function(), map(call.arguments(), f), e.span());
            case Reduce reduce ->
                new Reduce(
                        reduce.reduction(), reduce.indices(), reduce.guard().map(f), f.apply(reduce.body()), e.span());
            case Tuple tuple -> new Tuple(map(tuple.items(), f), e.span());
        };
    }

    static Access map(Access access, UnaryOperator<Expr> f) {
        return new Access(access.tensor(), map(access.subscripts(), f), access.span());
    }

    private static List<Expr> map(List<Expr> items, UnaryOperator<Expr> f) {
        return items.stream().map(f).toList();
    }

    static List<Expr> children(Expr e) {
        List<Expr> children = new ArrayList<>();
        map(e, child -> {
            children.add(child);
            return child;
        });
        return children;
    }

    /** The same value without a word about derivatives: {@code e} for {@code stop(e)}. */
    static Expr value(Expr e) {
        if (e instanceof Call(String function, List<Expr> arguments, var _)
                && (function.equals("stop") || function.equals("straight"))) {
            return value(arguments.getLast());
        }
        return map(e, Trees::value);
    }

    /** Whether one expression stands somewhere in another. */
    static boolean contains(Expr whole, Expr part) {
        return whole.equals(part) || children(whole).stream().anyMatch(child -> contains(child, part));
    }

    /** How many nodes a tree has. */
    static int size(Expr e) {
        return 1 + children(e).stream().mapToInt(Trees::size).sum();
    }

    static Expr whole(long value, Expr at) {
        return new Whole(value, at.span());
    }

    static Expr binary(BinaryOp op, Expr left, Expr right) {
        return new Binary(op, left, right, left.span());
    }

    static Expr negate(Expr operand) {
        return new Unary(UnaryOp.NEGATE, operand, operand.span());
    }

    static Expr not(Expr operand) {
        return new Unary(UnaryOp.NOT, operand, operand.span());
    }

    static Expr call(String function, Expr... arguments) {
        return new Call(function, List.of(arguments), arguments[0].span());
    }

    static Expr compare(Expr left, Relation relation, Expr right) {
        return new Compare(List.of(left, right), List.of(relation), left.span());
    }

    /** {@code 0 <= e < size}. */
    static Expr inside(Expr e, Expr size) {
        return new Compare(List.of(whole(0, e), e, size), List.of(Relation.LESS_EQUAL, Relation.LESS), e.span());
    }
}
