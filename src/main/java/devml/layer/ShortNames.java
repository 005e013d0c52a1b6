package devml.layer;

import devml.notation.Abbreviation;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.notation.Template;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which short names some equations need to be understood. */
public final class ShortNames {
    private ShortNames() {}

    /**
     * The lines of {@code where} that the equations use, directly or by way of other lines, in the order of the
     * definition. Lines that set sizes are left out: those are numbers once a layer is bound.
     */
    public static List<Abbreviation> used(Definition definition, List<Equation> equations) {
        Set<String> names = new HashSet<>();
        equations.forEach(equation -> Subexpressions.walk(equation, part -> collect(part, names)));
        int before;
        do {
            before = names.size();
            definition.where().stream()
                    .filter(line -> isUsed(line, names))
                    .forEach(line -> Subexpressions.walk(line.value(), part -> collect(part, names)));
        } while (names.size() > before);
        return definition.where().stream().filter(line -> isUsed(line, names)).toList();
    }

    private static boolean isUsed(Abbreviation line, Set<String> names) {
        return line.names().stream().anyMatch(name -> names.contains(name.name()) && !Sizes.isSize(name.name()));
    }

    private static void collect(Expr part, Set<String> names) {
        if (part instanceof Expr.Name name) {
            names.add(name.name());
        } else if (part instanceof Expr.Access access) {
            names.addAll(Template.names(access.tensor()));
        }
    }
}
