package devml.peers;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as a table in Markdown, and as JSON. */
final class PeerTable {
    private PeerTable() {}

    /** One case in one line. */
    static String line(Measured measured) {
        String line = String.format(
                Locale.ROOT,
                "%-40s devml %s ms, libtorch %s ms: %.2f times as fast (processor time %.2f), gradients within %.1e",
                measured.of(),
                milliseconds(measured.median(Side.Name.DEVML)),
                milliseconds(measured.median(Side.Name.LIBTORCH)),
                measured.ratio(),
                measured.processor(Side.Name.LIBTORCH) / measured.processor(Side.Name.DEVML),
                measured.difference());
        return measured.errors().isEmpty()
                ? line
                : String.format(
                        Locale.ROOT,
                        "%s (devml's within %.1e of float64's, libtorch's within %.1e)",
                        line,
                        measured.errors().get(Side.Name.DEVML),
                        measured.errors().get(Side.Name.LIBTORCH));
    }

    /** The machine, the ratios beside the targets, and the times. */
    static String of(List<Measured> results) throws IOException {
        List<String> lines = new ArrayList<>(Machine.lines());
        lines.add("");
        lines.add("How many times as fast as libtorch devml is: the medians of pairs of processes (smallest to largest).");
        lines.add("");
        lines.add("| network | dtype | batch | threads | devml, ms | libtorch, ms | times as fast | target | |");
        lines.add("|---|---|--:|--:|--:|--:|--:|--:|---|");
        for (Measured measured : results) {
            Case of = measured.of();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %s | %s | %.2f%s | ≥ %.1f | %s |",
                    of.net(),
                    of.dtype(),
                    of.batch(),
                    of.threads(),
                    milliseconds(measured.median(Side.Name.DEVML)),
                    milliseconds(measured.median(Side.Name.LIBTORCH)),
                    measured.ratio(),
                    spread(measured),
                    target(of),
                    measured.ratio() >= target(of) ? "met" : "missed"));
        }
        return String.join("\n", lines) + "\n";
    }

    /** Of one pair there is none. */
    private static String spread(Measured measured) {
        if (measured.rounds().size() == 1) {
            return "";
        }
        double[] ratios = measured.rounds().stream()
                .mapToDouble(Measured.Round::ratio)
                .sorted()
                .toArray();
        return String.format(Locale.ROOT, " (%.2f to %.2f)", ratios[0], ratios[ratios.length - 1]);
    }

    /** How many times as fast as libtorch devml should be. */
    private static double target(Case of) {
        if (of.batch() == 1) {
            return 1;
        }
        return switch (of.dtype()) {
            case FLOAT64 -> 2;
            case FLOAT32 -> 1.2;
        };
    }

    /** Three significant digits. */
    private static String milliseconds(double value) {
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** {@code [{"net", "dtype", "batch", "threads", "devml_ms", …, "ratio", "ratios", "difference"}]}. */
    static void writeJson(List<Measured> results, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file);
                JsonWriter json = new JsonWriter(writer)) {
            json.setIndent("  ");
            json.beginArray();
            for (Measured measured : results) {
                json.beginObject();
                json.name("net").value(measured.of().net());
                json.name("dtype").value(measured.of().dtype().toString());
                json.name("batch").value(measured.of().batch());
                json.name("threads").value(measured.of().threads());
                for (Side.Name side : Side.Name.values()) {
                    json.name(side + "_ms").value(measured.median(side));
                    json.name(side + "_processor_ms").value(measured.processor(side));
                }
                json.name("ratio").value(measured.ratio());
                json.name("ratios").beginArray();
                for (Measured.Round round : measured.rounds()) {
                    json.value(round.ratio());
                }
                json.endArray();
                json.name("target").value(target(measured.of()));
                json.name("gradient_difference").value(measured.difference());
                for (Side.Name side : measured.errors().keySet()) {
                    json.name(side + "_error").value(measured.errors().get(side));
                }
                json.endObject();
            }
            json.endArray();
        }
    }
}
