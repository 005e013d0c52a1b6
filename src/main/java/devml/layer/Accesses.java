package devml.layer;

import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Interval;
import devml.equation.Ints;
import devml.equation.Reach;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.fault.Fault;
import devml.layer.Scope.Part;
import devml.notation.Expr;
import devml.notation.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lowers accesses to elements of tensors, for {@link Lowering} and {@link EquationBinder}, and enforces the edge rule:
 * only a position may leave its dimension, and a point at which one does is dropped from the loop around it.
 */
final class Accesses {
    private final Lowering lowering;

    Accesses(Lowering lowering) {
        this.lowering = lowering;
    }

    Value read(Expr.Access written) {
        Optional<Expr> absent = lowering.tensors().absent(name(written));
        if (absent.isPresent()) {
            lowering.nameIndices(written);
            return lowering.number(absent.get(), Part.WHOLE);
        }
        Tensors.Entry entry = entry(written);
        Expr.Access access = lowering.blocks().access(written, entry.order());
        List<Int> subscripts = subscripts(access, entry);
        for (int i = 0; i < subscripts.size(); i++) {
            if (leaves(entry, subscripts, i)) {
                drop(access, entry, subscripts, i);
            }
        }
        return value(entry.bound(), subscripts);
    }

    /** Lowers {@code (x[…] else value)}, the one access that may leave its tensor with any subscript. */
    Value readOrElse(Expr.OrElse orElse) {
        if (lowering.tensors().absent(name(orElse.access())).isPresent()) {
            return read(orElse.access());
        }
        return lowering.indices().mixed(() -> {
            Tensors.Entry entry = entry(orElse.access());
            Expr.Access access = lowering.blocks().access(orElse.access(), entry.order());
            List<Int> subscripts = subscripts(access, entry);
            Cond inside = Cond.TRUE;
            for (int i = 0; i < subscripts.size(); i++) {
                if (leaves(entry, subscripts, i)) {
                    inside = Cond.and(inside, Ints.inside(subscripts.get(i), extent(entry, i)));
                }
            }
            Value otherwise = lowering.number(orElse.otherwise(), Part.WHOLE);
            Value read = value(entry.bound(), subscripts);
            if (inside.equals(Cond.TRUE)) {
                return read;
            }
            return read instanceof Int a && otherwise instanceof Int b
                    ? new Int.Select(inside, a, b)
                    : new Real.Select(inside, Reals.of(read), Reals.of(otherwise));
        });
    }

    /** Returns the subscripts of an element that an equation writes; the edge rule holds for them too. */
    List<Int> target(Expr.Access written) {
        Tensors.Entry entry = entry(written);
        Expr.Access access = lowering.blocks().access(written, entry.order());
        List<Int> subscripts = subscripts(access, entry);
        for (int i = 0; i < subscripts.size(); i++) {
            if (Uses.readsData(subscripts.get(i))) {
                continue; // a scatter by data: checked when it runs
            }
            if (leaves(entry, subscripts, i)) {
                drop(access, entry, subscripts, i);
            }
        }
        return subscripts;
    }

    private static Value value(BoundTensor tensor, List<Int> subscripts) {
        return tensor.integer() ? new Int.Read(tensor.view(), subscripts) : new Real.Read(tensor.view(), subscripts);
    }

    private String name(Expr.Access access) {
        return lowering.scope().memberName(access.tensor());
    }

    private Tensors.Entry entry(Expr.Access access) {
        String name = name(access);
        return lowering.tensors()
                .find(name)
                .orElseThrow(() -> lowering.tensors().unknown(name, access.place()));
    }

