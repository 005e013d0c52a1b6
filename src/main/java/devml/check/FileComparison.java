package devml.check;

import devml.fault.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A comparison and the file that it is about.
 *
 * @param file the path as the user gave it
 * @param places where in a text a tensor comes from, as far as known: the layer of a parameter
 * @param certificate what a proof says besides, if the comparison is with one
 */
public record FileComparison(
        String file, Comparison comparison, Map<String, Place> places, Optional<Certificate> certificate)
        implements FileResult {

    /** One without proof. */
    public FileComparison(String file, Comparison comparison, Map<String, Place> places) {
        this(file, comparison, places, Optional.empty());
    }

    public FileComparison {
        places = Map.copyOf(places);
    }

    /** The gravest verdict of several files; a failure where there are none. */
    public static Verdict verdict(List<FileComparison> files) {
        return files.isEmpty()
                ? Verdict.FAIL
                : Verdict.worst(files.stream().map(file -> file.comparison().verdict()));
    }
}
