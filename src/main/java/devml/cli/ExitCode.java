package devml.cli;

import devml.check.Verdict;

/** The exit codes of the process. */
final class ExitCode {
    static final int OK = 0;

    /** A check or comparison failed. */
    static final int FAILED = 1;

    /** The command line, or a file that it names, is wrong. */
    static final int BAD_INPUT = 2;

    /** A check was inconclusive, and nothing failed. */
    static final int INCONCLUSIVE = 3;

    /** devml itself has failed: EX_SOFTWARE of sysexits.h. */
    static final int INTERNAL = 70;

    private ExitCode() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case PASS, UNCHECKED -> OK;
            case FAIL -> FAILED;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }
}
