package devml.layer;

import devml.derive.Spelling;
import devml.fault.Fault;
import devml.fault.Nearest;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import devml.notation.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds local tensors that nothing reads, and declared ones that nothing sets. What is set for nobody is a misspelt name,
 * most often of a gradient, which would lack this equation's part without a word.
 */
final class UnusedLocals {
    private final List<Abbreviation> where;
    private final Set<String> read = new HashSet<>();

    private UnusedLocals(List<Abbreviation> where) {
        this.where = where;
    }

    /**
     * Checks a definition.
     *
     * @param complete the same with backward equations, also if these were derived: they may read what was written, while
     *     what they set themselves is nobody's mistake
     * @throws Fault at the first equation of a local tensor that no equation, short name or loss reads, or at the first
     *     declaration of one that no equation sets
     */
    static void check(Definition written, Definition complete) {
        new UnusedLocals(complete.where()).checkAll(written, complete);
    }

    private void checkAll(Definition written, Definition definition) {
        List<Equation> equations = definition.equations();
        equations.forEach(equation -> {
            equation.target().subscripts().forEach(this::collect);
            collect(equation.value());
            equation.condition().ifPresent(this::collect);
        });
        definition.where().forEach(line -> collect(line.value()));
        Set<String> declared = new HashSet<>();
        List<String> writable = new ArrayList<>();
        for (Declaration tensor : definition.tensors()) {
            if (tensor.role() == Declaration.Role.LOCAL) {
                requireTarget(equations, tensor);
            } else {
                declared.addAll(stems(tensor.name()));
            }
            writable.add(tensor.role() == Declaration.Role.OUTPUT ? tensor.name() : "d" + tensor.name());
            tensor.reduced().ifPresent(reduced -> {
                collect(reduced.elements());
                collect(reduced.total());
            });
        }
        for (Equation equation : written.equations()) {
            List<String> names = stems(equation.target().tensor());
            boolean isGradient = names.stream()
                    .anyMatch(name -> name.startsWith("d")
                            && (declared.contains(name.substring(1)) || isTarget(equations, name.substring(1))));
            if (!isGradient && names.stream().noneMatch(name -> declared.contains(name) || read.contains(name))) {
                throw Fault.at(
                        equation.target().place(),
                        "%s is set, but never read%s"
                                .formatted(equation.target().tensor(), Nearest.guess(names.getFirst(), writable)));
            }
        }
    }

    private void requireTarget(List<Equation> equations, Declaration local) {
        if (stems(local.name()).stream().noneMatch(name -> isTarget(equations, name))) {
            List<String> targets =
                    equations.stream().map(e -> e.target().tensor()).toList();
            throw Fault.at(
                    local.span().place(),
                    "%s is declared, but no equation sets it%s"
                            .formatted(local.name(), Nearest.guess(local.name(), targets)));
        }
    }

    private boolean isTarget(List<Equation> equations, String name) {
        return equations.stream().anyMatch(e -> stems(e.target().tensor()).contains(name));
    }

    private void collect(Expr e) {
        Subexpressions.walk(e, part -> {
            if (part instanceof Expr.Access access) {
                read.addAll(stems(access.tensor()));
            }
        });
    }

    /** What a tensor is called: the same for all ways to speak of a member. */
    private List<String> stems(String tensor) {
        return Spelling.names(where, tensor).stream().map(Template::stem).toList();
    }
}
