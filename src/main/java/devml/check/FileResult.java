package devml.check;

import devml.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The result of checking one file. */
public sealed interface FileResult permits FileComparison, FileEquations, FileResult.Unusable {

    /** The path as the user gave it. */
    String file();

    /**
     * The gravest verdict of several files; a failure if there are none.
     *
     * @return empty if one of them could not be checked
     */
    static Optional<Verdict> verdict(List<? extends FileResult> files) {
        List<Verdict> verdicts = new ArrayList<>();
        for (FileResult file : files) {
            switch (file) {
                case FileComparison comparison ->
                    verdicts.add(comparison.comparison().verdict());
                case FileEquations equations -> verdicts.add(equations.verdict());
                case Unusable _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(verdicts.isEmpty() ? Verdict.FAIL : Verdict.worst(verdicts.stream()));
    }

    /** A file that could not be checked at all, and the reason. */
    record Unusable(String file, Fault fault) implements FileResult {}
}
