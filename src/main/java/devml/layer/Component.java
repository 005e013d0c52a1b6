package devml.layer;

import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.Printer;
import devml.notation.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A layer of which another layer is made, as the {@code layers:} block of that other's definition states it;
 * {@link Composition} is what comes of it in a network.
 *
 * @param name the name by which the other layers read it
 * @param layer the formula for the name of its definition
 * @param from the formulas for what it reads; empty if it reads the layer above it
 * @param activation the layer that follows it, which has no name of its own; or the value of the layer's own option
 *     {@code activation}, if it has one
 * @param settings its other options and further inputs
 * @param span where it stands
 */
public record Component(
        String name,
        Expr layer,
        List<Expr> from,
        Optional<Component> activation,
        Map<String, Expr> settings,
        Span span) {
    /** The key of the activation, or of the layer's own option of that name. */
    public static final String ACTIVATION = "activation";

    public Component {
        from = List.copyOf(from);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public Place place() {
        return span.place();
    }

    /**
     * Returns the names of the layers that this one may be, depending on options, each with the place where it is
     * named.
     *
     * @param options the options of the definition, which may decide
     */
    public Map<String, Place> layers(Map<String, OptionType> options) {
        Map<String, Place> layers = new LinkedHashMap<>();
        collect(layer, options, layers);
        return layers;
    }

    private static void collect(Expr layer, Map<String, OptionType> options, Map<String, Place> layers) {
        switch (layer) {
            case Expr.Call call
            when call.function().equals("where") && call.arguments().size() == 3 -> {
                collect(call.arguments().get(1), options, layers);
                collect(call.arguments().get(2), options, layers);
            }
            case Expr.Word word -> layers.put(word.value(), word.place());
            case Expr.Name name -> {
                List<String> words = Optional.ofNullable(options.get(name.name()))
                        .map(OptionType::words)
                        .orElse(List.of());
                (words.isEmpty() ? List.of(name.name()) : words).forEach(word -> layers.put(word, name.place()));
            }
            case Expr other -> throw Fault.at(other.place(), "expected a name, found " + Printer.print(other));
        }
    }
}
