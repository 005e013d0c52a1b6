package devml.gradcheck;

import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.OptionType.Choice;
import devml.notation.OptionType.Numbers;
import devml.notation.OptionType.Signature;
import devml.notation.OptionType.Truth;
import devml.notation.Printer;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws options and shapes at random; whether they fit together is for binding to say. Each size gets one extent,
 * mostly different from those of the others, and each group of dimensions up to two.
 */
final class Draw {
    private static final List<Integer> WHOLE = List.of(1, 2, 3, 2, 1, 4, 0, -1, -2, 6);
    private static final List<Double> REAL = List.of(0.5, 1.0, 1.5, 2.0, 3.0, 0.25, 0.0, -0.5, -1.0);
    private static final List<Integer> EXTENTS = List.of(2, 3, 4, 5, 6, 7);
    private static final int MAX_MEMBERS = 3;

    private final SplittableRandom random;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, List<Integer>> extents = new HashMap<>();
    private final List<Integer> unused = new ArrayList<>(EXTENTS);

    /** Whether sizes may have equal extents, as some configurations ask for. */
    private final boolean repeats;

    Draw(SplittableRandom random) {
        this.random = random;
        this.repeats = random.nextBoolean();
    }

    /**
     * Options and shapes, but for those that are given.
     *
     * @param asked the inputs that may hold numbers or truth values
     */
    static Setting setting(
            Map<String, OptionType> types,
            List<Declaration> inputs,
            Setting given,
            Set<String> asked,
            SplittableRandom random) {
        Draw draw = new Draw(random);
        types.forEach((name, type) -> draw.option(name, type, given.options()));
        Map<String, Shape> shapes = new LinkedHashMap<>(given.shapes());
        inputs.forEach(input -> draw.fit(input, given.shapes()));
        for (Declaration input : inputs) {
            boolean isGiven = given.shapes().keySet().stream()
                    .anyMatch(name -> name.equals(input.name()) || Settings.isMember(name, input.name()));
            if (!isGiven) {
                draw.shapes(input, shapes);
            }
        }
        boolean training = random.nextInt(4) > 0;
        Set<String> booleans = asked.stream()
                .filter(input -> shapes.containsKey(input) && random.nextBoolean())
                .collect(Collectors.toSet());
        return new Setting(draw.options, shapes, booleans, training);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    // Options

    private void option(String name, OptionType type, Map<String, String> given) {
        if (given.containsKey(name)) {
            options.put(name, given.get(name));
        } else if (type.standard().isEmpty() || random.nextInt(3) > 0) {
            value(one(type.alternatives())).ifPresent(value -> options.put(name, value));
        }
    }

    private Optional<String> value(OptionType.Alternative alternative) {
        return switch (alternative) {
            case Choice(String word) -> Optional.of(word);
            case Truth() -> Optional.of(String.valueOf(random.nextBoolean()));
            case Numbers numbers -> numbers(numbers);
            case Signature() -> Optional.of(one(List.of("'i->i'", "'ij->j'", "'ij,jk->ik'", "'ij,ij'")));
        };
    }

    private Optional<String> numbers(Numbers type) {
        List<String> choices = type.whole()
                ? WHOLE.stream()
                        .filter(n -> type.allows(n))
                        .map(String::valueOf)
                        .toList()
                : REAL.stream().filter(type::allows).map(String::valueOf).toList();
        if (choices.isEmpty()) {
            return type.bounds().stream().findFirst().map(bound -> String.valueOf((long) bound.limit() + 1));
        }
        int count = type.count() > 0 ? type.count() : 1 + random.nextInt(2);
        boolean isOne = count == 1 && type.count() == 1 && !type.row();
        return Optional.of(
                isOne
                        ? one(choices)
                        : IntStream.range(0, count)
                                .mapToObj(_ -> one(choices))
                                .collect(Collectors.joining(", ", "[", "]")));
    }

    // Shapes

    private void shapes(Declaration input, Map<String, Shape> shapes) {
        if (input.optional().isPresent() && random.nextInt(3) == 0) {
            return;
        }
        int dot = input.name().indexOf('.');
        if (dot < 0) {
            shapes.put(input.name(), smaller(input, shape(input.dimensions(), "")));
            return;
        }
        int members = extents.computeIfAbsent(
                        input.name().substring(dot), _ -> List.of(1 + random.nextInt(MAX_MEMBERS)))
                .getFirst();
        for (int member = 0; member < members; member++) {
            shapes.put(
                    input.name().substring(0, dot + 1) + member,
                    shape(input.dimensions(), input.name().substring(dot) + "=" + member));
        }
    }

    private Shape shape(List<Dimension> dimensions, String member) {
        List<Integer> dims = new ArrayList<>();
        dimensions.forEach(dimension -> dims.addAll(dims(dimension, member)));
        return new Shape(dims);
    }

    private List<Integer> dims(Dimension dimension, String member) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var _) -> one(size, member);
            case Dimension.Maybe(Expr.Name size, var _) ->
                extents.computeIfAbsent(size.name() + "?", _ -> random.nextInt(4) == 0 ? List.of() : List.of(extent()));
            case Dimension.At(Expr.Name size, var _, var _) -> one(size, member);
            case Dimension.Group group -> group(group);
            case Dimension.Listed listed -> some(listed.size());
            case Dimension.Shaped shaped -> some(shaped.size());
            case Dimension.When when -> random.nextBoolean() ? List.of() : dims(when.of(), member);
        };
    }

    private List<Integer> one(Expr size, String member) {
        String text = Printer.print(size);
        if (size instanceof Expr.Whole(long extent, var _)) {
            return List.of((int) extent);
        }
        String key = text + (text.contains(".") ? member : "");
        boolean isProduct = !(size instanceof Expr.Name);
        return extents.computeIfAbsent(key, _ -> List.of(isProduct ? one(List.of(4, 6, 8, 9, 12)) : extent()));
    }

    private List<Integer> group(Dimension.Group group) {
        if (group.given().isPresent()) {
            String option = options.getOrDefault(Printer.print(group.given().get()), "");
            return List.of(option.replaceAll("[\\[\\] ]", "").split(",")).stream()
                    .filter(text -> text.matches("[0-9]+"))
                    .map(Integer::valueOf)
                    .toList();
        }
        return some(group.size());
    }

    /** The extents of any number of dimensions. */
    private List<Integer> some(Expr.Name group) {
        return extents.computeIfAbsent(
                group.name() + "...",
                _ -> IntStream.range(0, random.nextInt(3))
                        .mapToObj(_ -> extent())
                        .toList());
    }

    /** One that no other size has, as long as there are some; seldom 1, and that of another size if some may repeat. */
    private int extent() {
        if (random.nextInt(12) == 0) {
            return 1;
        }
        List<Integer> used =
                EXTENTS.stream().filter(extent -> !unused.contains(extent)).toList();
        if (repeats && !used.isEmpty() && random.nextBoolean()) {
            return one(used);
        }
        return unused.isEmpty() ? one(EXTENTS) : unused.remove(/* index */ random.nextInt(Math.min(3, unused.size())));
    }

    /** A tensor that broadcasts is now and then smaller than what it is expanded to. */
    private Shape smaller(Declaration input, Shape shape) {
        if (!input.broadcast() || random.nextBoolean()) {
            return shape;
        }
        List<Integer> dims = new ArrayList<>(shape.dims());
        dims.replaceAll(dim -> random.nextBoolean() ? 1 : dim);
        return new Shape(dims.subList(random.nextInt(dims.size() + 1), dims.size()));
    }

    /** Takes the extents of sizes from a shape that is given. */
    private void fit(Declaration input, Map<String, Shape> given) {
        Shape shape = given.get(input.name());
        List<Dimension> dimensions = input.dimensions();
        if (shape == null || shape.rank() < dimensions.size() - 1) {
            return;
        }
        int surplus = shape.rank() - dimensions.size();
        int at = 0;
        for (Dimension dimension : dimensions) {
            int taken = dimension instanceof Dimension.Group || (dimension instanceof Dimension.Maybe && surplus < 0)
                    ? 1 + surplus
                    : 1;
            if (at + taken > shape.rank()) {
                return;
            }
            extents.put(key(dimension), shape.dims().subList(at, at + taken));
            at += taken;
        }
    }

    private static String key(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var _) -> Printer.print(size);
            case Dimension.Maybe(Expr.Name size, var _) -> size.name() + "?";
            case Dimension.At(Expr.Name size, var _, var _) -> size.name();
            case Dimension.Group group -> group.size().name() + "...";
            case Dimension.Listed(Expr.Name size, var _, var _) -> size.name() + "...";
            case Dimension.Shaped(Expr.Name size, var _, var _) -> size.name() + "...";
            case Dimension.When when -> key(when.of());
        };
    }
}
