package devml.layer;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Expr;
import devml.notation.Reduction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds names with two meanings, when a definition is read. Tensors have a name space of their own, since they bear
 * brackets; indices, sizes, options, short names, functions and constants share one.
 */
final class Clashes {
    static final List<String> CONSTANTS = List.of("inf", "pi", "true", "false", "training", "none");

    private final Map<String, String> meanings = new HashMap<>();

    private Clashes() {}

    /**
     * Checks the names of a definition.
     *
     * @param options the place of each option's name
     * @throws Fault at the second meaning of a name
     */
    static void check(Map<String, Place> options, List<Declaration> tensors, List<Abbreviation> where) {
        checkTensors(tensors);
        Clashes clashes = new Clashes();
        CONSTANTS.forEach(name -> clashes.meanings.put(name, "a constant"));
        Set<String> sizes = sizes(tensors, where);
        options.forEach((name, place) -> {
            clashes.add(name, "an option", place);
            if (sizes.contains(name)) {
                throw clash(name, "a size", place);
            }
            if (sizes.contains(Scope.sizeOf(name))) {
                throw clash(name, "the index over " + Scope.sizeOf(name), place);
            }
        });
        // An option may be called like a function, as PyTorch's clamp has min and max: only functions are followed
        // by '('.
        Functions.NAMES.forEach(name -> clashes.meanings.putIfAbsent(name, "a function"));
        Arrays.stream(Reduction.values()).forEach(r -> clashes.meanings.putIfAbsent(r.text(), "a reduction"));
        for (Abbreviation line : where) {
            line.names().forEach(name -> clashes.add(name.name(), "a short name", name.place()));
        }
    }

    private void add(String name, String meaning, Place place) {
        String before = meanings.putIfAbsent(name, meaning);
        if (before != null) {
            throw clash(name, before, place);
        }
    }

    private static Fault clash(String name, String before, Place place) {
        return Fault.at(place, "'" + name + "' is " + before + " already");
    }

    private static void checkTensors(List<Declaration> tensors) {
        Set<String> names = new HashSet<>();
        for (Declaration tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw Fault.at(tensor.span().place(), "the tensor '" + tensor.name() + "' is declared twice");
            }
        }
        for (Declaration tensor : tensors) {
            if (names.contains("d" + tensor.name())) {
                throw Fault.at(
                        tensor.span().place(),
                        "d%s would be the gradient of %s, but is declared as a tensor of its own"
                                .formatted(tensor.name(), tensor.name()));
            }
        }
    }

    /** The sizes that declarations and lines of {@code where} name. */
    private static Set<String> sizes(List<Declaration> tensors, List<Abbreviation> where) {
        Set<String> sizes = new HashSet<>();
        tensors.forEach(tensor -> tensor.dimensions().forEach(dimension -> addSizes(dimension, sizes)));
        where.forEach(line -> line.names().forEach(name -> sizes.add(name.name())));
        sizes.removeIf(name -> !Sizes.isSize(name) || !name.equals(name.toUpperCase(Locale.ROOT)));
        return sizes;
    }

    private static void addSizes(Dimension dimension, Set<String> sizes) {
        switch (dimension) {
            case Dimension.Single(Expr size, var _) ->
                Sizes.factors(size).forEach(factor -> {
                    if (factor instanceof Expr.Name name) {
                        sizes.add(name.name());
                    }
                });
            case Dimension.Maybe(Expr.Name size, var _) -> sizes.add(size.name());
            case Dimension.At(Expr.Name size, var _, var _) -> sizes.add(size.name());
            case Dimension.Group group -> sizes.add(group.size().name());
            case Dimension.Listed(Expr.Name size, var _, var _) -> sizes.add(size.name());
            case Dimension.Shaped(Expr.Name size, var _, var _) -> sizes.add(size.name());
            case Dimension.When when -> addSizes(when.of(), sizes);
        }
    }
}
