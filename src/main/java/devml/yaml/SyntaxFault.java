package devml.yaml;

import devml.fault.Fault;
import devml.fault.Source;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Turns SnakeYAML's syntax errors into faults at their places, in words that users understand. */
final class SyntaxFault {
    private SyntaxFault() {}

    static Fault of(MarkedYAMLException e, Source source, Offsets offsets) {
        Mark mark = Optional.ofNullable(e.getProblemMark()).orElse(e.getContextMark());
        int start = mark == null ? 0 : offsets.ofCodePoint(mark.getIndex());
        return Fault.at(source.place(start, start + 1), message(e));
    }

    private static String message(MarkedYAMLException e) {
        String problem = Optional.ofNullable(e.getProblem()).orElse("not understood");
        if (problem.contains("'\\t(TAB)'")) {
            return "a tab cannot indent YAML; use spaces";
        }
        if (problem.startsWith("found character") && problem.contains("cannot start any token")) {
            return "a text cannot start with this character unless it stands in quotes";
        }
        if (problem.equals("mapping values are not allowed here")) {
            return "unexpected ':'; a text with ': ' in it needs quotes, and keys of one mapping the same indentation";
        }
        if (problem.startsWith("expected ',' or ") && e.getContextMark() != null) {
            String bracket = problem.contains("']'") ? "[" : "{";
            return "the '" + bracket + "' of line " + (e.getContextMark().getLine() + 1) + " is not closed before this";
        }
        String context = Optional.ofNullable(e.getContext()).map(c -> " " + c).orElse("");
        String since = Optional.ofNullable(e.getContextMark())
                .filter(mark -> !context.isEmpty())
                .map(mark -> " that starts in line " + (mark.getLine() + 1))
                .orElse("");
        return "not YAML: " + problem + context + since;
    }
}