    private List<Int> subscripts(Expr.Access access, Tensors.Entry entry) {
        int rank = entry.bound().view().extents().size();
        if (access.subscripts().size() != rank) {
            throw Fault.at(
                    access.place(),
                    "%s takes %d %s, found %d"
                            .formatted(
                                    entry.bound().name(),
                                    rank,
                                    rank == 1 ? "subscript" : "subscripts",
                                    access.subscripts().size()));
        }
        List<Int> subscripts = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            checkSize(access, entry, i);
            Expr subscript = access.subscripts().get(i);
            Int value = lowering.indices().mixed(() -> lowering.integer(subscript, Part.WHOLE));
            if (isPosition(subscript, entry.sizes().get(i)) && !Uses.readsData(value)) {
                Interval reach = lowering.reach().of(value);
                lowering.positions().add(new Position(Printer.print(subscript), reach, extent(entry, i)));
            }
            subscripts.add(value);
        }
        return subscripts;
    }

    /**
     * Refuses a bare index of another size than the one that the dimension was declared with, which finds swapped
     * indices.
     */
    private void checkSize(Expr.Access access, Tensors.Entry entry, int i) {
        Optional<String> declared = entry.sizes().get(i);
        if (declared.isEmpty() || !(access.subscripts().get(i) instanceof Expr.Name name)) {
            return;
        }
        String size = Scope.sizeOf(lowering.scope().memberName(name.name()));
        boolean isIndex = lowering.sizes().extents(size).isPresent()
                && lowering.scope().option(name.name()).isEmpty();
        if (isIndex && !size.equals(declared.get())) {
            throw Fault.at(
                    name.place(),
                    "%s runs over %s, but dimension %d of %s is %s; if that is meant, write %s + 0"
                            .formatted(name.name(), size, i, entry.bound().name(), declared.get(), name.name()));
        }
    }

    /**
     * Whether a subscript can take a value outside of its dimension. Subscripts that depend on data are checked at run
     * time instead.
     */
    private boolean leaves(Tensors.Entry entry, List<Int> subscripts, int i) {
        boolean isIndex = subscripts.get(i) instanceof Int.Index(int slot)
                && lowering.indices().extents().get(slot) <= extent(entry, i);
        if (isIndex || Uses.readsData(subscripts.get(i)) || lowering.indices().isEmpty()) {
            return false; // most subscripts are a bare index, for which there is nothing to work out
        }
        Reach reach = lowering.reach();
        return !reach.of(subscripts.get(i)).isWithin(0, extent(entry, i) - 1L) && !reach.isNowhere();
    }

    private static int extent(Tensors.Entry entry, int i) {
        return entry.bound().view().extents().get(i);
    }

    private void drop(Expr.Access access, Tensors.Entry entry, List<Int> subscripts, int i) {
        Expr subscript = access.subscripts().get(i);
        Int value = subscripts.get(i);
        Interval reach = lowering.reach().of(value);
        String what = "%s may leave dimension %d of %s: it reaches %s of 0…%d%s"
                .formatted(
                        Printer.print(subscript),
                        i,
                        entry.bound().name(),
                        reach,
                        extent(entry, i) - 1,
                        lowering.sizes().describe());
        if (!isPosition(subscript, entry.sizes().get(i))) {
            throw Fault.at(subscript.place(), what + "; a position, a guard or 'else' would cover it");
        }
        Indices.Frame frame = lowering.indices()
                .frameOf(Lowering.slots(value))
                .orElseThrow(() -> Fault.at(
                        subscript.place(),
                        what + ", and no reduction or += could drop the point; 'else' gives a value"));
        Cond inside = Ints.inside(value, extent(entry, i));
        if (frame.isMixed() && !frame.requires(inside)) {
            throw Fault.at(
                    access.place(),
                    what
                            + "; where it does, the whole point is dropped, so the access must be a factor of everything that "
                            + "is summed there");
        }
        frame.require(inside);
    }

    /** Whether a subscript is a position: a short name spelled like the index of the dimension's size. */
    private boolean isPosition(Expr subscript, Optional<String> declared) {
        return subscript instanceof Expr.Name name
                && lowering.scope().shortName(name.name()).isPresent()
                && declared.isPresent()
                && declared.get().equals(Scope.sizeOf(lowering.scope().memberName(name.name())));
    }
}
