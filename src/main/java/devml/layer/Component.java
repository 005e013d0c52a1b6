package devml.layer;

import devml.fault.Place;
import devml.notation.Expr;
import devml.notation.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer of which another one is made, as its definition states it.
 *
 * @param name by which the others read it
 * @param layer comes to the name of its definition
 * @param from come to what it reads; empty where that is what stands above it
 * @param settings its options and further inputs
 * @param span where it stands
 */
public record Component(String name, Expr layer, List<Expr> from, Map<String, Expr> settings, Span span) {
    public Component {
        from = List.copyOf(from);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public Place place() {
        return span.place();
    }
}
