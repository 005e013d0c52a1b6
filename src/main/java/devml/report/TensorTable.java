package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import com.google.gson.stream.JsonWriter;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Shows what a run computed: shape, Euclidean norm, smallest and largest element of each named tensor, and the loss.
 */
public final class TensorTable {
    private TensorTable() {}

    /**
     * Returns a table for a terminal: one line per tensor, numbers with up to 8 digits after the point as NumPy prints
     * a column of them, and the loss with all its digits. Every line ends with a line feed.
     *
     * @param loss a scalar, if there is a loss
     */
    public static String of(Map<String, Tensor> tensors, Optional<Tensor> loss) {
        return ofRows(rows(tensors), loss);
    }

    /** Returns the table of {@link #of}, for tensors that need not be in memory. */
    public static String ofRows(Map<String, Rows> tensors, Optional<Tensor> loss) {
        return ofRows(tensors, loss, Map.of());
    }

    /**
     * Returns the table of {@link #ofRows(Map, Optional)} with a column for the largest error bound of each tensor's
     * elements.
     *
     * @param bounds by the names of tensors, and {@code loss}; if there are none, there is no such column
     */
    public static String ofRows(Map<String, Rows> tensors, Optional<Tensor> loss, Map<String, Rows> bounds) {
        List<TensorStatistics> statistics =
                tensors.values().stream().map(TensorStatistics::of).toList();
        boolean single = tensors.values().stream().allMatch(TensorTable::isSingle);
        String[] norms = column(statistics, TensorStatistics::norm, single);
        String[] mins = column(statistics, TensorStatistics::min, single);
        String[] maxs = column(statistics, TensorStatistics::max, single);
        List<TextTable.Column> columns =
                new ArrayList<>(List.of(text("tensor"), text("shape"), number("norm"), number("min"), number("max")));
        if (!bounds.isEmpty()) {
            columns.add(number("max bound"));
        }
        TextTable table = new TextTable(columns.toArray(TextTable.Column[]::new));
        int row = 0;
        for (Map.Entry<String, Rows> tensor : tensors.entrySet()) {
            String shape = Shape.text(tensor.getValue().dims());
            boolean empty = tensor.getValue().dims().contains(0);
            List<String> cells = new ArrayList<>(
                    List.of(tensor.getKey(), shape, norms[row], empty ? "-" : mins[row], empty ? "-" : maxs[row]));
            if (!bounds.isEmpty()) {
                Rows bound = bounds.get(tensor.getKey());
                cells.add(bound == null || empty ? "-" : Decimals.error(largest(bound)));
            }
            table.add(cells.toArray(String[]::new));
            row++;
        }
        String lines = String.join("\n", table.lines()) + "\n";
        String bound = bounds.containsKey("loss") ? ", bound " + Decimals.error(largest(bounds.get("loss"))) : "";
        return loss.map(scalar -> lines + "loss " + ArrayText.of(scalar) + bound + "\n")
                .orElse(lines);
    }

    /**
     * Returns the statistics as JSON: {@code {"loss", "tensors": [{"tensor", "shape", "norm", "min", "max"}]}}; without
     * a loss it is null, and a tensor without elements has no min and max.
     */
    public static String json(Map<String, Tensor> tensors, Optional<Tensor> loss) {
        return jsonOfRows(rows(tensors), loss);
    }

    /** Returns the JSON of {@link #json}, for tensors that need not be in memory. */
    public static String jsonOfRows(Map<String, Rows> tensors, Optional<Tensor> loss) {
        return jsonOfRows(tensors, loss, Map.of());
    }

    /**
     * Returns the JSON of {@link #jsonOfRows(Map, Optional)} with {@code loss_bound} and {@code max_bound} where there
     * are bounds.
     */
    public static String jsonOfRows(Map<String, Rows> tensors, Optional<Tensor> loss, Map<String, Rows> bounds) {
        return Json.of(json -> {
            json.beginObject();
            json.name("loss");
            if (loss.isPresent()) {
                devml.format.Json.writeOnOneLine(loss.get(), json);
            } else {
                json.nullValue();
            }
            if (bounds.containsKey("loss")) {
                Json.number(json, "loss_bound", largest(bounds.get("loss")));
            }
            json.name("tensors").beginArray();
            for (Map.Entry<String, Rows> tensor : tensors.entrySet()) {
                write(json, tensor.getKey(), tensor.getValue(), Optional.ofNullable(bounds.get(tensor.getKey())));
            }
            json.endArray();
            json.endObject();
        });
    }

    private static double largest(Rows bound) {
        return TensorStatistics.of(bound).max();
    }

    private static Map<String, Rows> rows(Map<String, Tensor> tensors) {
        Map<String, Rows> rows = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> rows.put(name, Rows.of(tensor)));
        return rows;
    }

    private static boolean isSingle(Rows rows) {
        Tensor some = rows instanceof Rows.Held(Tensor whole) ? whole : rows.read(0, 0);
        return some instanceof Tensor.Floats;
    }

    private static void write(JsonWriter json, String name, Rows tensor, Optional<Rows> bound) throws IOException {
        TensorStatistics statistics = TensorStatistics.of(tensor);
        json.beginObject();
        json.name("tensor").value(name);
        json.name("shape");
        Json.integers(json, tensor.dims());
        Json.number(json, "norm", statistics.norm());
        if (!tensor.dims().contains(0)) {
            Json.number(json, "min", statistics.min());
            Json.number(json, "max", statistics.max());
        }
        if (bound.isPresent()) {
            Json.number(json, "max_bound", largest(bound.get()));
        }
        json.endObject();
    }

    /** Formats one number per tensor, in a common format. */
    private static String[] column(
            List<TensorStatistics> statistics, ToDoubleFunction<TensorStatistics> number, boolean single) {
        Tensor.Doubles doubles = new Tensor.Doubles(
                Shape.of(statistics.size()),
                statistics.stream().mapToDouble(number).toArray());
        Tensor column = single ? doubles.toFloats() : doubles;
        int[] all = IntStream.range(0, statistics.size()).toArray();
        FloatFormat format = FloatFormat.of(column, all);
        return IntStream.of(all).mapToObj(row -> format.format(column, row)).toArray(String[]::new);
    }
}
