package devml.report;

import devml.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The presentation of verdicts: their names in tables, and their colours on a terminal (ANSI SGR) if wanted. */
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

    /** The name of a verdict in tables. */
    static String name(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case UNCHECKED -> "unchecked";
            case INCONCLUSIVE -> "inconclusive";
            case FAIL -> "FAIL";
        };
    }

    /**
     * Colours the verdict in each line after the title. This must be done last, because escapes would count in the
     * widths of columns.
     */
    List<String> verdicts(List<String> lines, List<Verdict> verdicts) {
        List<String> painted = new ArrayList<>(List.of(lines.getFirst()));
        int column = lines.getFirst().indexOf("verdict");
        for (int row = 0; row < verdicts.size(); row++) {
            String line = lines.get(row + 1);
            int start = line.offsetByCodePoints(0, column);
            int end = start + name(verdicts.get(row)).length();
            painted.add(line.substring(0, start)
                    + verdict(verdicts.get(row), line.substring(start, end))
                    + line.substring(end));
        }
        return painted;
    }

    /** Returns {@code 2 of 3 tensors pass, 1 FAIL}. */
    static String counts(List<Verdict> verdicts, String what) {
        String others = Stream.of(Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.UNCHECKED)
                .filter(verdicts::contains)
                .map(verdict -> ", " + verdicts.stream().filter(verdict::equals).count() + " " + name(verdict))
                .collect(Collectors.joining());
        long passed = verdicts.stream().filter(Verdict.PASS::equals).count();
        return passed + " of " + verdicts.size() + " " + what + " pass" + others;
    }
}
