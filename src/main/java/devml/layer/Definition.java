package devml.layer;

import devml.derive.Derivation;
import devml.derive.ExpandedSize;
import devml.derive.Forward;
import devml.fault.Fault;
import devml.fault.Place;
import devml.notation.Abbreviation;
import devml.notation.Declaration;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.Requirement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A layer as its YAML file defines it, before it is bound to a network. {@link DefinitionReader} reads it; what its
 * equations mean is checked only when it is bound.
 *
 * @param name the name by which networks call it
 * @param summary what it does, in a line
 * @param reference the paper or standard that it follows; may be empty
 * @param options what a network may set, in the order of the file
 * @param tensors the declared tensors: inputs, parameters, buffers, outputs, locals
 * @param where the short names
 * @param require the conditions that options and shapes must satisfy
 * @param components the layers of which it is made; if there are any, it has no equations of its own
 * @param output of these layers, the one whose output is the definition's; the last one if absent
 * @param forward the equations of the outputs
 * @param backward the equations of the gradients
 * @param derived whether the backward equations are derived from the forward ones and do not stand in the file
 * @param update the equations of the buffers, which run after a training step
 * @param init what parameters and buffers start with if the network does not say
 * @param notes conventions worth knowing; may be empty
 * @param place where the definition stands
 */
public record Definition(
        String name,
        String summary,
        String reference,
        Map<String, OptionType> options,
        List<Declaration> tensors,
        List<Abbreviation> where,
        List<Requirement> require,
        List<Component> components,
        Optional<Expr> output,
        List<Equation> forward,
        List<Equation> backward,
        boolean derived,
        List<Equation> update,
        List<Abbreviation> init,
        String notes,
        Place place) {

    /**
     * The largest forward equations, in nodes with short names expanded, from which backward equations are derived
     * unasked.
     */
    private static final long MAX_DERIVED = 100_000;

    public Definition {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        tensors = List.copyOf(tensors);
        where = List.copyOf(where);
        require = List.copyOf(require);
        components = List.copyOf(components);
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
        update = List.copyOf(update);
        init = List.copyOf(init);
    }

    /** Returns the backward equations that follow from the forward ones, even if the file has its own. */
    public List<Equation> derive() {
        if (isComposed()) {
            throw Fault.at(place, name + " is made of layers, each of which has its own backward equations");
        }
        return Derivation.of(new Forward(options.keySet(), tensors, where, forward));
    }

    /** Whether the forward equations are short enough to derive from; those of all layers that ship are. */
    boolean isDerivable() {
        return !isComposed() && ExpandedSize.of(where, forward) <= MAX_DERIVED;
    }

    /** Whether the layer is made of other layers. */
    public boolean isComposed() {
        return !components.isEmpty();
    }

    /** Returns the definition with the derived backward equations. */
    public Definition withDerived() {
        return new Definition(
                name,
                summary,
                reference,
                options,
                tensors,
                where,
                require,
                components,
                output,
                forward,
                derive(),
                true,
                update,
                init,
                notes,
                place);
    }

    /** All equations: forward, backward, update. */
    public List<Equation> equations() {
        return Stream.of(forward, backward, update).flatMap(List::stream).toList();
    }

    /** The declared inputs, in the order of the file. */
    public List<Declaration> inputs() {
        return tensors.stream().filter(t -> t.role() == Declaration.Role.INPUT).toList();
    }
}
