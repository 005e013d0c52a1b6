package devml.report;

import devml.check.FileComparison;
import devml.check.FileEquations;
import devml.check.FileResult;
import devml.check.TensorResult;
import devml.check.Verdict;
import devml.fault.Fault;
import devml.fault.Place;
import devml.run.OpenComparison;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Formats results as workflow commands of GitHub Actions, which shows them next to the lines of a pull request. A
 * failing tensor, or a file that could not be checked, is an error; a tensor that is inconclusive or has no reference
 * is a warning.
 */
public final class GitHubAnnotations {
    /** GitHub shows ten annotations of each kind per step. */
    private static final int MOST = 10;

    private GitHubAnnotations() {}

    /**
     * Returns one line for each tensor or gradient that does not pass, for each file that could not be checked, and for
     * open and near comparisons; every line ends with a line feed.
     */
    public static String of(List<? extends FileResult> files) {
        return files.stream()
                .flatMap(file -> switch (file) {
                    case FileComparison comparison -> lines(comparison);
                    case FileEquations equations -> lines(equations);
                    case FileResult.Unusable(String name, Fault fault) ->
                        Stream.of(command("error", position(name, fault.place()), fault.getMessage()));
                })
                .collect(Collectors.joining());
    }

    private static Stream<String> lines(FileComparison file) {
        Stream<String> vacuous = file.comparison().isVacuous()
                ? Stream.of(command("error", "file=" + property(file.file()), Explanation.VACUOUS))
                : Stream.empty();
        Stream<String> results = file.comparison().results().stream()
                .filter(result -> result.verdict() != Verdict.PASS)
                .map(result -> command(
                        result.verdict() == Verdict.FAIL ? "error" : "warning",
                        position(file, result) + ",title=" + property("devml: " + result.name()),
                        result.name() + ": " + Explanation.sentence(result)));
        Stream<String> open = file.certificate().stream()
                .flatMap(certificate -> notices(
                        file, "devml: an open comparison", certificate.proof().open()));
        Stream<String> near = file.certificate().stream()
                .flatMap(certificate -> notices(
                        file, "devml: near to a kink", certificate.proof().near()));
        return Stream.of(vacuous, results, open, near).flatMap(lines -> lines);
    }

    private static Stream<String> notices(FileComparison file, String title, List<OpenComparison> comparisons) {
        return OpenElement.of(comparisons).stream()
                .limit(MOST)
                .map(one ->
                        command("notice", position(file, one.layer()) + ",title=" + property(title), one.sentence()));
    }

    /** The position of a layer in the network file. */
    private static String position(FileComparison file, String layer) {
        return position(file.file(), Optional.ofNullable(file.places().get("values/" + layer)));
    }

    private static Stream<String> lines(FileEquations file) {
        return file.results().stream()
                .filter(result -> FileEquations.verdict(result) != Verdict.PASS)
                .map(result -> command(
                        FileEquations.verdict(result) == Verdict.FAIL ? "error" : "warning",
                        position(file.file(), Optional.of(result.place())) + ",title="
                                + property("devml: " + result.gradient()),
                        EquationFinding.sentence(result)));
    }

    private static String position(FileComparison file, TensorResult result) {
        return position(file.file(), Optional.ofNullable(file.places().get(result.name())));
    }

    private static String position(String file, Optional<Place> place) {
        return place.map(p ->
                        "file=%s,line=%d,col=%d".formatted(property(p.source().name()), p.line(), p.column()))
                .orElseGet(() -> "file=" + property(file));
    }

    private static String command(String severity, String properties, String message) {
        return "::" + severity + " " + properties + "::" + data(message) + "\n";
    }

    /** Escapes the three characters that the runner decodes in a message; in a property it decodes two more. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
