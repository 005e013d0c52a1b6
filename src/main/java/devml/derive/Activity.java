package devml.derive;

import devml.fault.Fault;
import devml.notation.Declaration;
import devml.notation.Declaration.Role;
import devml.notation.Equation;
import devml.notation.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tensors a gradient flows to: inputs and parameters of real numbers, and what forward equations compute from
 * them. Subscripts, conditions and integers carry none.
 */
final class Activity {
    private final DefinitionNames names;
    private final Set<String> tensors = new HashSet<>();

    Activity(DefinitionNames names, Forward forward) {
        this.names = names;
        for (Declaration tensor : forward.tensors()) {
            boolean hasGradient = tensor.role() == Role.INPUT || tensor.role() == Role.PARAM;
            if (hasGradient && !tensor.holdsIntegers()) {
                tensors.add(DefinitionNames.stem(tensor.name()));
            }
        }
        int before;
        do { // in a loop, an equation may read what a later one sets in another step
            before = tensors.size();
            for (Equation equation : forward.equations()) {
                if (isActive(equation.value())) {
                    tensors.add(DefinitionNames.stem(equation.target().tensor()));
                }
            }
        } while (tensors.size() > before);
    }

    boolean isActive(String tensor) {
        return tensors.contains(DefinitionNames.stem(tensor));
    }

    /** Whether some access in the expression has a gradient. */
    boolean isActive(Expr e) {
        return switch (e) {
            case Expr.Access access -> isActive(access.tensor());
            case Expr.OrElse orElse -> isActive(orElse.access()) || isActive(orElse.otherwise());
            case Expr.Name name ->
                names.isShort(name.name())
                        && names.meaning(name).map(this::isActive).orElseGet(() -> refuseActive(name));
            case Expr.Unary _, Expr.Binary _, Expr.Call _ ->
                !Rules.partials(e, this::isActive)
                        .orElseThrow(() -> unknown((Expr.Call) e))
                        .isEmpty();
            case Expr.Reduce reduce -> Rules.isSmooth(reduce.reduction()) && isActive(reduce.body());
            case Expr.Tuple tuple -> tuple.items().stream().anyMatch(this::isActive);
            case Expr.Whole _, Expr.Decimal _, Expr.Word _, Expr.Compare _ -> false;
        };
    }

    /** How many accesses in the expression have a gradient. */
    int occurrences(Expr e) {
        return switch (e) {
            case Expr.Name name
            when isActive(e) -> names.meaning(name).map(this::occurrences).orElse(0);
            case Expr.Access _ -> isActive(e) ? 1 : 0;
            case Expr other
            when isActive(other) ->
                Trees.children(other).stream().mapToInt(this::occurrences).sum();
            case Expr _ -> 0;
        };
    }

    /** An item of a pair that is not written as one: fine as long as no gradient has to go through it. */
    private boolean refuseActive(Expr.Name name) {
        if (isActive(names.pair(name))) {
            throw Fault.at(
                    name.place(),
                    "'" + name.name() + "' is an item of a pair through which no gradient can be derived; "
                            + "write its formula for itself");
        }
        return false;
    }

    private static Fault unknown(Expr.Call call) {
        List<String> known = Rules.functions();
        return Fault.at(
                call.place(),
                "there is no function '" + call.function() + "'" + devml.fault.Nearest.hint(call.function(), known));
    }
}
