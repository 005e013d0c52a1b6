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
 * A layer of which another one is made, as its definition states it.
 *
 * @param name by which the others read it
 * @param layer comes to the name of its definition
 * @param from come to what it reads; empty where that is what stands above it
 * @param activation the layer behind it, under whose name nobody reads it; or an option's value, where the layer has
 *     an option of that name
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
    /** The key of its activation; of an option, where the layer has one of that name. */
    public static final String ACTIVATION = "activation";

    public Component {
        from = List.copyOf(from);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public Place place() {
        return span.place();
    }

    /**
     * The layers that it may be, each with the place where it is named.
     *
     * @param options of the whole, which may decide
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
