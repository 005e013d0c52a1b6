package devml.gradcheck;

import devml.fault.Fault;
import devml.layer.BoundLayer;
import devml.layer.Definition;
import devml.slip.Fate;
import devml.slip.Slip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The points at which slips in a layer are looked for by {@code check --equations}. */
public final class SlipProbes {
    private final List<At> points;

    /** A way to bind the layer, and points there. */
    private record At(Settings.Chosen chosen, List<Jacobian> jacobians) {}

    private SlipProbes(List<At> points) {
        this.points = points;
    }

    /** At options and shapes that are chosen. */
    public static SlipProbes of(Definition definition) {
        return new SlipProbes(Configuration.of(definition.name()).stream()
                .flatMap(given -> Settings.choose(definition, given.options(), given.shapes()).stream())
                .map(chosen -> new At(chosen, Points.of(chosen.layer())))
                .toList());
    }

    List<Jacobian> jacobians() {
        return points.stream().flatMap(at -> at.jacobians().stream()).toList();
    }

    /** What becomes of a slip in the backward equations. */
    public Fate ofBackward(Slip slip) {
        Map<Jacobian, BoundLayer> versions = new LinkedHashMap<>();
        try {
            Definition slipped = slip.definition();
            for (At at : points) {
                BoundLayer version = at.chosen().setting().bind(slipped);
                at.jacobians().forEach(jacobian -> versions.put(jacobian, version));
            }
        } catch (Fault refused) {
            return Fate.REFUSED;
        }
        try {
            return EquationCheck.firstFinding(versions).isPresent() ? Fate.FOUND : Fate.SURVIVED;
        } catch (Fault fails) {
            return Fate.FOUND;
        }
    }

    /** Whether the backward equations are not the derivative of the forward ones, of which any may have a slip. */
    public boolean findIn(Definition slipped) {
        for (At at : points) {
            try {
                BoundLayer layer = at.chosen().setting().bind(slipped);
                if (EquationCheck.of(Points.of(layer), _ -> {}).stream()
                        .anyMatch(result -> result.finding().isPresent())) {
                    return true;
                }
            } catch (Fault fails) {
                return true;
            }
        }
        return false;
    }
}
