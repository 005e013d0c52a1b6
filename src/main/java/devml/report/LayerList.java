package devml.report;

import devml.layer.Definition;
import java.util.List;

/** The layers that there are, a line each. */
public final class LayerList {
    private LayerList() {}

    /** Names and summaries. */
    public static String of(List<Definition> definitions) {
        TextTable table = new TextTable(TextTable.Column.text("layer"), TextTable.Column.text("summary"));
        definitions.forEach(definition -> table.add(definition.name(), definition.summary()));
        return String.join("\n", table.lines()) + "\n";
    }

    /** The same as JSON: {@code [{"layer", "summary", "source"}]}. */
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
