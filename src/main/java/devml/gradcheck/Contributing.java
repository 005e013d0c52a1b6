package devml.gradcheck;

import devml.layer.Definition;
import devml.notation.Abbreviation;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.notation.Template;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the equations from which a gradient comes: those that set it, and those of all that these read. */
final class Contributing {
    private final Map<String, Expr> shortNames = new HashMap<>();

    /** What has a part in the gradient: tensors by their stems, and short names. */
    private final Set<String> needed = new HashSet<>();

    private Contributing(Definition definition) {
        for (Abbreviation line : definition.where()) {
            line.names().forEach(name -> shortNames.put(name.name(), line.value()));
        }
    }

    /**
     * Those of some equations that have a part in a gradient, in their order.
     *
     * @param gradient its name in the definition, with the number of the member if it is a family's
     */
    static List<Equation> to(String gradient, Definition definition, List<Equation> equations) {
        Contributing contributing = of(gradient, definition);
        int before;
        do { // in a loop, an equation may read what a later one adds in another step
            before = contributing.needed.size();
            equations.stream()
                    .filter(contributing::isNeeded)
                    .forEach(equation -> Subexpressions.walk(equation, contributing::need));
        } while (contributing.needed.size() > before);
        return equations.stream().filter(contributing::isNeeded).toList();
    }

    /** Whether one of some equations sets a gradient, be it only with other options or data. */
    static boolean sets(String gradient, Definition definition, List<Equation> equations) {
        return equations.stream().anyMatch(of(gradient, definition)::isNeeded);
    }

    private static Contributing of(String gradient, Definition definition) {
        Contributing contributing = new Contributing(definition);
        contributing.needed.add(gradient.replaceFirst("\\.[0-9]+$", ""));
        return contributing;
    }

    private void need(Expr e) {
        if (e instanceof Expr.Access access) {
            needed.add(Template.stem(access.tensor()));
        }
        if (e instanceof Expr.Name name && shortNames.containsKey(name.name()) && needed.add(name.name())) {
            Subexpressions.walk(shortNames.get(name.name()), this::need);
        }
    }

    private boolean isNeeded(Equation equation) {
        String target = equation.target().tensor();
        return needed.contains(Template.stem(target)) || needed.contains(target.replaceFirst("\\..*", ""));
    }
}
