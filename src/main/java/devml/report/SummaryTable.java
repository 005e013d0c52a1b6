package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import com.google.gson.stream.JsonWriter;
import devml.equation.Cost;
import devml.layer.BoundEquation;
import devml.layer.Position;
import devml.run.Schedule.Block;
import devml.run.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Shows what a network consists of and what it costs: one line per layer, and the totals. */
public final class SummaryTable {
    private SummaryTable() {}

    /**
     * Returns tables for a terminal.
     *
     * @param reach whether to show which values the subscripts of each equation reach
     */
    public static String of(Summary summary, boolean reach) {
        TextTable table = new TextTable(
                text("name"),
                text("layer"),
                text("output"),
                number("parameters"),
                number("forward FLOPs"),
                number("backward FLOPs"));
        for (Summary.Row row : summary.rows()) {
            table.add(
                    row.name(),
                    row.layer(),
                    row.output().toString(),
                    count(row.parameters()),
                    count(row.forward()),
                    count(row.backward()));
        }
        table.add("total", "", "", count(summary.parameters()), count(summary.forward()), count(summary.backward()));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add("parameters   " + bytes(summary.parameterBytes()));
        lines.add("activations  " + bytes(summary.activationBytes())
                + ", of one batch: the inputs and what forward keeps");
        lines.add(
                "memory       " + bytes(summary.memory().total()) + ", of one batch, with gradients: what a run needs");
        if (!summary.forward().exact() || !summary.backward().exact()) {
            lines.add("≤ counts whole boxes: points that a border or a guard drops too, and the dearer of two choices");
        }
        if (!summary.unread().isEmpty()) {
            lines.add("never read   " + String.join(", ", summary.unread()));
        }
        if (reach) {
            lines.addAll(reaches(summary));
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> reaches(Summary summary) {
        List<String> lines = new ArrayList<>();
        Stream.concat(summary.schedule().forward().stream(), summary.schedule().backward().stream())
                .forEach(block -> {
                    if (block instanceof Block.Layer layer) {
                        layer.equations().stream()
                                .filter(equation -> !equation.positions().isEmpty())
                                .forEach(equation -> reach(lines, layer, equation));
                    }
                });
        return lines;
    }

    private static void reach(List<String> lines, Block.Layer layer, BoundEquation equation) {
        lines.add("");
        lines.add(layer.node().name() + ": " + equation.syntax());
        equation.positions().forEach(position -> lines.add("  " + position));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String count(Cost cost) {
        return (cost.exact() ? "" : "≤ ") + count(cost.operations());
    }

    private static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /**
     * Returns the summary as JSON, including the reaches: {@code {"network", "layers": [{"name", "layer", "output",
     * "parameters", "forward_flops", "backward_flops"}], "parameters", …, "never_read", "positions"}}.
     */
    public static String json(Summary summary) {
        return Json.of(json -> {
            json.beginObject();
            json.name("network").value(summary.schedule().network().file().name());
            json.name("layers").beginArray();
            for (Summary.Row row : summary.rows()) {
                json.beginObject();
                json.name("name").value(row.name());
                json.name("layer").value(row.layer());
                Json.shape(json, "output", row.output());
                counts(json, row.parameters(), row.forward(), row.backward());
                json.endObject();
            }
            json.endArray();
            counts(json, summary.parameters(), summary.forward(), summary.backward());
            json.name("parameter_bytes").value(summary.parameterBytes());
            json.name("activation_bytes").value(summary.activationBytes());
            json.name("memory_bytes").value(summary.memory().total());
            DefinitionText.strings(json, "never_read", summary.unread());
            json.name("positions").beginArray();
            for (Block block : Stream.concat(
                            summary.schedule().forward().stream(), summary.schedule().backward().stream())
                    .toList()) {
                if (block instanceof Block.Layer layer) {
                    for (BoundEquation equation : layer.equations()) {
                        for (Position position : equation.positions()) {
                            write(json, layer.node().name(), equation, position);
                        }
                    }
                }
            }
            json.endArray();
            json.endObject();
        });
    }

    /** Writes the counts; a number of operations that is not exact is an upper bound. */
    private static void counts(JsonWriter json, long parameters, Cost forward, Cost backward) throws IOException {
        json.name("parameters").value(parameters);
        json.name("forward_flops").value(forward.operations());
        json.name("backward_flops").value(backward.operations());
        json.name("flops_exact").value(forward.exact() && backward.exact());
    }

    private static void write(JsonWriter json, String layer, BoundEquation equation, Position position)
            throws IOException {
        json.beginObject();
        json.name("layer").value(layer);
        json.name("equation").value(equation.syntax().toString());
        json.name("position").value(position.name());
        json.name("low").value(position.reach().low());
        json.name("high").value(position.reach().high());
        json.name("extent").value(position.extent());
        json.endObject();
    }
}
