package devml.check;

import devml.fault.Fault;

/** What came of one file that was to be checked. */
public sealed interface FileResult permits FileComparison, FileResult.Unusable {

    /** The path as the user gave it. */
    String file();

    /** A file that could not be checked at all, and why. */
    record Unusable(String file, Fault fault) implements FileResult {}
}
