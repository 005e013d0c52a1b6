package devml.layer;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.BinaryOp;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.notation.Printer;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a layer. A size is a row of extents: one for a plain dimension, none or one for {@code N?}, any number for
 * a group. Shapes of inputs bind sizes from left to right; a size met again must agree.
 */
final class Sizes {
    private final Map<String, List<Integer>> bound = new LinkedHashMap<>();
    private final Map<String, SortedSet<Integer>> cuts = new HashMap<>();
    private final Placement placement;
    private final Function<Expr, Long> evaluate;
    private final Function<Expr, List<Long>> row;
    private final Predicate<String> isDefined;
    private boolean metEmpty;

    /**
     * Starts with none.
     *
     * @param evaluate the value of a formula of options and sizes
     * @param row the items of a row that a formula gives
     * @param isDefined whether a line of {@code where} gives a size its value
     */
    Sizes(Function<Expr, Long> evaluate, Function<Expr, List<Long>> row, Predicate<String> isDefined) {
        this.placement = new Placement(this, evaluate, row);
        this.evaluate = evaluate;
        this.row = row;
        this.isDefined = isDefined;
    }

    Optional<List<Integer>> extents(String size) {
        List<Integer> extents = bound.get(size);
        Optional<List<Integer>> found = extents == null ? block(size) : Optional.of(extents);
        found.ifPresent(this::meet);
        return found;
    }

    /** Remembers that extents were asked for. */
    void meet(List<Integer> extents) {
        metEmpty |= extents.contains(0);
    }

    /** Whether an extent of 0 was asked for since this was asked last. */
    boolean metEmpty() {
        boolean met = metEmpty;
        metEmpty = false;
        return met;
    }

    /** Whether there is a group whose dimensions do not lie side by side in every tensor. */
    boolean hasBlocks() {
        return !cuts.isEmpty();
    }

    /**
     * The names of the blocks of a group whose dimensions do not lie side by side in every tensor, {@code A.0}, {@code
     * A.1} and so on, which do; none of a group that is whole everywhere, and of other sizes.
     */
    List<String> blocks(String size) {
        SortedSet<Integer> positions = cuts.getOrDefault(size, Collections.emptySortedSet());
        return positions.isEmpty()
                ? List.of()
                : IntStream.rangeClosed(0, positions.size())
                        .mapToObj(i -> size + "." + i)
                        .toList();
    }

    /** The extents of a block of a group. */
    private Optional<List<Integer>> block(String name) {
        int dot = name.lastIndexOf('.');
        String size = dot < 0 ? name : name.substring(0, dot);
        int block = blocks(size).indexOf(name);
        if (block < 0) {
            return Optional.empty();
        }
        List<Integer> bounds = new ArrayList<>(List.of(0));
        bounds.addAll(cuts.get(size));
        bounds.add(bound.get(size).size());
        return Optional.of(bound.get(size).subList(bounds.get(block), bounds.get(block + 1)));
    }

    /** The number of points that an index over the size visits: the product of its extents. */
    Optional<Integer> product(String size) {
        return extents(size).map(extents -> new Shape(extents).size());
    }

    Placement placement() {
        return placement;
    }

    Map<String, List<Integer>> all() {
        return Collections.unmodifiableMap(bound);
    }

    void set(String size, List<Integer> extents, Place place) {
        List<Integer> before = bound.putIfAbsent(size, List.copyOf(extents));
        if (before != null && !before.equals(extents)) {
            throw Fault.at(
                    place, "%s is %s here, but %s before%s".formatted(size, text(extents), text(before), describe()));
        }
    }

