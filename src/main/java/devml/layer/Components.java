package devml.layer;

import devml.notation.Expr;
import devml.notation.Parser;
import devml.notation.Span;
import devml.yaml.Fields;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import devml.yaml.Node.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the layers of which a definition is made. Their values are formulas of its options and sizes. */
final class Components {
    private Components() {}

    static List<Component> read(Node node) {
        return node.asMapping().entries().stream().map(Components::read).toList();
    }

    private static Component read(Entry entry) {
        Mapping mapping = entry.required().asMapping();
        Expr layer = formula(new Fields("a layer of a definition", mapping).required("layer"));
        List<Expr> from = List.of();
        Map<String, Expr> settings = new LinkedHashMap<>();
        for (Entry setting : mapping.entries()) {
            Expr value = formula(setting.required());
            if (setting.key().equals("from")) {
                from = value instanceof Expr.Tuple tuple ? tuple.items() : List.of(value);
            } else if (!setting.key().equals("layer")) {
                settings.put(setting.key(), value);
            }
        }
        return new Component(entry.key(), layer, from, settings, Span.of(entry.keyPlace()));
    }

    private static Expr formula(Node node) {
        return node instanceof Node.Sequence sequence
                ? new Expr.Tuple(
                        sequence.items().stream().map(Components::formula).toList(), Span.of(node.place()))
                : Parser.expression(DefinitionReader.inner(node));
    }
}
