package devml.derive;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sizes of the dimensions of tensors: as they are declared, or by the indices that declare a local. */
final class Dimensions {
    private final DefinitionNames names;
    private final Map<String, List<Expr>> sizes = new HashMap<>();
    private final Map<String, Span> places = new HashMap<>();

    Dimensions(DefinitionNames names, Forward forward) {
        this.names = names;
        for (Equation equation : forward.equations()) {
            List<Expr> local = new ArrayList<>();
            for (Expr subscript : equation.target().subscripts()) {
                local.add(
                        subscript instanceof Expr.Name name
                                ? new Expr.Name(DefinitionNames.sizeOf(name.name()), name.span())
                                : subscript);
            }
            sizes.putIfAbsent(DefinitionNames.stem(equation.target().tensor()), local);
        }
        for (Declaration tensor : forward.tensors()) {
            places.put(tensor.name(), tensor.span());
            sizes.put(
                    DefinitionNames.stem(tensor.name()),
                    tensor.dimensions().stream().map(Dimensions::size).toList());
        }
    }

    private static Expr size(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var _) -> size;
            case Dimension.Maybe(Expr.Name size, var _) -> size;
            case Dimension.At(Expr.Name size, var _, var _) -> size;
            case Dimension.Group group -> group.size();
            case Dimension.Listed(Expr.Name size, var _, var _) -> size;
            case Dimension.Shaped(Expr.Name size, var _, var _) -> size;
            case Dimension.When when -> size(when.of());
        };
    }

    /** The size of the i-th dimension of the tensor that is accessed. */
    Expr size(Expr.Access access, int i) {
        List<Expr> known = sizes.getOrDefault(DefinitionNames.stem(access.tensor()), List.of());
        if (i >= known.size()) {
            throw Fault.at(access.place(), access.tensor() + " has no dimension " + i);
        }
        return known.get(i);
    }

    /** Any element of a tensor, each subscript an index of its own; nothing where a dimension is a product of sizes. */
    Optional<Expr.Access> element(String tensor) {
        List<Expr> subscripts = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (Expr size : sizes.get(DefinitionNames.stem(tensor))) {
            if (!(size instanceof Expr.Name name)) {
                return Optional.empty();
            }
            int dot = name.name().indexOf('.');
            String stem = dot < 0 ? name.name() : name.name().substring(0, dot);
            String index = stem.toLowerCase(Locale.ROOT) + name.name().substring(stem.length());
            if (names.isShort(index)) {
                used.add(index); // a position, which the bare index is not
            }
            Expr.Name prime = Substitution.prime(new Expr.Name(index, size.span()), used);
            used.add(prime.name());
            subscripts.add(prime);
        }
        return Optional.of(new Expr.Access(tensor, subscripts, places.get(tensor)));
    }

    /** Whether a subscript is a position in a dimension of that size, which may leave it. */
    boolean isPosition(Expr subscript, Expr size) {
        return names.isPosition(subscript)
                && size instanceof Expr.Name name
                && DefinitionNames.sizeOf(((Expr.Name) subscript).name()).equals(name.name());
    }
}
