package devml.format;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import devml.fault.Fault;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.tensor.Tensor.Doubles;
import devml.tensor.Tensor.Floats;
import devml.tensor.Tensor.Longs;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reads and writes tensors as JSON: {@code {"conv.weight": {"shape": [2, 2], "dtype": "float64", "data": [[1.0, 0.5],
 * [0.0, "NaN"]]}}}. JSON has no infinities and no NaN; the strings {@code "Infinity"}, {@code "-Infinity"} and
 * {@code "NaN"} stand for them. Plain nested lists are read too, as a tensor or as the whole file.
 */
public final class Json {
    private Json() {}

    /**
     * Returns all tensors of a file by name, in the order of the file. A file that is one nested list holds a single
     * tensor, named after the file.
     *
     * @throws Fault if the file cannot be read, is not strict JSON, or its lists are ragged or contradict its shapes
     */
    public static SequencedMap<String, Tensor> readAll(Path file) {
        FileAccess.requireFile(file);
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        try (var reader = Files.newBufferedReader(file)) {
            JsonInput in = new JsonInput(reader, file.toString());
            if (in.at(JsonToken.BEGIN_ARRAY)) {
                tensors.put(Format.baseName(file), JsonTensor.read(in));
            } else {
                in.object(key -> tensors.put(key, JsonTensor.read(in)));
            }
            in.end();
        } catch (IOException e) {
            throw Fault.of(file + ": cannot be read: " + FileAccess.reason(e), e);
        }
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /** Writes a file, replacing an existing one, and creates the directories above it. */
    public static void write(Path file, Map<String, Tensor> tensors) {
        FileAccess.write(file, out -> {
            JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            json.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
            json.beginObject();
            for (var tensor : tensors.entrySet()) {
                json.name(tensor.getKey());
                write(tensor.getValue(), json);
            }
            json.endObject();
            json.flush();
        });
    }

    private static void write(Tensor tensor, JsonWriter json) throws IOException {
        json.beginObject().name("shape").beginArray();
        for (int dim : tensor.shape().dims()) {
            json.value(dim);
        }
        json.endArray().name("dtype").value(dtype(tensor)).name("data");
        writeData(tensor, 0, 0, json);
        json.endObject();
    }

    /** Writes the elements on one line: a number, or lists as deep as there are dimensions. */
    public static void writeOnOneLine(Tensor tensor, JsonWriter json) throws IOException {
        if (tensor.shape().rank() == 0) {
            writeElement(tensor, 0, json);
            return;
        }
        FormattingStyle indented = json.getFormattingStyle();
        json.beginArray();
        json.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
        int offset = 0;
        for (int i = 0; i < tensor.shape().dim(0); i++) {
            offset = writeData(tensor, 1, offset, json);
        }
        json.endArray();
        json.setFormattingStyle(indented);
    }

    /**
     * Writes the elements from {@code offset} on that share the first {@code axis} indices, and returns the offset
     * after them.
     */
    private static int writeData(Tensor tensor, int axis, int offset, JsonWriter json) throws IOException {
        Shape shape = tensor.shape();
        if (axis == shape.rank()) {
            writeElement(tensor, offset, json);
            return offset + 1;
        }
        json.beginArray();
        for (int i = 0; i < shape.dim(axis); i++) {
            offset = writeData(tensor, axis + 1, offset, json);
        }
        json.endArray();
        return offset;
    }

    private static void writeElement(Tensor tensor, int i, JsonWriter json) throws IOException {
        switch (tensor) {
            case Longs(var _, long[] values) -> json.value(values[i]);
            case Doubles(var _, double[] values) when Double.isFinite(values[i]) -> json.value(values[i]);
            case Floats(var _, float[] values) when Float.isFinite(values[i]) -> json.value(values[i]);
            case Doubles _, Floats _ -> json.value(Double.toString(tensor.get(i)));
        }
    }

    static String dtype(Tensor tensor) {
        return switch (tensor) {
            case Doubles _ -> "float64";
            case Floats _ -> "float32";
            case Longs _ -> "int64";
        };
    }
}
