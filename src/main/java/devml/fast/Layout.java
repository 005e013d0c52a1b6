package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Int;
import devml.equation.Ints;
import devml.equation.Substitution;
import devml.equation.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rewrites equations for tensors that keep a dimension innermost: each access in the order in which the tensor lies. */
final class Layout {
    private final Storages storages;
    private final Map<Integer, Innermost> innermost;

    /**
     * A layout.
     *
     * @param innermost for each tensor that is not in row-major order, the dimension that it keeps innermost
     */
    Layout(Storages storages, Map<Integer, Innermost> innermost) {
        this.storages = storages;
        this.innermost = innermost;
    }

    /** Every tensor as users see it. */
    static Layout rowMajor() {
        return new Layout(new Storages(0, Map.of(), Map.of()), Map.of());
    }

    static Layout choose(Storages storages, List<Assignment> equations, int leastExtent) {
        return new Layout(storages, LayoutChoice.of(storages, equations, leastExtent));
    }

    /** The dimension that a tensor keeps innermost, if that changes where its elements lie. */
    Optional<Innermost> of(int tensor) {
        return Optional.ofNullable(innermost.get(storages.root(tensor))).filter(own -> own.after() > 1);
    }

    Assignment apply(Assignment equation) {
        return innermost.isEmpty() ? equation : new Rewriting(equation).result();
    }

    /** Splits the indices of one equation. */
    private final class Rewriting {
        private final Assignment equation;
        private final Map<Integer, Parts> parts = new HashMap<>();
        private int slots;

        /** The indices that an index is made of, those over one value left out, and what it is in terms of them. */
        private record Parts(List<Integer> slots, List<Integer> extents, Int whole) {}

        Rewriting(Assignment equation) {
            this.equation = equation;
            this.slots = equation.slots();
            Map<Integer, Integer> extents = Access.extents(equation);
            for (Access access : Access.all(equation)) {
                Innermost own = innermost.get(storages.root(access.view().tensor()));
                if (own != null) {
                    Split.of(access, own, extents)
                            .ifPresent(split -> parts.computeIfAbsent(split.slot(), _ -> parts(split)));
                }
            }
        }

        private Parts parts(Split split) {
            List<Integer> own = new ArrayList<>();
            List<Integer> extents = new ArrayList<>();
            Int whole = new Int.Index(split.slot());
            if (split.before() > 1) {
                own.add(slots);
                extents.add(split.before());
                whole = Ints.add(Ints.multiply(Ints.constant(split.extent()), new Int.Index(slots++)), whole);
            }
            own.add(split.slot());
            extents.add(split.extent());
            if (split.after() > 1) {
                own.add(slots);
                extents.add(split.after());
                whole = Ints.add(Ints.multiply(Ints.constant(split.after()), whole), new Int.Index(slots++));
            }
            return new Parts(own, extents, whole);
        }

        Assignment result() {
            Substitution substitution = new Substitution(this::whole, this::inOrder, this::split);
            Substitution.Access target = substitution.apply(equation.target(), equation.subscripts());
            Box box = substitution.apply(equation.box());
            return new Assignment(
                    target.view(),
                    target.subscripts(),
                    equation.accumulates(),
                    box,
                    substitution.apply(equation.value()),
                    slots,
                    equation.place());
        }

        private Int whole(Int index) {
            Parts own = parts.get(((Int.Index) index).slot());
            return own == null ? index : own.whole;
        }

        private Box split(Box box) {
            List<Integer> own = new ArrayList<>();
            List<Integer> extents = new ArrayList<>();
            for (int i = 0; i < box.slots().size(); i++) {
                Parts several = parts.get(box.slots().get(i));
                if (several == null) {
                    own.add(box.slots().get(i));
                    extents.add(box.extents().get(i));
                } else {
                    own.addAll(several.slots);
                    extents.addAll(several.extents);
                }
            }
            return new Box(own, extents, box.guard());
        }

        /** The access with its split subscripts apart, and the innermost dimension at the end. */
        private Substitution.Access inOrder(Substitution.Access access) {
            List<Int> subscripts = new ArrayList<>();
            List<Integer> extents = new ArrayList<>();
            for (int i = 0; i < access.subscripts().size(); i++) {
                Int subscript = access.subscripts().get(i);
                int extent = access.view().extents().get(i);
                Optional<Parts> several = parts.values().stream()
                        .filter(own -> own.whole.equals(subscript) && size(own) == extent)
                        .findFirst();
                if (several.isPresent()) {
                    several.get().slots.forEach(slot -> subscripts.add(new Int.Index(slot)));
                    extents.addAll(several.get().extents);
                } else {
                    subscripts.add(subscript);
                    extents.add(extent);
                }
            }
            View view = new View(access.view().tensor(), access.view().name(), extents);
            Access apart = new Access(view, subscripts);
            Innermost own = innermost.get(storages.root(view.tensor()));
            Access ordered =
                    own == null ? apart : withLast(apart, apart.dimension(own).orElseThrow());
            return new Substitution.Access(ordered.view(), ordered.subscripts());
        }

        private static int size(Parts own) {
            return own.extents.stream().reduce(1, (a, b) -> a * b);
        }

        private static Access withLast(Access access, int dimension) {
            List<Int> subscripts = new ArrayList<>(access.subscripts());
            List<Integer> extents = new ArrayList<>(access.view().extents());
            subscripts.add(subscripts.remove(dimension));
            extents.add(extents.remove(/* index */ dimension));
            View view = access.view();
            return new Access(new View(view.tensor(), view.name(), extents), subscripts);
        }
    }
}
