package devml.report;

import devml.check.Certificate;
import devml.check.Tolerance;
import devml.run.OpenComparison;
import devml.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The text that {@code check --oracle} prints below its table: the open comparisons and the justified tolerance. */
public final class CertificateText {
    /** The number of elements that are listed; further ones are only counted. */
    private static final int MOST = 10;

    private CertificateText() {}

    /** Returns the text; every line ends with a line feed. */
    public static String of(Certificate certificate) {
        List<String> lines = new ArrayList<>();
        list(
                lines,
                "open comparisons, on which entries depend",
                certificate.proof().open());
        list(lines, "near to a kink", certificate.proof().near());
        lines.add("");
        if (certificate.tolerance().isEmpty()) {
            lines.add("no tolerance is justified: no entry of a gradient has a bound");
        } else {
            lines.addAll(justified(
                    certificate.proof().dtype(), certificate.tolerance().get()));
            if (certificate.leftOut() > 0) {
                lines.add(leftOut(certificate.leftOut()));
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String leftOut(int entries) {
        return entries == 1
                ? "1 entry that depends on an open comparison or has no bound is left out"
                : entries + " entries that depend on an open comparison or have no bound are left out";
    }

    private static List<String> justified(DType dtype, Tolerance tolerance) {
        String rtol = Decimals.tolerance(tolerance.rtol());
        String atol = Decimals.tolerance(tolerance.atol());
        String computed = dtype == DType.FLOAT32 ? "computed.double()" : "computed";
        return List.of(
                "justified tolerance: what every correct " + dtype
                        + " computation of these equations keeps to, beside the exact gradients",
                "  numpy.testing.assert_allclose(computed, exact, rtol=" + rtol + ", atol=" + atol + ")",
                "  torch.testing.assert_close(" + computed + ", exact, rtol=" + rtol + ", atol=" + atol + ")",
                "  devml check --rtol " + rtol + " --atol " + atol);
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
