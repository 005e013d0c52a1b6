package devml.layer;

import devml.fault.Source;
import devml.yaml.Document;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A definition in a document, with what it says about itself.
 *
 * @param source the definition
 * @param with inputs, parameters, buffers and options by name
 * @param gives tensors after a run
 * @param message what is reported instead
 */
record Example(Source source, Map<String, Node> with, Map<String, Node> gives, Optional<String> message) {
    private static final Pattern FENCED =
            Pattern.compile("```yaml\\n(.*?)```\\n(?:```text\\n(.*?)\\n?```\\n)?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("(?m)^layer: (\\w+)$");

    static List<Example> in(String document) {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = FENCED.matcher(document);
        while (matcher.find()) {
            String text = matcher.group(1);
            Matcher name = NAME.matcher(text);
            Source source = new Source((name.find() ? name.group(1) : "nameless") + ".yaml", text);
            examples.add(new Example(
                    source, comment(text, "with"), comment(text, "gives"), Optional.ofNullable(matcher.group(2))));
        }
        return examples;
    }

    /** The mapping in the line {@code # key {…}}. */
    private static Map<String, Node> comment(String text, String key) {
        Map<String, Node> values = new LinkedHashMap<>();
        text.lines().filter(line -> line.startsWith("# " + key)).findFirst().ifPresent(line -> {
            Source source = new Source(key, line.substring(2 + key.length()));
            for (Entry entry : Document.read(source).root().asMapping().entries()) {
                values.put(entry.key(), entry.value());
            }
        });
        return values;
    }

    @Override
    public String toString() {
        return source.name();
    }
}
