package devml.fast;

import devml.equation.Assignment;
import devml.equation.Cost;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the dimension that tensors keep innermost, where it runs in the lanes. Dimensions of different tensors are one
 * where an index runs over both as a whole subscript; chosen is the one that takes part in most of the work: in a
 * network, that is the batch. Whatever else happens to the other indices (edges, windows, scatters), lanes then lie side
 * by side and know nothing of it.
 */
final class LayoutChoice {
    /** Shorter dimensions are left where they are: their lanes would be too few to be worth more than those of others. */
    static final int LEAST_EXTENT = 8;

    /** How many operations must gain from the order for each element that is put in it, since that costs as much as several. */
    private static final double WORTH = 16;

    private final int leastExtent;
    private final Storages storages;
    private final List<Equation> equations = new ArrayList<>();
    private final Map<Integer, List<Equation>> users = new HashMap<>();

    private record Equation(List<Access> accesses, Map<Integer, Integer> extents, double work) {}

    private record Dimension(int tensor, Innermost innermost) {}

    private LayoutChoice(Storages storages, List<Assignment> equations, int leastExtent) {
        this.leastExtent = leastExtent;
        this.storages = storages;
        for (Assignment assignment : equations) {
            Equation equation = new Equation(
                    Access.all(assignment),
                    Access.extents(assignment),
                    assignment.box().size() + (double) Cost.of(assignment).operations());
            this.equations.add(equation);
            equation.accesses.stream()
                    .map(this::tensor)
                    .distinct()
                    .forEach(tensor -> users.computeIfAbsent(tensor, _ -> new ArrayList<>())
                            .add(equation));
        }
    }

    /** For each tensor that has the dimension, where it has it; nothing if no dimension takes part in half of the work. */
    static Map<Integer, Innermost> of(Storages storages, List<Assignment> equations, int leastExtent) {
        return new LayoutChoice(storages, equations, leastExtent).best();
    }

    private Map<Integer, Innermost> best() {
        Set<Dimension> met = new HashSet<>();
        Map<Integer, Innermost> best = Map.of();
        double most = equations.stream().mapToDouble(Equation::work).sum() / 2;
        for (Dimension dimension : dimensions()) {
            if (met.contains(dimension)) {
                continue;
            }
            Map<Integer, Innermost> tensors = spread(dimension);
            tensors.forEach((tensor, innermost) -> met.add(new Dimension(tensor, innermost)));
            withdraw(tensors);
            double work = work(tensors);
            if (work > most && work >= WORTH * arranged(tensors)) {
                most = work;
                best = tensors;
            }
        }
        return best;
    }

    /** How many elements must be put in another order when users give or take them. */
    private double arranged(Map<Integer, Innermost> tensors) {
        double arranged = 0;
        for (int tensor : storages.exchanged()) {
            Innermost innermost = tensors.get(storages.root(tensor));
            List<Integer> shape = storages.shapes().get(tensor);
            if (innermost != null && innermost.after() > 1 && shape != null) {
                arranged += shape.stream().reduce(1, (a, b) -> a * b);
            }
        }
        return arranged;
    }

    private int tensor(Access access) {
        return storages.root(access.view().tensor());
    }

    private List<Dimension> dimensions() {
        List<Dimension> dimensions = new ArrayList<>();
        storages.shapes().forEach((tensor, shape) -> {
            int after = shape.stream().reduce(1, (a, b) -> a * b);
            for (int extent : shape) {
                after = extent == 0 ? 0 : after / extent;
                if (extent >= leastExtent && users.containsKey(storages.root(tensor))) {
                    dimensions.add(new Dimension(storages.root(tensor), new Innermost(extent, after)));
                }
            }
        });
        return dimensions;
    }

    /** All tensors that indices connect with a dimension. A tensor has it once: where it is met first. */
    private Map<Integer, Innermost> spread(Dimension start) {
        Map<Integer, Innermost> found = new LinkedHashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        found.put(start.tensor, start.innermost);
        open.add(start.tensor);
        while (!open.isEmpty()) {
            int tensor = open.remove();
            for (Equation equation : users.get(tensor)) {
                for (Access access : equation.accesses) {
                    if (tensor(access) == tensor) {
                        Split.of(access, found.get(tensor), equation.extents)
                                .ifPresent(split -> reach(equation, split, found, open));
                    }
                }
            }
        }
        return found;
    }

    private void reach(Equation equation, Split split, Map<Integer, Innermost> found, Deque<Integer> open) {
        for (Access access : equation.accesses) {
            for (int i = 0; i < access.subscripts().size(); i++) {
                boolean isWhole = access.whole(i, equation.extents)
                        .filter(slot -> slot == split.slot())
                        .isPresent();
                if (isWhole && found.putIfAbsent(tensor(access), split.in(access, i)) == null) {
                    open.add(tensor(access));
                }
            }
        }
    }

    /** Takes away tensors that some equation sees in a way that hides the dimension, until none is left. */
    private void withdraw(Map<Integer, Innermost> tensors) {
        boolean withdrew = true;
        while (withdrew) {
            withdrew = false;
            for (Equation equation : equations) {
                Map<Integer, Split> splits = new HashMap<>();
                for (Access access : equation.accesses) {
                    Innermost innermost = tensors.get(tensor(access));
                    if (innermost != null && !agrees(access, innermost, equation, splits)) {
                        tensors.remove(tensor(access));
                        withdrew = true;
                    }
                }
            }
        }
    }

    private static boolean agrees(Access access, Innermost innermost, Equation equation, Map<Integer, Split> splits) {
        Optional<Split> split = Split.of(access, innermost, equation.extents);
        if (split.isPresent()) {
            Split first = splits.putIfAbsent(split.get().slot(), split.get());
            return first == null || first.equals(split.get());
        }
        return access.dimension(innermost)
                .filter(dimension -> access.view().extents().get(dimension) == innermost.extent())
                .isPresent();
    }

    private double work(Map<Integer, Innermost> tensors) {
        double work = 0;
        for (Equation equation : equations) {
            boolean takesPart = equation.accesses.stream()
                    .anyMatch(access -> tensors.containsKey(tensor(access))
                            && Split.of(access, tensors.get(tensor(access)), equation.extents)
                                    .isPresent());
            work += takesPart ? equation.work : 0;
        }
        return work;
    }
}
