package devml.check;

import devml.gradcheck.EquationResult;
import java.util.List;

/**
 * The result of checking the backward equations of a definition, or of all layers of a network.
 *
 * @param file the path or the name as the user gave it
 * @param results one per gradient
 */
public record FileEquations(String file, List<EquationResult> results) implements FileResult {

    public FileEquations {
        results = List.copyOf(results);
    }

    /**
     * The verdict on one gradient: it fails if a derivative is wrong or never set; it is inconclusive if only a
     * convention differs, or if nothing was compared.
     */
    public static Verdict verdict(EquationResult result) {
        if (result.isUnset()) {
            return Verdict.FAIL;
        }
        return result.finding()
                .map(finding -> finding.isConvention() ? Verdict.INCONCLUSIVE : Verdict.FAIL)
                .orElse(result.entries() == 0 ? Verdict.INCONCLUSIVE : Verdict.PASS);
    }

    /** The gravest verdict of all gradients; a failure if there are none. */
    public Verdict verdict() {
        return results.isEmpty() ? Verdict.FAIL : Verdict.worst(results.stream().map(FileEquations::verdict));
    }
}
