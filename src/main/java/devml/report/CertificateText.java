package devml.report;

import devml.check.Certificate;
import devml.check.Tolerance;
import devml.run.OpenComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a proof says beside its table: comparisons that are open, and the tolerance that is justified. */
public final class CertificateText {
    /** More than these are only counted. */
    private static final int MOST = 10;

    private CertificateText() {}

    /** The whole text; every line ends with a line feed. */
    public static String of(Certificate certificate) {
        List<String> lines = new ArrayList<>();
        list(
                lines,
                "open comparisons, on which entries depend",
                certificate.proof().open());
        list(lines, "near to a kink", certificate.proof().near());
        Tolerance tolerance = certificate.tolerance();
        String rtol = Decimals.shortest(tolerance.rtol());
        String atol = Decimals.shortest(tolerance.atol());
        lines.add("");
        lines.add("justified tolerance: what every correct "
                + certificate.proof().dtype() + " computation of these equations keeps to, beside the exact gradients");
        lines.add("  torch.testing.assert_close(computed, exact, rtol=" + rtol + ", atol=" + atol + ")");
        lines.add("  devml check --rtol " + rtol + " --atol " + atol);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void list(List<String> lines, String title, List<OpenComparison> comparisons) {
        if (comparisons.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + ":");
        comparisons.stream().limit(MOST).forEach(one -> lines.add("  " + sentence(one)));
        if (comparisons.size() > MOST) {
            lines.add("  and " + (comparisons.size() - MOST) + " more");
        }
    }

    /** {@code act: dx[0, 3] asks 0 <= 0 (relu.yaml:9:1): a tie, taken as true; 2 entries of fc.weight depend on it}. */
    static String sentence(OpenComparison one) {
        String relation = switch (one.relation()) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_EQUAL -> "<=";
        };
        String what = one.isTie() ? "a tie, taken as " : "taken as ";
        String dependents = one.dependents().entrySet().stream()
                .map(entry -> entry.getValue().size() + " of " + entry.getKey() + ", the first "
                        + (entry.getValue().getFirst().isEmpty()
                                ? "itself"
                                : entry.getValue().getFirst()))
                .collect(Collectors.joining("; "));
        return "%s: %s%s asks %s %s %s (%s:%d:%d): %s%s%s"
                .formatted(
                        one.layer(),
                        one.tensor(),
                        one.index().isEmpty() ? "" : one.index(),
                        Decimals.shortest(one.left()),
                        relation,
                        Decimals.shortest(one.right()),
                        one.place().source().name(),
                        one.place().line(),
                        one.place().column(),
                        what,
                        one.holds(),
                        dependents.isEmpty() ? "" : "; entries that depend on it: " + dependents);
    }
}
