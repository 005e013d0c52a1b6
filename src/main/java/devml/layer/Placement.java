package devml.layer;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Which axes of a shape each dimension of a declaration takes. */
final class Placement {
    private final Sizes sizes;
    private final Function<Expr, Long> evaluate;
    private final Function<Expr, List<Long>> row;

    /**
     * Places dimensions.
     *
     * @param sizes those bound so far
     * @param evaluate the value of a formula of options and sizes
     * @param row the items of a row that a formula gives
     */
    Placement(Sizes sizes, Function<Expr, Long> evaluate, Function<Expr, List<Long>> row) {
        this.sizes = sizes;
        this.evaluate = evaluate;
        this.row = row;
    }

    static boolean isListed(List<Dimension> dimensions) {
        return dimensions.stream().anyMatch(Dimension.Listed.class::isInstance);
    }

    /** The axes of a shape that each declared dimension takes. */
    List<List<Integer>> axes(Declaration declaration, List<Dimension> dimensions, Shape shape) {
        Map<Integer, List<Integer>> listed = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i) instanceof Dimension.Listed(var _, Expr axes, var _)) {
                listed.put(i, listed(axes, shape, taken));
            }
        }
        List<Integer> left = IntStream.range(0, shape.rank())
                .filter(axis -> !taken.contains(axis))
                .boxed()
                .toList();
        List<Dimension> others = dimensions.stream()
                .filter(dimension -> !(dimension instanceof Dimension.Listed))
                .toList();
        Iterator<Integer> ranks = ranks(
                        declaration,
                        others,
                        new Shape(left.stream().map(shape::dim).toList()))
                .iterator();
        List<List<Integer>> axes = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < dimensions.size(); i++) {
            int rank = listed.containsKey(i) ? 0 : ranks.next();
            axes.add(listed.getOrDefault(i, left.subList(at, at + rank)));
            at += rank;
        }
        return axes;
    }

    /** The extents of an output whose dimensions have these extents, those that rows place where they place them. */
    List<Integer> interleaved(List<Dimension> dimensions, List<List<Integer>> extents) {
        Integer[] shape = new Integer[extents.stream().mapToInt(List::size).sum()];
        Shape rank = new Shape(Collections.nCopies(shape.length, 1));
        Set<Integer> taken = new HashSet<>();
        Deque<Integer> others = new ArrayDeque<>();
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i) instanceof Dimension.Listed(var _, Expr formula, var _)) {
                List<Integer> axes = listed(formula, rank, taken);
                for (int j = 0; j < axes.size(); j++) {
                    shape[axes.get(j)] = extents.get(i).get(j);
                }
            } else {
                others.addAll(extents.get(i));
            }
        }
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = taken.contains(axis) ? shape[axis] : others.remove();
        }
        return List.of(shape);
    }

    /** The axes that a row names, none twice. */
    private List<Integer> listed(Expr formula, Shape shape, Set<Integer> taken) {
        List<Integer> axes = new ArrayList<>();
        for (long named : row.apply(formula)) {
            int axis = axis(named, formula, shape);
            if (!taken.add(axis)) {
                throw Fault.at(formula.place(), "%s names dimension %d twice".formatted(Printer.print(formula), axis));
            }
            if (shape.rank() > 0) {
                axes.add(axis);
            }
        }
        return axes;
    }

    /** How many dimensions of the shape each declared one takes. */
    private List<Integer> ranks(Declaration declaration, List<Dimension> dimensions, Shape shape) {
        Integer[] ranks = new Integer[dimensions.size()];
        int start = 0;
        int from = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (!isAnchored(dimensions.get(i))) {
                continue;
            }
            int first = axis(dimensions.get(i), shape, true);
            int last = shape.rank() == 0 ? -1 : axis(dimensions.get(i), shape, false);
            fill(declaration, dimensions, ranks, from, i, first - start);
            ranks[i] = last - first + 1;
            from = i + 1;
            start = last + 1;
        }
        fill(declaration, dimensions, ranks, from, ranks.length, shape.rank() - start);
        return List.of(ranks);
    }

    /** Whether options say where the dimension stands. */
    private static boolean isAnchored(Dimension dimension) {
        return switch (dimension) {
            case Dimension.At _ -> true;
            case Dimension.Group group -> group.axes().isPresent();
            case Dimension.Single _, Dimension.Maybe _, Dimension.When _, Dimension.Listed _, Dimension.Shaped _ ->
                false;
        };
    }

    private int axis(Dimension dimension, Shape shape, boolean first) {
        return switch (dimension) {
            case Dimension.At(var _, Expr axis, var _) -> axis(axis, shape);
            case Dimension.Group group -> {
                Dimension.Axes axes = group.axes().orElseThrow();
                int low = axis(axes.first(), shape);
                int high = axis(axes.last(), shape);
                if (low > high) {
                    throw Fault.at(dimension.span().place(), "dimension " + low + " stands after dimension " + high);
                }
                yield first ? low : high;
            }
            case Dimension.Single _, Dimension.Maybe _, Dimension.When _, Dimension.Listed _, Dimension.Shaped _ ->
                throw new IllegalStateException("not anchored");
        };
    }

    private int axis(Expr expr, Shape shape) {
        return axis(evaluate.apply(expr), expr, shape);
    }

    private static int axis(long axis, Expr expr, Shape shape) {
        int rank = Math.max(shape.rank(), 1); // 0 and -1 name the dimension that a scalar does not have
        if (axis < -rank || axis >= rank) {
            throw Fault.at(
                    expr.place(),
                    "%s is %d, but a tensor of shape %s has dimensions %d to %d"
                            .formatted(Printer.print(expr), axis, shape, -rank, rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Shares out {@code rank} dimensions among the declared ones from {@code from} to below {@code to}. */
    private void fill(
            Declaration declaration, List<Dimension> dimensions, Integer[] ranks, int from, int to, int rank) {
        int left = rank;
        for (int i = from; i < to; i++) {
            ranks[i] = knownRank(dimensions.get(i));
            left -= ranks[i] == null ? 0 : ranks[i];
        }
        for (int i = to - 1; i >= from; i--) { // what may be absent is there if the rank allows it, the last first
            if (ranks[i] == null && dimensions.get(i) instanceof Dimension.Maybe) {
                ranks[i] = Math.clamp(left, 0, 1);
                left -= ranks[i];
            }
        }
        for (int i = from; i < to; i++) {
            if (ranks[i] == null) {
                ranks[i] = left;
                left = 0;
            }
        }
        if (left != 0 || Arrays.asList(ranks).subList(from, to).stream().anyMatch(r -> r < 0)) {
            throw Fault.at(
                    declaration.span().place(),
                    "that is not the number of dimensions that it takes" + sizes.describe());
        }
    }

    private Integer knownRank(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single _, Dimension.At _ -> 1;
            case Dimension.Maybe(Expr.Name size, var _) ->
                sizes.extents(size.name()).map(List::size).orElse(null);
            case Dimension.Group group ->
                sizes.extents(group.size().name()).map(List::size).orElse(null);
            case Dimension.Listed _, Dimension.Shaped _ -> throw new IllegalStateException("placed by its row");
            case Dimension.When when -> sizes.isPresent(when) ? knownRank(when.of()) : 0;
        };
    }
}
