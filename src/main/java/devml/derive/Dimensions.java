package devml.derive;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Equation;
import devml.notation.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sizes of the dimensions of tensors: as they are declared, or by the indices that declare a local. */
final class Dimensions {
    private final Names names;
    private final Map<String, List<Expr>> sizes = new HashMap<>();

    Dimensions(Names names, Forward forward) {
        this.names = names;
        for (Equation equation : forward.equations()) {
            List<Expr> local = new ArrayList<>();
            for (Expr subscript : equation.target().subscripts()) {
                local.add(
                        subscript instanceof Expr.Name name
                                ? new Expr.Name(Names.sizeOf(name.name()), name.span())
                                : subscript);
            }
            sizes.putIfAbsent(equation.target().tensor(), local);
        }
        for (Declaration tensor : forward.tensors()) {
            sizes.put(
                    tensor.name(),
                    tensor.dimensions().stream().map(Dimensions::size).toList());
        }
    }

    private static Expr size(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Single(Expr size, var _) -> size;
            case Dimension.Maybe(Expr.Name size, var _) -> size;
            case Dimension.At(Expr.Name size, var _, var _) -> size;
            case Dimension.Group group -> group.size();
        };
    }

    /** The size of the i-th dimension of the tensor that is accessed. */
    Expr size(Expr.Access access, int i) {
        List<Expr> known = sizes.getOrDefault(access.tensor(), List.of());
        if (i >= known.size()) {
            throw Fault.at(access.place(), access.tensor() + " has no dimension " + i);
        }
        return known.get(i);
    }

    /** Whether a subscript is a position in a dimension of that size, which may leave it. */
    boolean isPosition(Expr subscript, Expr size) {
        return names.isPosition(subscript)
                && size instanceof Expr.Name name
                && Names.sizeOf(((Expr.Name) subscript).name()).equals(name.name());
    }
}