    /** The sizes bound so far, for messages: {@code  (N = 2, C = 3)}. */
    String describe() {
        return bound.isEmpty()
                ? ""
                : bound.entrySet().stream()
                        .map(e -> e.getKey() + " = " + text(e.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String text(List<Integer> extents) {
        return extents.size() == 1
                ? String.valueOf(extents.getFirst())
                : extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Binds the sizes that a declaration names to the shape of the tensor that was given for it. */
    void bind(Declaration declaration, List<Dimension> dimensions, Shape shape) {
        List<List<Integer>> axes = placement.axes(declaration, dimensions, shape);
        for (int i = 0; i < dimensions.size(); i++) {
            bind(dimensions.get(i), axes.get(i).stream().map(shape::dim).toList());
        }
        if (Placement.isListed(dimensions)) {
            for (int i = 0; i < dimensions.size(); i++) {
                cut(dimensions.get(i), axes.get(i));
            }
        }
    }

    /** Cuts a group into blocks where its dimensions do not lie side by side. */
    private void cut(Dimension dimension, List<Integer> axes) {
        Optional<String> group = switch (dimension) {
            case Dimension.Group(Expr.Name size, var _, var _, var _) -> Optional.of(size.name());
            case Dimension.Listed(Expr.Name size, var _, var _) -> Optional.of(size.name());
            case Dimension.Single _, Dimension.Maybe _, Dimension.At _, Dimension.When _, Dimension.Shaped _ ->
                Optional.empty();
        };
        group.ifPresent(size -> IntStream.range(1, axes.size())
                .filter(i -> axes.get(i) != axes.get(i - 1) + 1)
                .forEach(i -> cuts.computeIfAbsent(size, _ -> new TreeSet<>()).add(i)));
    }

    /**
     * In which order the subscripts of a tensor's declaration, those of blocks written out, are those of its dimensions;
     * nothing where they are in order.
     */
    Optional<List<Integer>> order(Declaration declaration, List<Dimension> dimensions, Shape shape) {
        if (!Placement.isListed(dimensions)) {
            return Optional.empty();
        }
        List<Integer> first = new ArrayList<>(); // the first axis of each subscript
        List<List<Integer>> axes = placement.axes(declaration, dimensions, shape);
        for (int i = 0; i < dimensions.size(); i++) {
            int at = 0;
            for (String block : subscripts(dimensions.get(i))) {
                int rank = block.isEmpty()
                        ? axes.get(i).size()
                        : block(block).orElseThrow().size();
                first.add(rank == 0 ? -1 : axes.get(i).get(at));
                at += rank;
            }
        }
        return Optional.of(IntStream.range(0, first.size())
                .boxed()
                .sorted((a, b) -> Integer.compare(first.get(a), first.get(b)))
                .toList());
    }

    /** The blocks of a dimension, or one without a name if it is whole. */
    private List<String> subscripts(Dimension dimension) {
        List<String> blocks = switch (dimension) {
            case Dimension.Group(Expr.Name size, var _, var _, var _) -> blocks(size.name());
            case Dimension.Listed(Expr.Name size, var _, var _) -> blocks(size.name());
            case Dimension.Shaped(Expr.Name size, var _, var _) -> blocks(size.name());
            case Dimension.Single _, Dimension.Maybe _, Dimension.At _, Dimension.When _ -> List.of();
        };
        return blocks.isEmpty() ? List.of("") : blocks;
    }

    /** The extents that a row gives to the elements of a group; one of them may be -1, for what is left. */
    List<Integer> reshaped(Dimension.Shaped dimension) {
        List<Long> given = row.apply(dimension.shape());
        long size = product(dimension.size().name()).orElseThrow();
        long known = given.stream().filter(extent -> extent != -1).reduce(1L, Sizes::times);
        boolean isOpen =
                known != 0 && given.stream().filter(extent -> extent == -1).count() == 1;
        List<Long> extents = given.stream()
                .map(extent -> isOpen && extent == -1 ? size / known : extent)
                .toList();
        boolean fits = extents.stream().allMatch(extent -> 0 <= extent && extent <= Shape.MAX_SIZE)
                && extents.stream().reduce(1L, Sizes::times) == size;
        if (!fits) {
            throw Fault.at(
                    dimension.span().place(),
                    "%s comes out as %s, which does not hold the %d elements of %s%s"
                            .formatted(
                                    Printer.print(dimension.shape()),
                                    given,
                                    size,
                                    dimension.size().name(),
                                    describe()));
        }
        return extents.stream().map(Long::intValue).toList();
    }

    private void bind(Dimension dimension, List<Integer> extents) {
        Place place = dimension.span().place();
        switch (dimension) {
            case Dimension.Single(Expr.Name size, var _) when extents.isEmpty() -> set(size.name(), extents, place);
            case Dimension.Single(Expr size, var _) -> solve(size, extents.getFirst(), place);
            case Dimension.Maybe(Expr.Name size, var _) -> set(size.name(), extents, place);
            case Dimension.At(Expr.Name size, var _, var _) -> set(size.name(), extents, place);
            case Dimension.Group group -> set(group.size().name(), extents, place);
            case Dimension.Listed(Expr.Name size, var _, var _) -> set(size.name(), extents, place);
            case Dimension.Shaped _ -> throw Fault.at(place, "only an output's group can have another shape");
            case Dimension.When when -> bind(when.of(), extents);
        }
    }

    /** Whether the condition of a dimension holds. */
    boolean isPresent(Dimension.When when) {
        return evaluate.apply(when.condition()) != 0;
    }

    /** Binds the one unknown size in a product so that the product is {@code extent}. */
    private void solve(Expr formula, int extent, Place place) {
        List<Expr> factors = factors(formula);
        List<Expr.Name> unknown = new ArrayList<>();
        long known = 1;
        for (Expr factor : factors) {
            if (factor instanceof Expr.Name name && isFree(name)) {
                unknown.add(name);
            } else {
                known *= evaluate.apply(factor);
            }
        }
        if (unknown.isEmpty()) {
            if (known != extent) {
                throw Fault.at(
                        place,
                        "the extent is %d, but %s is %d%s"
                                .formatted(extent, Printer.print(formula), known, describe()));
            }
            return;
        }
        if (unknown.size() > 1) {
            throw Fault.at(place, "%s has more than one unknown size%s".formatted(Printer.print(formula), describe()));
        }
        if (known == 0 || extent % known != 0) {
            throw Fault.at(
                    place,
                    "%s is %d, which no whole %s makes: the rest is %d%s"
                            .formatted(
                                    Printer.print(formula),
                                    extent,
                                    unknown.getFirst().name(),
                                    known,
                                    describe()));
        }
        set(unknown.getFirst().name(), List.of((int) (extent / known)), place);
    }

    /** Whether a shape may bind the name: an upper-case one that nothing else gives a value. */
    private boolean isFree(Expr.Name name) {
        return isSize(name.name()) && !bound.containsKey(name.name()) && !isDefined.test(name.name());
    }

    /** What a product is made of; any other formula is its own only factor. */
    static List<Expr> factors(Expr formula) {
        if (formula instanceof Expr.Binary(BinaryOp op, Expr left, Expr right, var _) && op == BinaryOp.MULTIPLY) {
            List<Expr> factors = new ArrayList<>(factors(left));
            factors.addAll(factors(right));
            return factors;
        }
        return List.of(formula);
    }

    /** Whether a name is that of a size: it starts with a capital letter and has no small one before a dot. */
    static boolean isSize(String name) {
        String stem = stem(name);
        if (!Character.isLetter(stem.charAt(0))) {
            return false;
        }
        for (int i = 0; i < stem.length(); i++) {
            if (Character.isLowerCase(stem.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** A name without its part after the dot and without primes. */
    static String stem(String name) {
        int dot = name.indexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        return stem.indexOf('\'') < 0 ? stem : stem.replace("'", "");
    }

    /** The product, or what is more than an array can hold if that has more digits than a long. */
    private static long times(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }
}
