package devml.layer;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds local tensors that nothing reads. What is set for nobody is a misspelt name, most often of a gradient, which
 * would lack this equation's part without a word.
 */
final class Unread {
    private Unread() {}

    /**
     * Checks a definition.
     *
     * @throws Fault at the first equation of a local tensor that no equation, short name or loss reads
     */
    static void check(Definition definition) {
        Set<String> read = new HashSet<>();
        List<Equation> equations = Stream.of(definition.forward(), definition.backward(), definition.update())
                .flatMap(List::stream)
                .toList();
        equations.forEach(equation -> {
            equation.target().subscripts().forEach(subscript -> collect(subscript, read));
            collect(equation.value(), read);
            equation.condition().ifPresent(condition -> collect(condition, read));
        });
        definition.where().forEach(line -> collect(line.value(), read));
        Set<String> declared = new HashSet<>();
        List<String> writable = new ArrayList<>();
        for (Declaration tensor : definition.tensors()) {
            declared.add(Template.stem(tensor.name()));
            writable.add(tensor.role() == Declaration.Role.OUTPUT ? tensor.name() : "d" + tensor.name());
            tensor.reduced().ifPresent(reduced -> {
                collect(reduced.elements(), read);
                collect(reduced.total(), read);
            });
        }
        for (Equation equation : equations) {
            String name = Template.stem(equation.target().tensor());
            boolean isGradient = name.startsWith("d")
                    && (declared.contains(name.substring(1)) || isTarget(equations, name.substring(1)));
            if (!declared.contains(name) && !isGradient && !read.contains(name)) {
                throw Fault.at(
                        equation.target().place(),
                        "%s is set, but never read%s"
                                .formatted(equation.target().tensor(), Nearest.hint(name, writable)));
            }
        }
    }

    private static boolean isTarget(List<Equation> equations, String name) {
        return equations.stream()
                .anyMatch(e -> Template.stem(e.target().tensor()).equals(name));
    }

    private static void collect(Expr e, Set<String> read) {
        Subexpressions.walk(e, part -> {
            if (part instanceof Expr.Access access) {
                read.add(Template.stem(access.tensor()));
            }
        });
    }
}
