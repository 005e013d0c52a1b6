package devml.report;

import devml.check.FileComparison;
import devml.check.TensorResult;
import devml.check.Verdict;
import devml.fault.Place;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comparisons as workflow commands of GitHub Actions, which shows them beside the lines of a pull request. A failing
 * tensor is an error; one that is inconclusive or without reference, a warning.
 */
public final class GitHubAnnotations {
    private GitHubAnnotations() {}

    /** One line a tensor that does not pass; every line ends with a line feed. */
    public static String of(List<FileComparison> files) {
        return files.stream().flatMap(GitHubAnnotations::lines).collect(Collectors.joining());
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
        return Stream.concat(vacuous, results);
    }

    private static String position(FileComparison file, TensorResult result) {
        Place place = file.places().get(result.name());
        return place == null
                ? "file=" + property(file.file())
                : "file=%s,line=%d,col=%d".formatted(property(place.source().name()), place.line(), place.column());
    }

    private static String command(String severity, String properties, String message) {
        return "::" + severity + " " + properties + "::" + data(message) + "\n";
    }

    /** The runner decodes these three in a message, and two more in a property. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
