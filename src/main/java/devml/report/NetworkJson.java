package devml.report;

import com.google.gson.stream.JsonWriter;
import devml.layer.BoundEquation;
import devml.layer.BoundTensor;
import devml.layer.OptionValue;
import devml.layer.ShortNames;
import devml.network.BoundNode;
import devml.notation.Printer;
import devml.run.Schedule;
import devml.run.Schedule.Block;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Formats the equations of a network as JSON: {@code {"network", "layers": [{"name", "layer", "reads", "options",
 * "sizes", "tensors"}], "forward": [{"name", "equations", "where"}], "backward", "update"}}. A sum of gradients is
 * {@code {"sum", "of"}}.
 */
public final class NetworkJson {
    private NetworkJson() {}

    /**
     * Returns one document.
     *
     * @param forward whether to show the forward equations
     * @param backward whether to show the backward equations
     */
    public static String of(Schedule schedule, boolean forward, boolean backward) {
        return Json.of(json -> {
            json.beginObject();
            json.name("network").value(schedule.network().file().name());
            json.name("layers").beginArray();
            for (BoundNode node : schedule.network().nodes()) {
                write(json, node);
            }
            json.endArray();
            if (forward) {
                write(json, "forward", schedule.forward());
            }
            if (backward) {
                write(json, "backward", schedule.backward());
                write(json, "update", schedule.update());
            }
            json.endObject();
        });
    }

    private static void write(JsonWriter json, BoundNode node) throws IOException {
        json.beginObject();
        json.name("name").value(node.name());
        json.name("layer").value(node.layer().definition().name());
        json.name("reads").beginObject();
        for (Map.Entry<String, String> read : node.reads().entrySet()) {
            json.name(read.getKey()).value(read.getValue());
        }
        json.endObject();
        json.name("options").beginObject();
        for (Map.Entry<String, OptionValue> option : node.layer().options().entrySet()) {
            json.name(option.getKey()).value(option.getValue().toString());
        }
        json.endObject();
        json.name("sizes").beginObject();
        for (Map.Entry<String, List<Integer>> size : node.layer().sizes().entrySet()) {
            json.name(size.getKey());
            Json.integers(json, size.getValue());
        }
        json.endObject();
        json.name("tensors").beginArray();
        for (BoundTensor tensor : node.layer().tensors()) {
            json.beginObject();
            json.name("name").value(tensor.name());
            json.name("role").value(NetworkText.role(tensor));
            Json.shape(json, "shape", tensor.shape());
            String meaning = NetworkText.meaning(node, tensor);
            if (!meaning.isEmpty()) {
                json.name("in_network").value(meaning);
            }
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }

    private static void write(JsonWriter json, String name, List<Block> blocks) throws IOException {
        json.name(name).beginArray();
        for (Block block : blocks) {
            json.beginObject();
            switch (block) {
                case Block.Sum sum -> {
                    json.name("sum").value("d" + sum.value());
                    DefinitionText.strings(json, "of", NetworkText.parts(sum));
                }
                case Block.Layer(BoundNode node, List<BoundEquation> equations) -> {
                    json.name("name").value(node.name());
                    DefinitionText.strings(json, "equations", Printer.lines(NetworkText.syntax(equations)));
                    DefinitionText.strings(
                            json, "where", ShortNames.used(node.layer().definition(), NetworkText.syntax(equations)));
                }
            }
            json.endObject();
        }
        json.endArray();
    }
}
