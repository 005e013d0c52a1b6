package devml.network;

import devml.fault.Fault;
import devml.fault.Nearest;
import devml.fault.Place;
import devml.layer.Composition;
import devml.layer.Definition;
import devml.notation.Declaration;
import devml.notation.Expr;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The layers that a composed layer consists of, in the form in which a network file would give them; {@link Binding}
 * adds them to the network.
 *
 * @param definition the definition of the composed layer
 * @param layers the layers in the order of the definition, with the names that they have there
 * @param given the inputs of the composed layer that are given
 * @param absent the optional inputs that are left out
 * @param output the output of the composed layer: an output of one of its layers
 */
record Parts(Definition definition, List<LayerSpec> layers, Set<String> given, List<String> absent, Reference output) {

    static Parts of(Definition definition, Composition composition, Set<String> given) {
        List<String> absent = definition.inputs().stream()
                .map(Declaration::name)
                .filter(input -> !given.contains(input))
                .toList();
        List<LayerSpec> layers = new ArrayList<>();
        String above = definition.inputs().getFirst().name();
        for (Composition.Use use : composition.parts()) {
            layers.add(layer(use, above, absent));
            above = use.name();
        }
        Place place = definition.output().map(Expr::place).orElse(definition.place());
        Parts parts = new Parts(definition, layers, given, absent, new Reference(composition.output(), place));
        parts.requireOutput();
        return parts;
    }

    /** Converts one layer, leaving out settings that would read an absent input. */
    private static LayerSpec layer(Composition.Use use, String above, List<String> absent) {
        List<Entry> settings = new ArrayList<>();
        use.settings().forEach((key, value) -> {
            boolean isAbsent = value instanceof Node.Scalar scalar
                    && !use.definition().options().containsKey(key)
                    && absent.contains(scalar.text());
            if (!isAbsent) {
                settings.add(new Entry(key, use.component().settings().get(key).place(), value));
            }
        });
        List<Reference> from = new ArrayList<>();
        for (int i = 0; i < use.from().size(); i++) {
            from.add(new Reference(
                    use.from().get(i), use.component().from().get(i).place()));
        }
        return new LayerSpec(
                use.name(),
                use.definition().name(),
                use.component().layer().place(),
                Optional.of(from).filter(list -> !list.isEmpty()),
                new Reference(above, use.component().place()),
                use.activation().map(Activation::read),
                settings,
                use.component().place());
    }

    /** The input or layer that a name begins with. */
    Optional<String> owner(String name) {
        return new Reference(name, output.place()).owner(names());
    }

    private Set<String> names() {
        Set<String> names = layers.stream().map(LayerSpec::name).collect(Collectors.toCollection(LinkedHashSet::new));
        names.addAll(given);
        return names;
    }

    /** Requires that what a layer reads exists. */
    void requireKnown(String layer, Reference read) {
        if (absent.contains(read.name())) {
            throw Fault.at(
                    read.place(),
                    "'%s' reads '%s', an input of %s that is not given"
                            .formatted(layer, read.name(), definition.name()));
        }
        if (owner(read.name()).isEmpty()) {
            throw Fault.at(
                    read.place(),
                    "'%s' reads '%s', which is neither an input nor a layer of %s%s"
                            .formatted(layer, read.name(), definition.name(), Nearest.hint(read.name(), names())));
        }
    }

    /**
     * Requires that the output belongs to a layer. Whether that layer has such an output is only known once it is
     * bound.
     */
    private void requireOutput() {
        String owner = owner(output.name()).orElseThrow(this::noOutput);
        if (given.contains(owner)) {
            throw Fault.at(
                    output.place(),
                    "the output of %s is one of its layers; '%s' is an input".formatted(definition.name(), owner));
        }
    }

    Fault noOutput() {
        List<String> allowed = layers.stream().map(LayerSpec::name).toList();
        return Fault.at(
                output.place(),
                "the output of %s is one of its layers, or LAYER.OUTPUT; there is no '%s'%s"
                        .formatted(definition.name(), output.name(), Nearest.hint(output.name(), allowed)));
    }
}
