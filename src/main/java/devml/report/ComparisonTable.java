package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import devml.check.Comparison;
import devml.check.FileComparison;
import devml.check.TensorResult;
import devml.check.Tolerance;
import devml.check.Verdict;
import devml.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Formats a comparison for a terminal: one line per tensor, then what is wrong in detail, then a summary. */
public final class ComparisonTable {
    private ComparisonTable() {}

    /**
     * Returns the text of one comparison; every line ends with a line feed.
     *
     * @param colour whether verdicts are coloured by ANSI escapes
     */
    public static String of(Comparison comparison, boolean colour) {
        Style style = new Style(colour);
        List<String> lines = new ArrayList<>();
        if (!comparison.results().isEmpty()) {
            lines.addAll(table(comparison, style));
        }
        comparison.results().forEach(result -> lines.addAll(remark(result, style)));
        if (comparison.count(Verdict.PASS) < comparison.results().size()) {
            lines.add("");
        }
        lines.add(style.verdict(comparison.verdict(), Style.name(comparison.verdict())) + ": " + counts(comparison));
        return joined(lines);
    }

    /** Returns one line per file and one for all of them, for a check of several files. */
    public static String summary(List<FileComparison> files, boolean colour) {
        Style style = new Style(colour);
        TextTable table = new TextTable(
                text("network"), text("verdict"), number("x bound"), text("worst tensor"), text("tensors"));
        for (FileComparison file : files) {
            Comparison comparison = file.comparison();
            table.add(
                    file.file(),
                    Style.name(comparison.verdict()),
                    comparison
                            .worst()
                            .map(worst -> Decimals.error(worst.multiple()))
                            .orElse("-"),
                    comparison.worst().map(TensorResult.Compared::name).orElse("-"),
                    counts(comparison));
        }
        List<Verdict> verdicts =
                files.stream().map(file -> file.comparison().verdict()).toList();
        List<String> lines = style.verdicts(table.lines(), verdicts);
        boolean isProven = files.stream().anyMatch(file -> file.certificate().isPresent());
        Verdict overall = FileComparison.verdict(files);
        lines.add(style.verdict(overall, Style.name(overall)) + ": "
                + Style.counts(verdicts, isProven ? "comparisons" : "networks"));
        return joined(lines);
    }

    private static List<String> table(Comparison comparison, Style style) {
        boolean proven = comparison.results().stream().anyMatch(ComparisonTable::isProven);
        List<TextTable.Column> columns = new ArrayList<>(List.of(
                text("tensor"),
                text("shape"),
                text("verdict"),
                number("max abs"),
                number("max rel"),
                number("ulps"),
                number("x bound")));
        if (proven) {
            columns.addAll(List.of(number("radius"), number("rtol"), number("atol")));
        }
        TextTable table = new TextTable(columns.toArray(TextTable.Column[]::new));
        for (TensorResult result : comparison.results()) {
            String verdict = Style.name(result.verdict());
            switch (result) {
                case TensorResult.Compared compared -> table.add(cells(compared, verdict));
                case TensorResult.ShapeMismatch(String name, Shape value, Shape _) ->
                    table.add(bare(name, value, verdict, columns.size()));
                case TensorResult.Missing(String name, Shape shape, String _) ->
                    table.add(bare(name, shape, verdict, columns.size()));
                case TensorResult.Unexpected(String name, Shape shape, boolean _) ->
                    table.add(bare(name, shape, verdict, columns.size()));
            }
        }
        return style.verdicts(
                table.lines(),
                comparison.results().stream().map(TensorResult::verdict).toList());
    }

    private static boolean isProven(TensorResult result) {
        return result instanceof TensorResult.Compared compared
                && compared.proven().isPresent();
    }

    private static String[] cells(TensorResult.Compared compared, String verdict) {
        boolean isNoneHeld = compared.worst().isEmpty() && compared.inconclusive() > 0;
        List<String> cells =
                new ArrayList<>(List.of(compared.name(), compared.shape().toString(), verdict));
        cells.addAll(
                isNoneHeld
                        ? Collections.nCopies(4, "-")
                        : List.of(
                                Decimals.error(compared.maxAbsolute()),
                                Decimals.error(compared.maxRelative()),
                                isProven(compared)
                                        ? Decimals.error(compared.maxUlps())
                                        : Decimals.ulps(compared.maxUlps()),
                                Decimals.error(compared.multiple())));
        compared.proven()
                .ifPresent(proven -> cells.addAll(List.of(
                        Decimals.error(proven.radius()),
                        tolerance(compared, Tolerance::rtol),
                        tolerance(compared, Tolerance::atol))));
        return cells.toArray(String[]::new);
    }

    private static String tolerance(TensorResult.Compared compared, ToDoubleFunction<Tolerance> part) {
        return compared.tolerance()
                .map(tolerance -> Decimals.tolerance(part.applyAsDouble(tolerance)))
                .orElse("-");
    }

    private static String[] bare(String name, Shape shape, String verdict, int columns) {
        String[] cells = new String[columns];
        Arrays.fill(cells, "-");
        cells[0] = name;
        cells[1] = shape.toString();
        cells[2] = verdict;
        return cells;
    }

    /**
     * Returns what the table cannot show of a tensor: an empty line and the details; nothing for a tensor that passes.
     */
    private static List<String> remark(TensorResult result, Style style) {
        if (result.verdict() == Verdict.PASS) {
            return List.of();
        }
        String severity = result.verdict() == Verdict.UNCHECKED ? "warning" : Style.name(result.verdict());
        String head = style.verdict(result.verdict(), severity) + " " + result.name() + ": ";
        List<String> lines = new ArrayList<>(List.of(""));
        if (result instanceof TensorResult.Compared compared
                && Explanation.shown(compared).isPresent()) {
            lines.add(head + Explanation.count(compared));
            Explanation.details(compared, Explanation.shown(compared).get()).forEach(line -> lines.add("  " + line));
        } else {
            lines.add(head + Explanation.sentence(result));
        }
        return lines;
    }

    private static String counts(Comparison comparison) {
        return comparison.isVacuous()
                ? Explanation.VACUOUS
                : Style.counts(
                        comparison.results().stream().map(TensorResult::verdict).toList(), "tensors");
    }

    private static String joined(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
