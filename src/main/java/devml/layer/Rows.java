package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.fault.Fault;
import devml.layer.Scope.Part;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.notation.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows of values that options and shapes determine, of any length: options, {@code (a, b)}, {@code row(i: e)}. */
final class Rows {
    private final Lowering lowering;

    Rows(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The items of a row of integers. */
    List<Long> integers(Expr e) {
        return of(e).stream()
                .map(term -> term instanceof Term.Numeric(Int.Constant(long value)) ? value : notWhole(e))
                .toList();
    }

    private static long notWhole(Expr e) {
        throw Fault.at(e.place(), Printer.print(e) + " is no row of integers that options and shapes determine");
    }

    /** The items of a row; a single value is a row of one. */
    List<Term> of(Expr e) {
        return switch (e) {
            case Expr.Tuple tuple -> tuple.items().stream().map(this::one).toList();
            case Expr.Reduce reduce when reduce.reduction() == Reduction.ROW -> row(reduce);
            case Expr.Call call
            when call.function().equals("where") && call.arguments().size() == 3 ->
                of(call.arguments().get(holds(call.arguments().getFirst()) ? 1 : 2));
            case Expr.Name name -> named(name);
            case Expr other -> List.of(one(other));
        };
    }

    private List<Term> named(Expr.Name name) {
        Scope scope = lowering.scope();
        Optional<Scope.ShortName> line = scope.shortName(name.name())
                .filter(shortName -> shortName.part().count() == 1);
        if (line.isPresent()) {
            return scope.expand(name, () -> of(line.get().line().value()));
        }
        return scope.option(name.name()).map(OptionValue::items).orElseGet(() -> List.of(one(name)));
    }

    private List<Term> row(Expr.Reduce e) {
        if (e.indices().size() != 1) {
            throw Fault.at(e.place(), "row takes one index");
        }
        Expr.Name index = e.indices().getFirst();
        long extent = lowering.size(new Expr.Name(Scope.sizeOf(index.name()), index.span()), Part.WHOLE);
        List<Term> items = new ArrayList<>();
        IntStream.range(0, (int) extent)
                .forEach(i -> lowering.scope().withMember(index.name(), i, () -> {
                    if (e.guard().isEmpty() || holds(e.guard().get())) {
                        items.add(one(e.body()));
                    }
                    return items;
                }));
        return items;
    }

    private Term one(Expr e) {
        return lowering.lower(e, Part.WHOLE);
    }

    private boolean holds(Expr condition) {
        if (lowering.condition(condition) instanceof Cond.Constant(boolean holds)) {
            return holds;
        }
        throw Fault.at(condition.place(), Printer.print(condition) + " is not what options and shapes determine");
    }
}
