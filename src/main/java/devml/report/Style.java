package devml.report;

import devml.check.Verdict;

/** Colours of a terminal (ANSI SGR), or none. */
record Style(boolean colour) {

    String verdict(Verdict verdict, String text) {
        return switch (verdict) {
            case PASS -> paint(32, text);
            case UNCHECKED, INCONCLUSIVE -> paint(33, text);
            case FAIL -> paint(31, text);
        };
    }

    private String paint(int code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** As tables and JSON name it. */
    static String name(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case UNCHECKED -> "unchecked";
            case INCONCLUSIVE -> "inconclusive";
            case FAIL -> "FAIL";
        };
    }
}
