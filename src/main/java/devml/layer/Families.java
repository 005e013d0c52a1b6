package devml.layer;

import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.notation.Template;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Families of tensors: {@code x.q} stands for any number of them, {@code q} for the number of one. Tells which equations
 * speak of the members, so that there is one for each.
 */
public final class Families {
    private Families() {}

    /** Whether the equation names the family's index, or a member by it, outside of reductions over it. */
    static boolean mentions(Equation equation, String index) {
        return mentions(equation.target(), index)
                || mentions(equation.value(), index)
                || equation.condition().map(c -> mentions(c, index)).orElse(false);
    }

    private static boolean mentions(Expr e, String index) {
        return switch (e) {
            case Expr.Whole _, Expr.Decimal _, Expr.Word _ -> false;
            case Expr.Name name -> isMember(name.name(), index);
            case Expr.Access access -> isMember(access.tensor(), index) || any(access.subscripts(), index);
            case Expr.OrElse orElse -> mentions(orElse.access(), index) || mentions(orElse.otherwise(), index);
            case Expr.Unary unary -> mentions(unary.operand(), index);
            case Expr.Binary binary -> mentions(binary.left(), index) || mentions(binary.right(), index);
            case Expr.Compare compare -> any(compare.operands(), index);
            case Expr.Call call -> any(call.arguments(), index);
            case Expr.Reduce reduce ->
                reduce.indices().stream().noneMatch(i -> i.name().equals(index))
                        && (mentions(reduce.body(), index)
                                || reduce.guard().map(g -> mentions(g, index)).orElse(false));
            case Expr.Tuple tuple -> any(tuple.items(), index);
        };
    }

    private static boolean any(List<Expr> exprs, String index) {
        return exprs.stream().anyMatch(e -> mentions(e, index));
    }

    private static boolean isMember(String name, String index) {
        return name.equals(index)
                || name.endsWith("." + index)
                || Template.names(name).contains(index);
    }

    /** The indices by which a definition names members of families, of tensors or sizes. */
    static Set<String> indices(Definition definition) {
        Set<String> names = new LinkedHashSet<>();
        definition.tensors().forEach(tensor -> names.addAll(named(definition, tensor.name())));
        definition.where().forEach(line -> line.names().forEach(name -> names.addAll(named(definition, name.name()))));
        definition
                .equations()
                .forEach(equation ->
                        names.addAll(named(definition, equation.target().tensor())));
        Set<String> indices = new LinkedHashSet<>();
        names.forEach(name -> resolve(definition, name, indices));
        return indices;
    }

    /** The indices of the families of which the name of a tensor or size speaks. */
    static Set<String> indicesOf(Definition definition, String name) {
        Set<String> indices = new LinkedHashSet<>();
        named(definition, name).forEach(part -> resolve(definition, part, indices));
        return indices;
    }

    /** What a name holds besides letters: the dot in a parameter's name, as in {@code out_proj.weight}, makes no family. */
    private static List<String> named(Definition definition, String name) {
        if (name.indexOf('.') < 0 && !Template.isTemplate(name)) {
            return List.of();
        }
        boolean isPlain = definition.tensors().stream()
                .filter(t -> t.role() == Declaration.Role.PARAM || t.role() == Declaration.Role.BUFFER)
                .anyMatch(t -> name.equals(t.name()) || name.equals("d" + t.name()));
        Optional<String> index = isPlain ? Optional.empty() : indexOf(name);
        return index.map(List::of).orElseGet(() -> Template.names(name));
    }

    /** A name in a template is an index, a size, an option, or a short name for something that indices decide. */
    private static void resolve(Definition definition, String name, Set<String> indices) {
        List<Abbreviation> lines = definition.where().stream()
                .filter(line -> line.names().stream().anyMatch(n -> n.name().equals(name)))
                .toList();
        lines.forEach(line -> Subexpressions.walk(line.value(), part -> {
            if (part instanceof Expr.Name(String inner, var _) && !inner.equals(name)) {
                resolve(definition, inner, indices);
            } else if (part instanceof Expr.Word(String word, var _)) {
                Template.names(word).forEach(inner -> resolve(definition, inner, indices));
            }
        }));
        boolean isIndex = lines.isEmpty()
                && !Sizes.isSize(name)
                && !definition.options().containsKey(name)
                && !Clashes.CONSTANTS.contains(name);
        if (isIndex) {
            indices.add(name.replace("'", ""));
        }
    }

    /** Whether a tensor of this name was declared, or is a member of a family that was. */
    static boolean isDeclaredAs(String name, String declared) {
        return name.equals(declared)
                || (indexOf(declared).isPresent()
                        ? name.startsWith(declared.substring(0, declared.indexOf('.') + 1))
                        : Template.matches(declared, name));
    }

    /** The index by which a declaration's name makes it a family: {@code q} for {@code x.q}. */
    public static Optional<String> indexOf(String declared) {
        int dot = declared.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(declared.substring(dot + 1));
    }
}
