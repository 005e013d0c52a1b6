package devml.fault;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Guesses the name that a user meant, for messages about unknown names. */
public final class Nearest {
    private Nearest() {}

    /** The largest number of guesses; more would be a list to read. */
    private static final int GUESSES = 3;

    /**
     * Returns a clause to append after an unknown name: {@code "; did you mean 'kernel_size'?"}, or the allowed names
     * if none is near.
     *
     * @param name the name that was found
     * @param allowed the names that are allowed, which are shown in their own order
     */
    public static String hint(String name, Collection<String> allowed) {
        String guess = guess(name, allowed);
        return !guess.isEmpty() || allowed.isEmpty() ? guess : "; allowed: " + String.join(", ", allowed);
    }

    /** Returns a clause like {@link #hint}, but an empty text if no name is near. */
    public static String guess(String name, Collection<String> allowed) {
        List<String> near = near(name, allowed);
        if (near.isEmpty()) {
            return "";
        }
        String last = "'" + near.getLast() + "'?";
        return near.stream()
                .limit(near.size() - 1L)
                .map(guess -> "'" + guess + "'")
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "),
                        others -> "; did you mean " + (others.isEmpty() ? "" : others + " or ") + last));
    }

    /**
     * Returns the names that may have been meant, in their own order: those with the fewest typing errors, or else
     * those of which this name is one of the words, as {@code mse} is of {@code mse_loss}.
     */
    private static List<String> near(String name, Collection<String> allowed) {
        String folded = name.toLowerCase(Locale.ROOT);
        SortedMap<Integer, List<String>> bySlips = allowed.stream()
                .filter(candidate -> slips(folded, candidate) <= tolerated(name, candidate))
                .collect(Collectors.groupingBy(
                        candidate -> slips(folded, candidate), TreeMap::new, Collectors.toList()));
        if (!bySlips.isEmpty()) {
            return bySlips.get(bySlips.firstKey()).stream().limit(GUESSES).toList();
        }
        List<String> longer = allowed.stream()
                .filter(candidate -> Arrays.asList(candidate.split("_")).contains(folded))
                .toList();
        return longer.size() <= GUESSES ? longer : List.of();
    }

    /**
     * The number of errors that is tolerated: one in three letters, but one in two letters too; none in a single
     * letter, of which nothing would be left.
     */
    private static int tolerated(String name, String candidate) {
        return name.length() == 1 ? 0 : Math.max(1, Math.max(name.length(), candidate.length()) / 3);
    }

    private static int slips(String folded, String candidate) {
        return distance(folded, candidate.toLowerCase(Locale.ROOT));
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
