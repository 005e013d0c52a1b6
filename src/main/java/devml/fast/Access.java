package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uses;
import devml.equation.Value;
import devml.equation.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An element of a tensor that an equation reads or writes. */
record Access(View view, List<Int> subscripts) {

    /** All accesses of an equation, the target first. */
    static List<Access> all(Assignment equation) {
        List<Access> accesses = new ArrayList<>();
        accesses.add(new Access(equation.target(), equation.subscripts()));
        walk(equation, part -> {
            switch (part) {
                case Real.Read(View view, List<Int> subscripts) -> accesses.add(new Access(view, subscripts));
                case Int.Read(View view, List<Int> subscripts) -> accesses.add(new Access(view, subscripts));
                default -> {}
            }
        });
        return accesses;
    }

    /** The extent of every index of an equation, those of its reductions included. */
    static Map<Integer, Integer> extents(Assignment equation) {
        Map<Integer, Integer> extents = new HashMap<>();
        put(equation.box(), extents);
        walk(equation, part -> {
            switch (part) {
                case Real.Reduce(Real.Fold _, Box box, Real _) -> put(box, extents);
                case Int.Reduce(Real.Fold _, Box box, Int _) -> put(box, extents);
                case Int.ArgReduce(boolean _, Box box, Real _) -> put(box, extents);
                case Int.Count(Box box) -> put(box, extents);
                default -> {}
            }
        });
        return extents;
    }

    private static void put(Box box, Map<Integer, Integer> extents) {
        for (int i = 0; i < box.slots().size(); i++) {
            extents.put(box.slots().get(i), box.extents().get(i));
        }
    }

    private static void walk(Assignment equation, Consumer<Value> seen) {
        equation.subscripts().forEach(subscript -> Uses.walk(subscript, seen));
        Uses.walk(equation.box().guard(), seen);
        Uses.walk(equation.value(), seen);
    }

    /** The index that a subscript is and whose whole range is that of its dimension, if it is one. */
    Optional<Integer> whole(int dimension, Map<Integer, Integer> extents) {
        return subscripts.get(dimension) instanceof Int.Index(int slot)
                        && view.extents().get(dimension).equals(extents.get(slot))
                ? Optional.of(slot)
                : Optional.empty();
    }

    /** How far apart elements lie, in row-major order, whose subscripts differ by 1 in a dimension. */
    int stride(int dimension) {
        int stride = 1;
        for (int i = view.extents().size() - 1; i > dimension; i--) {
            stride *= view.extents().get(i);
        }
        return stride;
    }

    /** The dimension of the view that a dimension of the tensor is a part of, if it is a part of one. */
    Optional<Integer> dimension(Innermost part) {
        int stride = view.size();
        for (int i = 0; i < view.extents().size(); i++) {
            int whole = stride;
            stride = view.extents().get(i) == 0 ? 0 : stride / view.extents().get(i);
            int size = part.after() * part.extent();
            if (stride > 0 && part.after() % stride == 0 && size <= whole && whole % size == 0) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
