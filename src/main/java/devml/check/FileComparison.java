package devml.check;

import devml.fault.Place;
import java.util.List;
import java.util.Map;

/**
 * A comparison and the file that it is about.
 *
 * @param file the path as the user gave it
 * @param places where in a text a tensor comes from, as far as known: the layer of a parameter
 */
public record FileComparison(String file, Comparison comparison, Map<String, Place> places) implements FileResult {

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
