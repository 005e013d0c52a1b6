package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import com.google.gson.stream.JsonWriter;
import devml.equation.Cost;
import devml.run.Phase;
import devml.run.Roofline;
import devml.run.Timing;
import devml.run.Timing.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows how long a network takes: one line per layer, and one per equation. */
public final class TimingTable {
    private TimingTable() {}

    /**
     * Returns tables for a terminal. The line {@code tensors} is the time that passes take to allocate and fill
     * tensors.
     */
    public static String of(Timing timing, String evaluator, boolean simd, int threads) {
        List<String> lines = new ArrayList<>();
        lines.addAll(layers(timing).lines());
        lines.add("");
        lines.addAll(equations(timing).lines());
        lines.add("");
        lines.add("measured   %d passes of %s ms after a warm-up: %s evaluator%s, %s, %d thread%s; medians"
                .formatted(
                        timing.passes(),
                        milliseconds(timing.nanos()),
                        evaluator,
                        simd ? " by the Vector API" : "",
                        timing.workload().dtype(),
                        threads,
                        threads == 1 ? "" : "s"));
        timing.bounds()
                .ifPresent(bounds ->
                        lines.add("bounds     %s times as long: %s ms a pass that also bounds rounding errors"
                                .formatted(format("%.2f", bounds.times()), milliseconds(bounds.nanos()))));
        lines.add(format(
                "peak       %.1f GFLOP/s, of fused multiply-adds",
                timing.roofline().flops() / 1e9));
        lines.add(format(
                "memory     %.1f GB/s, read and written", timing.roofline().bytes() / 1e9));
        return String.join("\n", lines) + "\n";
    }

    private static TextTable layers(Timing timing) {
        TextTable table = new TextTable(
                text("layer"),
                number("forward ms"),
                number("backward ms"),
                number("share"),
                number("GFLOP/s"),
                number("of peak"));
        for (String layer : timing.rows().stream().map(Row::layer).distinct().toList()) {
            List<Row> rows = timing.rows().stream()
                    .filter(row -> row.layer().equals(layer))
                    .toList();
            add(table, layer, rows, nanos(rows), timing);
        }
        table.add("tensors", "", milliseconds(timing.tensors()), share(timing.tensors(), timing), "", "");
        add(table, "total", timing.rows(), nanos(timing.rows()) + timing.tensors(), timing);
        return table;
    }

    private static void add(TextTable table, String name, List<Row> rows, double nanos, Timing timing) {
        double forward =
                nanos(rows.stream().filter(row -> row.phase() == Phase.FORWARD).toList());
        Cost cost = rows.stream().map(Row::cost).reduce(Cost.NONE, Cost::plus);
        table.add(
                name,
                milliseconds(forward),
                milliseconds(nanos - forward),
                share(nanos, timing),
                rate(cost, nanos),
                peak(cost, nanos, timing.roofline()));
    }

    private static TextTable equations(Timing timing) {
        TextTable table = new TextTable(
                text("layer"),
                text("pass"),
                number("ms"),
                number("share"),
                number("GFLOP/s"),
                number("of peak"),
                number("GB/s"),
                number("of memory"),
                text("equation"));
        for (Row row : timing.rows()) {
            boolean memory = isBoundByMemory(row, timing.roofline());
            table.add(
                    row.layer(),
                    row.phase().toString(),
                    milliseconds(row.nanos()),
                    share(row.nanos(), timing),
                    rate(row.cost(), row.nanos()),
                    peak(row.cost(), row.nanos(), timing.roofline()),
                    memory ? format("%.1f", row.bytes() / row.nanos()) : "",
                    memory
                            ? percent(row.bytes()
                                    / (row.nanos() / 1e9)
                                    / timing.roofline().bytes())
                            : "",
                    row.equation());
        }
        return table;
    }

    /** Whether the machine takes longer to move the bytes of an equation than to perform its operations. */
    private static boolean isBoundByMemory(Row row, Roofline roofline) {
        return row.bytes() / roofline.bytes() > row.cost().operations() / roofline.flops();
    }

    private static double nanos(List<Row> rows) {
        return rows.stream().mapToDouble(Row::nanos).sum();
    }

    private static String milliseconds(double nanos) {
        return format("%.3f", nanos / 1e6);
    }

    private static String share(double nanos, Timing timing) {
        return percent(nanos / (nanos(timing.rows()) + timing.tensors()));
    }

    /** The rate of operations; an upper bound if the number of operations is one. */
    private static String rate(Cost cost, double nanos) {
        return (cost.exact() ? "" : "≤ ") + format("%.2f", cost.operations() / nanos);
    }

    private static String peak(Cost cost, double nanos, Roofline roofline) {
        return (cost.exact() ? "" : "≤ ") + percent(cost.operations() / (nanos / 1e9) / roofline.flops());
    }

    private static String percent(double share) {
        return format("%.0f%%", 100 * share);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    /**
     * Returns the timing as JSON: {@code {"network", "dtype", "evaluator", "simd", "threads", "passes", "ms",
     * "tensors_ms", "bounds_ms", "bounds_times_as_long", "peak_flops", "memory_bytes_per_second", "equations":
     * [{"layer", "pass", "equation", "ms", "flops", "flops_exact", "bytes", "flops_per_second", "of_peak",
     * "bytes_per_second", "of_memory"}]}}; the bounds are there only if they were measured.
     */
    public static String json(Timing timing, String evaluator, boolean simd, int threads) {
        return Json.of(json -> {
            json.beginObject();
            json.name("network").value(timing.workload().network().file().name());
            json.name("dtype").value(timing.workload().dtype().toString());
            json.name("evaluator").value(evaluator);
            json.name("simd").value(simd);
            json.name("threads").value(threads);
            json.name("passes").value(timing.passes());
            json.name("ms").value(timing.nanos() / 1e6);
            json.name("tensors_ms").value(timing.tensors() / 1e6);
            if (timing.bounds().isPresent()) {
                json.name("bounds_ms").value(timing.bounds().get().nanos() / 1e6);
                json.name("bounds_times_as_long").value(timing.bounds().get().times());
            }
            json.name("peak_flops").value(timing.roofline().flops());
            json.name("memory_bytes_per_second").value(timing.roofline().bytes());
            json.name("equations").beginArray();
            for (Row row : timing.rows()) {
                write(json, row, timing.roofline());
            }
            json.endArray();
            json.endObject();
        });
    }

    private static void write(JsonWriter json, Row row, Roofline roofline) throws IOException {
        double seconds = row.nanos() / 1e9;
        json.beginObject();
        json.name("layer").value(row.layer());
        json.name("pass").value(row.phase().toString());
        json.name("equation").value(row.equation());
        json.name("ms").value(row.nanos() / 1e6);
        json.name("flops").value(row.cost().operations());
        json.name("flops_exact").value(row.cost().exact());
        json.name("bytes").value(row.bytes());
        Json.number(json, "flops_per_second", row.cost().operations() / seconds);
        Json.number(json, "of_peak", row.cost().operations() / seconds / roofline.flops());
        Json.number(json, "bytes_per_second", row.bytes() / seconds);
        Json.number(json, "of_memory", row.bytes() / seconds / roofline.bytes());
        json.endObject();
    }
}
