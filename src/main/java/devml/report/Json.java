package devml.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import devml.tensor.Shape;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON (RFC 8259) to a string, indented by two spaces. */
final class Json {
    private Json() {}

    @FunctionalInterface
    interface Content {
        void write(JsonWriter json) throws IOException;
    }

    static String of(Content content) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setFormattingStyle(FormattingStyle.PRETTY.withNewline("\n"));
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text + "\n";
    }

    /**
     * Writes a number so that it can be read back exactly. JSON has no NaN and no infinities: they are written as the
     * strings that Java, Python and JavaScript parse.
     */
    static void number(JsonWriter json, String name, Number number) throws IOException {
        json.name(name);
        if (Double.isFinite(number.doubleValue())) {
            json.value(number);
        } else {
            json.value(number.toString());
        }
    }

    static void shape(JsonWriter json, String name, Shape shape) throws IOException {
        json.name(name);
        integers(json, shape.dims());
    }

    /** Writes integers on one line. */
    static void integers(JsonWriter json, Iterable<Integer> integers) throws IOException {
        FormattingStyle indented = json.getFormattingStyle();
        json.beginArray();
        json.setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true));
        for (int integer : integers) {
            json.value(integer);
        }
        json.endArray();
        json.setFormattingStyle(indented);
    }
}
