package devml.layer;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.layer.Scope.Part;
import devml.notation.BinaryOp;
import devml.notation.Expr;
import devml.notation.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lowers reductions: over indices to one that runs over their box, over the members of a family to what is written out. */
final class Reductions {
    private final Lowering lowering;

    Reductions(Lowering lowering) {
        this.lowering = lowering;
    }

    Value lower(Expr.Reduce e, Part part) {
        Optional<Integer> members = e.indices().size() == 1
                ? lowering.scope().family(e.indices().getFirst().name())
                : Optional.empty();
        if (members.isPresent()) {
            return unroll(e, e.indices().getFirst().name(), members.get(), part);
        }
        if (e.reduction() == Reduction.ROW) {
            throw Fault.at(e.place(), "a row is no number; item(row, i) takes one out of it");
        }
        List<Integer> slots = new ArrayList<>();
        List<Integer> extents = new ArrayList<>();
        List<Expr.Name> named = lowering.blocks().indices(e.indices());
        for (Expr.Name index : named) {
            String text = lowering.scope().memberName(index.name());
            int extent = lowering.sizes()
                    .product(Scope.sizeOf(text))
                    .orElseThrow(() -> Fault.at(
                            index.place(),
                            "'" + index.name() + "' is the index of no size here"
                                    + lowering.sizes().describe()));
            slots.add(lowering.indices().bind(text, extent, index.place()));
            extents.add(extent);
        }
        Indices.Frame frame = lowering.indices().open(slots);
        Cond guard = e.guard().isPresent() ? lowering.condition(e.guard().get()) : Cond.TRUE;
        Value result = lowering.given(guard, () -> finish(e, part, slots, extents, frame, guard));
        lowering.indices()
                .close(named.stream()
                        .map(i -> lowering.scope().memberName(i.name()))
                        .toList());
        return result;
    }

    private Value finish(
            Expr.Reduce e, Part part, List<Integer> slots, List<Integer> extents, Indices.Frame frame, Cond guard) {
        if (e.reduction() == Reduction.COUNT) {
            Cond body = lowering.truth(e.body(), part);
            return new Int.Count(new Box(slots, extents, Cond.and(frame.edges(), Cond.and(guard, body))));
        }
        Value body = lowering.number(e.body(), part);
        Box box = new Box(slots, extents, Cond.and(frame.edges(), guard));
        return switch (e.reduction()) {
            case SUM -> fold(Real.Fold.SUM, box, body);
            case PROD -> fold(Real.Fold.PRODUCT, box, body);
            case MAX -> fold(Real.Fold.MAX, box, body);
            case MIN -> fold(Real.Fold.MIN, box, body);
            case LOGSUMEXP -> new Real.Reduce(Real.Fold.LOG_SUM_EXP, box, Reals.of(body));
            case ARGMAX -> new Int.ArgReduce(true, box, Reals.of(body));
            case ARGMIN -> new Int.ArgReduce(false, box, Reals.of(body));
            case MEAN ->
                new Real.Binary(
                        Real.Op.DIVIDE,
                        new Real.Reduce(Real.Fold.SUM, box, Reals.of(body)),
                        new Real.FromInt(new Int.Count(box)));
            case COUNT, ROW -> throw new IllegalStateException("counted or refused before");
        };
    }

    private static Value fold(Real.Fold fold, Box box, Value body) {
        return switch (body) {
            case Int i -> new Int.Reduce(fold, box, i);
            case Real r -> new Real.Reduce(fold, box, r);
        };
    }

    /** A reduction over the members of a family is written out, member by member. */
    private Value unroll(Expr.Reduce e, String index, int members, Part part) {
        BinaryOp op = switch (e.reduction()) {
            case SUM -> BinaryOp.ADD;
            case PROD -> BinaryOp.MULTIPLY;
            case MAX, MIN, MEAN, ARGMAX, ARGMIN, COUNT, LOGSUMEXP, ROW ->
                throw Fault.at(e.place(), "over the members of a family only sum and prod are possible");
        };
        Value result = Ints.constant(op == BinaryOp.ADD ? 0 : 1);
        for (int member = 0; member < members; member++) {
            Value before = result;
            result = lowering.scope().withMember(index, member, () -> {
                boolean takesPart = e.guard().isEmpty()
                        || lowering.condition(e.guard().get()).equals(Cond.TRUE);
                return takesPart ? combine(op, before, lowering.number(e.body(), part)) : before;
            });
        }
        return result;
    }

    private static Value combine(BinaryOp op, Value left, Value right) {
        if (left instanceof Int a && right instanceof Int b) {
            return op == BinaryOp.ADD ? Ints.add(a, b) : Ints.multiply(a, b);
        }
        return Reals.apply(op, Reals.of(left), Reals.of(right));
    }
}
