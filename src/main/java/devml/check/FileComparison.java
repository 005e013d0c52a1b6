package devml.check;

import devml.fault.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison together with the file that it is about, for reports on several files.
 *
 * @param file the path as the user gave it
 * @param comparison the result
 * @param places for a tensor, the place in a text that it comes from, as far as it is known: the layer of a parameter
 * @param certificate the statement of the proof, if the comparison is with one
 */
public record FileComparison(
        String file, Comparison comparison, Map<String, Place> places, Optional<Certificate> certificate)
        implements FileResult {

    /** A comparison without a proof. */
    public FileComparison(String file, Comparison comparison, Map<String, Place> places) {
        this(file, comparison, places, Optional.empty());
    }

    public FileComparison {
        places = Map.copyOf(places);
    }

    /** The gravest verdict of several files; a failure if there are none. */
    public static Verdict verdict(List<FileComparison> files) {
        return files.isEmpty()
                ? Verdict.FAIL
                : Verdict.worst(files.stream().map(file -> file.comparison().verdict()));
    }
}
