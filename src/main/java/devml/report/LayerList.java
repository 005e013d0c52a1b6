package devml.report;

import devml.layer.Definition;
import java.util.List;

/** Formats the list of available layers, one per line. */
public final class LayerList {
    private LayerList() {}

    /** Returns names and summaries as a table. */
    public static String of(List<Definition> definitions) {
        TextTable table = new TextTable(TextTable.Column.text("layer"), TextTable.Column.text("summary"));
        definitions.forEach(definition -> table.add(definition.name(), definition.summary()));
        return String.join("\n", table.lines()) + "\n";
    }

    /** Returns the list as JSON: {@code [{"layer", "summary", "source"}]}. */
    public static String json(List<Definition> definitions) {
        return Json.of(json -> {
            json.beginArray();
            for (Definition definition : definitions) {
                json.beginObject();
                json.name("layer").value(definition.name());
                json.name("summary").value(definition.summary());
                json.name("source").value(definition.reference());
                json.endObject();
            }
            json.endArray();
        });
    }
}
