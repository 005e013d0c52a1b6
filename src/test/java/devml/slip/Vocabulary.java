package devml.slip;

import devml.layer.Definition;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What may be confused in a definition: its sizes, and its tensors of equal rank.
 *
 * @param sizes in the order in which the definition names them
 * @param tensors by the number of subscripts, likewise
 */
record Vocabulary(List<String> sizes, Map<Integer, List<String>> tensors) {

    static Vocabulary of(Definition definition) {
        Set<String> sizes = new LinkedHashSet<>();
        Map<Integer, Set<String>> tensors = new LinkedHashMap<>();
        for (Declaration tensor : definition.tensors()) {
            tensor.dimensions()
                    .forEach(dimension -> walk(dimension, e -> {
                        if (e instanceof Expr.Name(String name, var _) && isSize(name)) {
                            sizes.add(name);
                        }
                    }));
        }
        for (Abbreviation line : definition.where()) {
            line.names().stream()
                    .map(Expr.Name::name)
                    .filter(Vocabulary::isSize)
                    .forEach(sizes::add);
            Subexpressions.walk(line.value(), e -> collect(e, tensors));
        }
        for (Equation equation : definition.equations()) {
            Subexpressions.walk(equation, e -> collect(e, tensors));
        }
        Map<Integer, List<String>> lists = new LinkedHashMap<>();
        tensors.forEach((rank, names) -> lists.put(rank, List.copyOf(names)));
        return new Vocabulary(List.copyOf(sizes), lists);
    }

    /** The short names and sizes that equations, shapes and requirements depend on. */
    static Set<String> namesInUse(Definition definition) {
        Set<String> used = new LinkedHashSet<>();
        Consumer<Expr> seen = e -> {
            switch (e) {
                case Expr.Name(String name, var _) -> use(name, used);
                case Expr.Access access -> Template.names(access.tensor()).forEach(name -> use(name, used));
                default -> {}
            }
        };
        for (Equation equation : definition.equations()) {
            Subexpressions.walk(equation, seen);
        }
        for (Declaration tensor : definition.tensors()) {
            Template.names(tensor.name()).forEach(used::add);
            tensor.optional().flatMap(Declaration.Presence::condition).ifPresent(c -> Subexpressions.walk(c, seen));
            tensor.range().ifPresent(range -> {
                Subexpressions.walk(range.size(), seen);
                range.other().ifPresent(other -> Subexpressions.walk(other, seen));
                range.condition().ifPresent(condition -> Subexpressions.walk(condition, seen));
            });
            tensor.reduced().ifPresent(reduced -> Subexpressions.walk(reduced.total(), seen));
            tensor.dimensions().forEach(dimension -> walk(dimension, seen));
        }
        definition.require().forEach(requirement -> Subexpressions.walk(requirement.condition(), seen));
        int before;
        do {
            before = used.size();
            for (Abbreviation line : definition.where()) {
                if (line.names().stream().map(Expr.Name::name).anyMatch(used::contains)) {
                    Subexpressions.walk(line.value(), seen);
                }
            }
        } while (used.size() > before);
        return used;
    }

    /** An index uses its size too. */
    private static void use(String name, Set<String> used) {
        used.add(name);
        used.add(name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1).replace("'", ""));
    }

    private static void walk(Dimension dimension, Consumer<Expr> seen) {
        switch (dimension) {
            case Dimension.Single(Expr size, var _) -> Subexpressions.walk(size, seen);
            case Dimension.Maybe(Expr.Name size, var _) -> seen.accept(size);
            case Dimension.At(Expr.Name size, Expr axis, var _) -> {
                seen.accept(size);
                Subexpressions.walk(axis, seen);
            }
            case Dimension.Group group -> {
                seen.accept(group.size());
                group.axes().ifPresent(axes -> {
                    Subexpressions.walk(axes.first(), seen);
                    Subexpressions.walk(axes.last(), seen);
                });
                group.given().ifPresent(given -> Subexpressions.walk(given, seen));
            }
            case Dimension.Listed(Expr.Name size, Expr axes, var _) -> {
                seen.accept(size);
                Subexpressions.walk(axes, seen);
            }
            case Dimension.Shaped(Expr.Name size, Expr shape, var _) -> {
                seen.accept(size);
                Subexpressions.walk(shape, seen);
            }
            case Dimension.When when -> {
                Subexpressions.walk(when.condition(), seen);
                walk(when.of(), seen);
            }
        }
    }

    static boolean isSize(String name) {
        return Character.isUpperCase(name.charAt(0));
    }

    private static void collect(Expr e, Map<Integer, Set<String>> tensors) {
        if (e instanceof Expr.Access access) {
            tensors.computeIfAbsent(access.subscripts().size(), _ -> new LinkedHashSet<>())
                    .add(access.tensor());
        }
    }

    /** The size that is taken for this one. */
    Optional<String> otherSize(String size) {
        return after(size, sizes);
    }

    /** The tensor of as many dimensions that is taken for this one. */
    Optional<String> otherTensor(String tensor, int rank) {
        return after(tensor, tensors.getOrDefault(rank, List.of()));
    }

    /** The name behind this one, behind the last the first. */
    static Optional<String> after(String name, List<String> names) {
        List<String> others = new ArrayList<>(names);
        int at = others.indexOf(name);
        return at < 0 || others.size() < 2 ? Optional.empty() : Optional.of(others.get((at + 1) % others.size()));
    }
}
