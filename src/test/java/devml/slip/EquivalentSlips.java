package devml.slip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Slips that change nothing that can be observed. In the file each stands below the reason why, which starts with
 * {@code #}: {@code relu backward: before -> after}.
 */
public final class EquivalentSlips {
    private static final Path FOLDER = Path.of("testdata/slips");

    private final Map<String, String> reasons = new LinkedHashMap<>();

    private EquivalentSlips() {}

    /** Reads a list. */
    public static EquivalentSlips read(String file) {
        EquivalentSlips slips = new EquivalentSlips();
        String reason = "";
        boolean wasReason = false;
        for (String line : lines(FOLDER.resolve(file))) {
            if (line.startsWith("#")) {
                String text = line.substring(1).strip();
                reason = wasReason ? reason + " " + text : text;
            } else if (!line.isBlank()) {
                slips.reasons.put(line, reason);
            }
            wasReason = line.startsWith("#");
        }
        return slips;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the list names a slip. */
    public static String name(String layer, Slip slip) {
        return layer + " " + slip;
    }

    /** Whether the list has the slip, with a reason. */
    public boolean has(String layer, Slip slip) {
        return !reasons.getOrDefault(name(layer, slip), "").isEmpty();
    }

    /** All that the list names. */
    public Set<String> names() {
        return reasons.keySet();
    }
}
