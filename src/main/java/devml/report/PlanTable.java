package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import devml.fast.Route;
import devml.run.OwnedStatement;
import devml.run.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows how the fast evaluator runs each equation of a network: one line per part of an equation. */
public final class PlanTable {
    private PlanTable() {}

    /**
     * Returns a table for a terminal. Equal parts that follow one another, such as the steps of a loop, take one line.
     */
    public static String of(Plan plan) {
        TextTable table = new TextTable(
                text("layer"),
                text("pass"),
                text("route"),
                text("loops"),
                text("lanes"),
                text("summed"),
                text("layout"),
                number("FLOPs"),
                number("bytes"),
                text("equation"));
        for (Plan.Row row : plan.rows()) {
            OwnedStatement equation = row.equation();
            boolean first = true;
            for (Part part : Part.of(row.routes())) {
                table.add(
                        first ? equation.layer() : "",
                        first ? equation.phase().toString() : "",
                        part.route().kind() + (part.times() == 1 ? "" : " x" + part.times()),
                        extents(part.route().loops()),
                        extents(part.route().lanes()),
                        extents(part.route().summed()),
                        first ? layout(row) : "",
                        first
                                ? (equation.cost().exact() ? "" : "≤ ")
                                        + count(equation.cost().operations())
                                : "",
                        first ? count(equation.bytes()) : "",
                        first ? equation.equation() : "");
                first = false;
            }
        }
        return String.join("\n", table.lines()) + "\n";
    }

    /** Equal routes that follow one another. */
    private record Part(Route route, int times) {
        static List<Part> of(List<Route> routes) {
            List<Part> parts = new ArrayList<>();
            for (Route route : routes) {
                boolean again = !parts.isEmpty() && parts.getLast().route().equals(route);
                parts.add(again ? new Part(route, parts.removeLast().times() + 1) : new Part(route, 1));
            }
            return parts;
        }
    }

    private static String layout(Plan.Row row) {
        return row.innermost().isPresent() ? "innermost " + row.innermost().getAsInt() : "row-major";
    }

    private static String extents(List<Integer> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /**
     * Returns the plan as JSON: {@code {"network", "equations": [{"layer", "pass", "equation", "flops", "flops_exact",
     * "bytes", "innermost", "routes": [{"kind", "loops", "lanes", "summed"}]}]}}; {@code innermost} is null in
     * row-major order.
     */
    public static String json(Plan plan) {
        return Json.of(json -> {
            json.beginObject();
            json.name("network").value(plan.network().file().name());
            json.name("equations").beginArray();
            for (Plan.Row row : plan.rows()) {
                OwnedStatement equation = row.equation();
                json.beginObject();
                json.name("layer").value(equation.layer());
                json.name("pass").value(equation.phase().toString());
                json.name("equation").value(equation.equation());
                json.name("flops").value(equation.cost().operations());
                json.name("flops_exact").value(equation.cost().exact());
                json.name("bytes").value(equation.bytes());
                json.name("innermost");
                if (row.innermost().isPresent()) {
                    json.value(row.innermost().getAsInt());
                } else {
                    json.nullValue();
                }
                json.name("routes").beginArray();
                for (Route route : row.routes()) {
                    json.beginObject();
                    json.name("kind").value(route.kind().toString());
                    json.name("loops");
                    Json.integers(json, route.loops());
                    json.name("lanes");
                    Json.integers(json, route.lanes());
                    json.name("summed");
                    Json.integers(json, route.summed());
                    json.endObject();
                }
                json.endArray();
                json.endObject();
            }
            json.endArray();
            json.endObject();
        });
    }
}
