package devml.report;

import devml.adjoint.EquationResult;
import devml.adjoint.Finding;
import devml.fault.Fault;
import devml.layer.Definition;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.Subexpressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says in words what the check of a backward equation found: in one line, and in full. */
final class EquationFinding {

    private EquationFinding() {}

    /** One line, without the gradient's name. */
    static String sentence(EquationResult result) {
        if (result.equations().isEmpty()) {
            return "no backward equation sets " + bare(result);
        }
        if (result.finding().isEmpty()) {
            return result.entries() > 0
                    ? result.entries() + " entries are the derivative of the forward equations"
                    : "nowhere could an entry be compared: the forward equations have no finite derivative there";
        }
        Finding finding = result.finding().get();
        return "%s is %s, but %s"
                .formatted(
                        entry(result, finding),
                        Decimals.exact(finding.value()),
                        finding.isConvention()
                                ? "at this kink the forward equations mean " + Decimals.exact(finding.derivative())
                                : "the derivative of the forward equations is " + Decimals.exact(finding.derivative()));
    }

    /** The finding, a line a fact. */
    static List<String> details(EquationResult result) {
        List<String> lines = new ArrayList<>();
        result.equations()
                .forEach(
                        equation -> lines.add("equation    " + equation.target().place() + ": " + equation));
        result.finding().ifPresent(finding -> {
            lines.add("entry       " + entry(result, finding));
            lines.add("value       " + Decimals.exact(finding.value()));
            lines.add("derivative  " + Decimals.exact(finding.derivative())
                    + (finding.isConvention() ? ", by the convention of the forward equations" : ""));
            lines.add("found at    " + finding.probe().setting());
            lines.add("            " + finding.probe().kind());
        });
        derived(result).forEach(line -> lines.add("derived     " + line));
        return lines;
    }

    private static String entry(EquationResult result, Finding finding) {
        return result.gradient() + (finding.index().isEmpty() ? "" : finding.index());
    }

    /** The gradient's name in its definition. */
    private static String bare(EquationResult result) {
        int layer = result.gradient().lastIndexOf(".d");
        return result.gradient().substring(layer + 1);
    }

    /** The equations that follow for the gradient from the forward ones, with those of the locals that they read. */
    static List<String> derived(EquationResult result) {
        try {
            return Alignment.equations(needed(result.definition(), bare(result)));
        } catch (Fault fault) {
            return List.of("(" + fault.getMessage() + ")");
        }
    }

    private static List<Equation> needed(Definition definition, String gradient) {
        Set<String> tensors = new HashSet<>(Set.of(gradient.replaceFirst("\\.[0-9]+$", "")));
        List<Equation> derived = definition.derive();
        int before;
        do { // in a loop, an equation may read what a later one adds in another step
            before = tensors.size();
            derived.stream()
                    .filter(equation -> isNeeded(equation, tensors))
                    .forEach(equation -> Subexpressions.walk(equation, e -> {
                        if (e instanceof Expr.Access access) {
                            tensors.add(access.tensor());
                        }
                    }));
        } while (tensors.size() > before);
        return derived.stream().filter(equation -> isNeeded(equation, tensors)).toList();
    }

    private static boolean isNeeded(Equation equation, Set<String> tensors) {
        String target = equation.target().tensor();
        return tensors.contains(target) || tensors.contains(target.replaceFirst("\\..*", ""));
    }
}
