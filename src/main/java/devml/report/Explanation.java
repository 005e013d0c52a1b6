package devml.report;

import devml.check.Deviation;
import devml.check.Entry;
import devml.check.TensorResult;
import devml.check.Verdict;
import java.util.List;
import java.util.Optional;

/** Describes the result of a comparison in words, in one line or in detail; all reports share the wording. */
final class Explanation {

    /** The message for a comparison in which no number was compared. */
    static final String VACUOUS = "nothing was compared: the reference has no entry of any tensor";

    private Explanation() {}

    /** Describes the result in one line, without the tensor's name. */
    static String sentence(TensorResult result) {
        return switch (result) {
            case TensorResult.Compared compared ->
                shown(compared).map(entry -> sentence(compared, entry)).orElse("no entries to compare");
            case TensorResult.ShapeMismatch(String _, var value, var reference) ->
                "shape " + value + ", but " + reference + " in the reference";
            case TensorResult.Missing(String _, var _, String hint) -> "only the reference has it" + hint;
            case TensorResult.Unexpected _ -> "not in the reference: compared with nothing";
        };
    }

    /** The entry that is shown: the worst one; if the tensor is only inconclusive, the first inconclusive one. */
    static Optional<Entry> shown(TensorResult.Compared compared) {
        return compared.verdict() == Verdict.INCONCLUSIVE
                ? compared.proven().flatMap(TensorResult.Proven::first)
                : compared.worst();
    }

    private static String sentence(TensorResult.Compared compared, Entry entry) {
        boolean isOpen = compared.verdict() == Verdict.INCONCLUSIVE;
        return "%s; the %s, %s, is %s, %s %s%s"
                .formatted(
                        count(compared),
                        isOpen ? "first" : "worst",
                        place(compared, entry),
                        Decimals.exact(entry.value()),
                        compared.proven().isPresent() ? "exactly" : "reference",
                        Decimals.exact(entry.reference()),
                        isOpen ? "" : ": " + times(entry.deviation()));
    }

    /** Says how many entries fail. */
    static String count(TensorResult.Compared compared) {
        String inconclusive = compared.inconclusive() == 0
                ? ""
                : ", " + compared.inconclusive() + " that depend on an open comparison or have no bound";
        return compared.failing() + " of " + compared.shape().size() + " entries beyond their bounds" + inconclusive;
    }

    /** Describes the {@link #shown} entry of a tensor, one number per line. */
    static List<String> details(TensorResult.Compared compared, Entry worst) {
        Deviation deviation = worst.deviation();
        if (compared.verdict() == Verdict.INCONCLUSIVE) {
            return List.of(
                    "first of them   " + place(compared, worst),
                    "value           " + Decimals.exact(worst.value()),
                    "exact           " + Decimals.exact(worst.reference()),
                    "absolute error  " + Decimals.error(deviation.absolute()),
                    "bound           "
                            + (deviation.bound() == Double.POSITIVE_INFINITY
                                    ? "none"
                                    : Decimals.error(deviation.bound()) + ", but for an open comparison"));
        }
        return List.of(
                "worst entry     " + place(compared, worst),
                "value           " + Decimals.exact(worst.value()),
                (compared.proven().isPresent() ? "exact           " : "reference       ")
                        + Decimals.exact(worst.reference()),
                "absolute error  " + Decimals.error(deviation.absolute()),
                "relative error  " + Decimals.error(deviation.relative()),
                "ulps            "
                        + (compared.proven().isPresent()
                                ? Decimals.error(deviation.ulps())
                                : Decimals.ulps(deviation.ulps())),
                "bound           " + bound(compared, worst),
                "error           " + times(deviation));
    }

    private static String bound(TensorResult.Compared compared, Entry worst) {
        if (worst.value() instanceof Long && worst.reference() instanceof Long) {
            return "0: integers are equal or not";
        }
        if (compared.proven().isPresent() && !compared.proven().get().given()) {
            return Decimals.error(worst.deviation().bound()) + " = what roundings of these equations can come to";
        }
        return Double.isFinite(worst.reference().doubleValue())
                ? "%s = atol %s + rtol %s * |reference|"
                        .formatted(
                                Decimals.error(worst.deviation().bound()),
                                Decimals.tolerance(compared.tolerance().get().atol()),
                                Decimals.tolerance(compared.tolerance().get().rtol()))
                : "0: beside " + Decimals.exact(worst.reference()) + " only the same will do";
    }

    private static String times(Deviation deviation) {
        return Decimals.error(deviation.multiple()) + " times the bound";
    }

    /** {@code conv.weight[1, 0, 1, 1]}, or the bare name of a scalar. */
    private static String place(TensorResult.Compared compared, Entry entry) {
        return compared.name() + (entry.index().isEmpty() ? "" : entry.index());
    }
}
