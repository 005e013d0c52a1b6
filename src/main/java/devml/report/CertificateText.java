package devml.report;

import devml.check.Certificate;
import devml.check.Tolerance;
import devml.run.OpenComparison;
import devml.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a proof says beside its table: comparisons that are open, and the tolerance that is justified. */
public final class CertificateText {
    /** More elements than these are only counted. */
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
        String computed = certificate.proof().dtype() == DType.FLOAT32 ? "computed.double()" : "computed";
        lines.add("  torch.testing.assert_close(" + computed + ", exact, rtol=" + rtol + ", atol=" + atol + ")");
        lines.add("  devml check --rtol " + rtol + " --atol " + atol);
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static void list(List<String> lines, String title, List<OpenComparison> comparisons) {
        if (comparisons.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title + ":");
        List<OpenElement> elements = OpenElement.of(comparisons);
        elements.stream().limit(MOST).forEach(element -> lines.add("  " + element.sentence()));
        if (elements.size() > MOST) {
            lines.add("  and at " + (elements.size() - MOST) + " more elements; --json lists all");
        }
    }
}
