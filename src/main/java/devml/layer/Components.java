package devml.layer;

import devml.fault.Fault;
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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the {@code layers} block of a definition that is made of layers. All values in it are formulas of the
 * definition's options and sizes.
 */
final class Components {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Components() {}

    static List<Component> read(Node node) {
        List<Entry> entries = node.asMapping().entries();
        for (Entry entry : entries) {
            if (!NAME.matcher(entry.key()).matches()) {
                throw Fault.at(
                        entry.keyPlace(),
                        "'%s' is no name of a layer in a definition: it starts with a letter or _, and goes on with "
                                        .formatted(entry.key())
                                + "letters, digits and _");
            }
        }
        return entries.stream()
                .map(entry -> read("'" + entry.key() + "'", entry, List.of("from", Component.ACTIVATION)))
                .toList();
    }

    /** @param known the keys, besides {@code layer}, that mean the same for every layer and so are no settings */
    private static Component read(String owner, Entry entry, List<String> known) {
        Span span = Span.of(entry.keyPlace());
        if (!(entry.required() instanceof Mapping mapping)) {
            return new Component(entry.key(), formula(entry.required()), List.of(), Optional.empty(), Map.of(), span);
        }
        Fields fields = new Fields(owner, mapping);
        Expr layer = formula(fields.required("layer"));
        Map<String, Expr> settings = new LinkedHashMap<>();
        for (Entry setting : mapping.entries()) {
            if (!setting.key().equals("layer") && !known.contains(setting.key())) {
                settings.put(setting.key(), formula(setting.required()));
            }
        }
        return new Component(
                entry.key(),
                layer,
                fields.optional("from")
                        .filter(_ -> known.contains("from"))
                        .map(Components::from)
                        .orElse(List.of()),
                fields.entry(Component.ACTIVATION)
                        .filter(_ -> known.contains(Component.ACTIVATION))
                        .map(activation -> read("an activation", activation, List.of())),
                settings,
                span);
    }

    private static List<Expr> from(Node node) {
        List<Expr> from = formula(node) instanceof Expr.Tuple tuple ? tuple.items() : List.of(formula(node));
        if (from.isEmpty()) {
            throw Fault.at(node.place(), "'from' names at least one input or layer");
        }
        return from;
    }

    /** Reads a formula, a row of formulas, or a signature, which is recognized by its arrow. */
    private static Expr formula(Node node) {
        return switch (node) {
            case Node.Sequence row ->
                new Expr.Tuple(row.items().stream().map(Components::formula).toList(), Span.of(row.place()));
            case Node.Scalar scalar
            when scalar.text().matches("[A-Za-z., ]*->[A-Za-z., ]*") ->
                new Expr.Word(scalar.text(), Span.of(scalar.place()));
            case Node other -> Parser.expression(DefinitionReader.inner(other));
        };
    }
}
