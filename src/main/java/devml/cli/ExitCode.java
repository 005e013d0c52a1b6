package devml.cli;

import devml.check.Verdict;

/** What the process ends with. */
final class ExitCode {
    static final int OK = 0;

    /** A check or comparison failed. */
    static final int FAILED = 1;

    /** The command line, or what it names, is wrong. */
    static final int BAD_INPUT = 2;

    /** A check could not tell, and nothing failed. */
    static final int INCONCLUSIVE = 3;

    /** A mistake of devml's own: EX_SOFTWARE of sysexits.h. */
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
