package devml.layer;

import devml.equation.Cond;
import devml.fault.Fault;
import devml.layer.Scope.Part;
import devml.notation.Abbreviation;
import devml.notation.Expr;
import devml.tensor.Shape;
import java.util.List;

/** Works out the sizes that lines of {@code where} define, such as the height of a convolution's output. */
final class DefinedSizes {
    private final Definition definition;
    private final Sizes sizes;
    private final Lowering constants;
    private final Members members;

    DefinedSizes(Definition definition, Sizes sizes, Lowering constants, Members members) {
        this.definition = definition;
        this.sizes = sizes;
        this.constants = constants;
        this.members = members;
    }

    /**
     * Works out and binds all defined sizes, in the order of their lines.
     *
     * @throws Fault if one comes out negative, as more than a tensor can have, or as 0 where that is not meant
     */
    void declare() {
        for (Abbreviation line : definition.where()) {
            for (int i = 0; i < line.names().size(); i++) {
                Expr.Name size = line.names().get(i);
                if (Sizes.isSize(size.name())) {
                    Part part = new Part(i, line.names().size());
                    members.forEach(size.name(), name -> declare(size, name, line, part));
                }
            }
        }
    }

    private void declare(Expr.Name size, String name, Abbreviation line, Part part) {
        sizes.metEmpty(); // forget empty sizes that another formula met
        long value = constants.size(line.value(), part);
        boolean isExhausted = value == 0 && !sizes.metEmpty() && !isMeant(line.value(), part);
        if (value < 0 || value > Shape.MAX_SIZE || isExhausted) {
            String why = value > Shape.MAX_SIZE ? " (a tensor has at most %d elements)".formatted(Shape.MAX_SIZE) : "";
            throw Fault.at(
                    size.place(), "%s comes out as %d%s by '%s'%s".formatted(name, value, why, line, sizes.describe()));
        }
        sizes.set(name, List.of((int) value), size.place());
    }

    /**
     * Whether a size of 0 is meant. It is if an option gives it, or if {@code max(…, 0)} does; any other formula that
     * yields 0 though no size in it is 0 has run out of elements.
     */
    private boolean isMeant(Expr value, Part part) {
        if (!(value instanceof Expr.Call(String function, List<Expr> arguments, var _))) {
            return value instanceof Expr.Name;
        }
        return switch (function) {
            case "item" -> isMeant(arguments.getFirst(), part);
            case "max" -> arguments.getLast() instanceof Expr.Whole(long least, var _) && least == 0;
            case "where" ->
                isMeant(
                        arguments.get(
                                constants.truth(arguments.getFirst(), part).equals(Cond.TRUE) ? 1 : 2),
                        part);
            case String _ -> false;
        };
    }
}
