package devml.fault;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses the name that was meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * A clause that helps on after an unknown name: {@code "; did you mean 'kernel_size'?"}, or the names that are
     * allowed where none is near.
     *
     * @param name what was found
     * @param allowed what could have stood there; shown in its own order
     */
    public static String hint(String name, Collection<String> allowed) {
        if (allowed.isEmpty()) {
            return "";
        }
        String folded = name.toLowerCase(Locale.ROOT);
        String best = allowed.stream()
                .min(Comparator.comparingInt(candidate -> distance(folded, candidate.toLowerCase(Locale.ROOT))))
                .orElseThrow();
        int tolerated = Math.max(1, Math.max(name.length(), best.length()) / 3);
        return distance(folded, best.toLowerCase(Locale.ROOT)) <= tolerated
                ? "; did you mean '" + best + "'?"
                : "; allowed: " + String.join(", ", allowed);
    }

    /** Damerau-Levenshtein distance (optimal string alignment): a swap of neighbours counts as one slip. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int substitution = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(substitution, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
