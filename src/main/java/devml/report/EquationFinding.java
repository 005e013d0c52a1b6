package devml.report;

import devml.fault.Fault;
import devml.gradcheck.EquationResult;
import devml.gradcheck.Finding;
import devml.notation.Equation;
import java.util.ArrayList;
import java.util.List;

/** Describes in words what the check of a backward equation found, in one line or in detail. */
final class EquationFinding {

    private EquationFinding() {}

    /** Describes the result in one line, without the gradient's name. */
    static String sentence(EquationResult result) {
        if (result.isUnset()) {
            return "no backward equation sets " + result.name();
        }
        if (result.finding().isEmpty()) {
            if (result.entries() > 0) {
                return result.entries() + " entries are the derivative of the forward equations";
            }
            return result.singular() > 0
                    ? "nowhere could an entry be compared: the forward equations have no finite derivative there"
                    : "there is no entry to compare, in any of these shapes";
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

    /** Describes the finding, one fact per line. */
    static List<String> details(EquationResult result) {
        List<String> lines = new ArrayList<>();
        result.equations().forEach(equation -> lines.add("equation    " + located(equation)));
        result.read().forEach(equation -> lines.add("which reads " + located(equation)));
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

    private static String located(Equation equation) {
        return equation.target().place() + ": " + equation;
    }

    private static String entry(EquationResult result, Finding finding) {
        return result.gradient() + (finding.index().isEmpty() ? "" : finding.index());
    }

    /** The equations that are derived for the gradient, as lines, or the reason why there are none. */
    static List<String> derived(EquationResult result) {
        try {
            return Alignment.equations(result.derived());
        } catch (Fault fault) {
            return List.of("(" + fault.getMessage() + ")");
        }
    }
}
