package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import devml.check.FileEquations;
import devml.check.Verdict;
import devml.gradcheck.EquationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Formats the check of backward equations for a terminal: one line per gradient, then what is wrong in detail, then a
 * summary.
 */
public final class EquationsTable {
    private EquationsTable() {}

    /**
     * Returns the text; every line ends with a line feed.
     *
     * @param colour whether verdicts are coloured by ANSI escapes
     */
    public static String of(FileEquations file, boolean colour) {
        Style style = new Style(colour);
        TextTable table = new TextTable(
                text("gradient"), text("verdict"), number("entries"), number("at ties"), number("skipped"));
        for (EquationResult result : file.results()) {
            table.add(
                    result.gradient(),
                    Style.name(FileEquations.verdict(result)),
                    String.valueOf(result.entries()),
                    String.valueOf(result.conventions()),
                    String.valueOf(result.singular()));
        }
        List<Verdict> verdicts =
                file.results().stream().map(FileEquations::verdict).toList();
        List<String> lines = new ArrayList<>(style.verdicts(table.lines(), verdicts));
        for (EquationResult result : file.results()) {
            Verdict verdict = FileEquations.verdict(result);
            if (verdict != Verdict.PASS) {
                lines.add("");
                lines.add(style.verdict(verdict, Style.name(verdict)) + " " + result.gradient() + ": "
                        + EquationFinding.sentence(result));
                EquationFinding.details(result).forEach(line -> lines.add("  " + line));
            }
        }
        if (file.verdict() != Verdict.PASS) {
            lines.add("");
        }
        lines.add(
                style.verdict(file.verdict(), Style.name(file.verdict())) + ": " + Style.counts(verdicts, "gradients"));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
