package devml.report;

import static devml.report.TextTable.Column.number;
import static devml.report.TextTable.Column.text;

import com.google.gson.stream.JsonWriter;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a run computed: shape, Euclidean norm, smallest and largest element of each named tensor, and the loss. */
public final class TensorTable {
    private TensorTable() {}

    /**
     * For a terminal: a line a tensor, numbers with up to 8 digits after the point as NumPy prints a column of them,
     * the loss with all its digits. Every line ends with a line feed.
     *
     * @param loss a scalar, where there is one
     */
    public static String of(Map<String, Tensor> tensors, Optional<Tensor> loss) {
        return ofRows(rows(tensors), loss);
    }

    /** As {@link #of}, of tensors some of which may not be in memory. */
    public static String ofRows(Map<String, Rows> tensors, Optional<Tensor> loss) {
        List<TensorStatistics> statistics =
                tensors.values().stream().map(TensorStatistics::of).toList();
        boolean single = tensors.values().stream().allMatch(TensorTable::isSingle);
        String[] norms = column(statistics, TensorStatistics::norm, single);
        String[] mins = column(statistics, TensorStatistics::min, single);
        String[] maxs = column(statistics, TensorStatistics::max, single);
        TextTable table = new TextTable(text("tensor"), text("shape"), number("norm"), number("min"), number("max"));
        int row = 0;
        for (Map.Entry<String, Rows> tensor : tensors.entrySet()) {
            String shape = Shape.text(tensor.getValue().dims());
            boolean empty = tensor.getValue().dims().contains(0);
            table.add(tensor.getKey(), shape, norms[row], empty ? "-" : mins[row], empty ? "-" : maxs[row]);
            row++;
        }
        String lines = String.join("\n", table.lines()) + "\n";
        return loss.map(scalar -> lines + "loss " + ArrayText.of(scalar) + "\n").orElse(lines);
    }

    /**
     * The same as JSON: {@code {"loss", "tensors": [{"tensor", "shape", "norm", "min", "max"}]}}; no loss is null,
     * a tensor without elements has no min and max.
     */
    public static String json(Map<String, Tensor> tensors, Optional<Tensor> loss) {
        return jsonOfRows(rows(tensors), loss);
    }

    /** As {@link #json}, of tensors some of which may not be in memory. */
    public static String jsonOfRows(Map<String, Rows> tensors, Optional<Tensor> loss) {
        return Json.of(json -> {
            json.beginObject();
            if (loss.isPresent()) {
                Json.number(json, "loss", loss.get().get(0));
            } else {
                json.name("loss").nullValue();
            }
            json.name("tensors").beginArray();
            for (Map.Entry<String, Rows> tensor : tensors.entrySet()) {
                write(json, tensor.getKey(), tensor.getValue());
            }
            json.endArray();
            json.endObject();
        });
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

    private static void write(JsonWriter json, String name, Rows tensor) throws IOException {
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
        json.endObject();
    }

    /** One number a tensor, in their common format. */
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
