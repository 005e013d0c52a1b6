package devml.cli;

import devml.check.FileComparison;
import devml.check.FileEquations;
import devml.check.FileResult;
import devml.check.Tolerance;
import devml.report.CertificateText;
import devml.report.ComparisonJson;
import devml.report.ComparisonTable;
import devml.report.EquationsTable;
import devml.report.GitHubAnnotations;
import devml.report.JUnitXml;
import devml.run.OutputFile;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;

/** The options for tolerances and reports, which are the same for every command that compares. */
final class ComparisonOptions {
    private Double rtol;
    private Double atol;
    private boolean json;
    private boolean github;
    private Path junit;

    /** Adds the options to a command. Either both tolerances are given or none, as in torch.testing.assert_close. */
    void addTo(CommandSpec command) {
        command.addArgGroup(Syntax.allOrNoneOf(
                        Syntax.option(Double.class, value -> rtol = value, "--rtol")
                                .paramLabel("X")
                                .description(
                                        "Allow |value - reference| <= atol + rtol * |reference|. Both or none; default: "
                                                + "those of torch.testing.assert_close (float64: 1e-7 and 1e-7, float32: 1.3e-6 and "
                                                + "1e-5)."),
                        Syntax.option(Double.class, value -> atol = value, "--atol")
                                .paramLabel("X")
                                .description("See --rtol.")))
                .addArgGroup(Syntax.atMostOneOf(
                        Syntax.flag(given -> json = given, "--json").description("Print JSON instead of tables."),
                        Syntax.flag(given -> github = given, "--github")
                                .description("Also print annotations for GitHub Actions.")))
                .addOption(Syntax.option(Path.class, path -> junit = path, "--junit")
                        .paramLabel("FILE")
                        .description("Also write a JUnit XML report.")
                        .build());
    }

    /** The tolerance of the command line, or the given one if there is none. */
    BiFunction<Tensor, Tensor, Tolerance> tolerance(BiFunction<Tensor, Tensor, Tolerance> otherwise) {
        return tolerance()
                .<BiFunction<Tensor, Tensor, Tolerance>>map(tolerance -> (_, _) -> tolerance)
                .orElse(otherwise);
    }

    /** The tolerance of the command line, if there is one. */
    Optional<Tolerance> tolerance() {
        return Optional.ofNullable(rtol).map(given -> new Tolerance(given, atol));
    }

    /** Prints and writes the reports that were asked for. */
    void report(Main main, List<? extends FileResult> files) {
        Console console = main.console();
        if (json) {
            console.out().print(ComparisonJson.of(files));
        } else if (!main.isQuiet()) {
            console.out().print(text(compared(files), console.colour()));
            files.stream()
                    .filter(FileEquations.class::isInstance)
                    .map(FileEquations.class::cast)
                    .forEach(file -> console.out().print(text(file, files.size() > 1, console.colour())));
        }
        if (github) {
            console.out().print(GitHubAnnotations.of(files));
        }
        if (junit != null) {
            OutputFile.write(junit, JUnitXml.of(files));
        }
    }

    /** The files that could be compared; messages about the others are on standard error already. */
    static List<FileComparison> compared(List<? extends FileResult> files) {
        return files.stream()
                .filter(FileComparison.class::isInstance)
                .map(FileComparison.class::cast)
                .toList();
    }

    private static String text(FileEquations file, boolean isOneOfSeveral, boolean colour) {
        String text = EquationsTable.of(file, colour);
        return isOneOfSeveral ? file.file() + "\n\n" + text + "\n" : text;
    }

    private static String text(List<FileComparison> files, boolean colour) {
        if (files.size() == 1) {
            return text(files.getFirst(), colour);
        }
        StringBuilder text = new StringBuilder();
        for (FileComparison file : files) {
            text.append(file.file()).append("\n\n").append(text(file, colour)).append('\n');
        }
        return files.isEmpty() ? "" : text + ComparisonTable.summary(files, colour);
    }

    private static String text(FileComparison file, boolean colour) {
        return ComparisonTable.of(file.comparison(), colour)
                + file.certificate().map(CertificateText::of).orElse("");
    }
}
