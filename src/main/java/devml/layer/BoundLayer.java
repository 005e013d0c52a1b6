package devml.layer;

import devml.fault.Fault;
import devml.layer.BoundTensor.Role;
import devml.notation.Declaration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A layer of a network, ready to run and to report on: a definition bound to options and shapes, as {@link Binder}
 * makes it.
 *
 * @param name the layer's name in its network
 * @param definition the definition of which it is an instance
 * @param options the value of every option, defaults included
 * @param sizes the extents of every size: one for a plain dimension, any number for a group
 * @param tensors all its tensors; their numbers are unique in the program
 * @param forward the equations of the outputs, in the order in which they run
 * @param backward the equations of the gradients, in the order in which they run
 * @param update the equations of the buffers, in the order in which they run; empty unless the network is trained
 * @param underivable why there are no backward equations, if the derived ones do not hold for these shapes
 */
public record BoundLayer(
        String name,
        Definition definition,
        Map<String, OptionValue> options,
        Map<String, List<Integer>> sizes,
        List<BoundTensor> tensors,
        List<BoundEquation> forward,
        List<BoundEquation> backward,
        List<BoundEquation> update,
        Optional<Fault> underivable) {

    public BoundLayer {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
        tensors = List.copyOf(tensors);
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
        update = List.copyOf(update);
    }

    /** All equations: forward, backward, update. */
    public Stream<BoundEquation> equations() {
        return Stream.of(forward, backward, update).flatMap(List::stream);
    }

    /**
     * Checks that the layer has backward equations.
     *
     * @param who the command or setting that needs them, as messages name it
     * @throws Fault in the definition, if there are none
     */
    public void requireBackward(String who) {
        if (definition.backward().isEmpty() || underivable.isPresent()) {
            throw underivable
                    .map(fault -> Fault.at(
                            fault.place().orElse(definition.place()),
                            "what is derived as the backward equations of %s does not hold here, so '%s' needs its own: %s"
                                    .formatted(definition.name(), who, fault.getMessage())))
                    .orElseGet(() -> Fault.at(
                            definition.place(),
                            "%s has no backward equations, which '%s' needs".formatted(definition.name(), who)));
        }
    }

    /** The tensors of one role, in the order of the definition. */
    public List<BoundTensor> tensors(Role role) {
        List<BoundTensor> some = new ArrayList<>();
        for (BoundTensor tensor : tensors) {
            if (tensor.role() == role) {
                some.add(tensor);
            }
        }
        return some;
    }

    /** The declared tensors that are not present, because options or the network leave them out. */
    public List<Declaration> absent() {
        return definition.tensors().stream()
                .filter(declared -> declared.optional().isPresent()
                        && tensors.stream().noneMatch(t -> Families.isDeclaredAs(t.input(), declared.name())))
                .toList();
    }

    public Optional<BoundTensor> tensor(String name) {
        return tensors.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /**
     * The divisor of the mean that the output stands for, if the layer is bound to a part of the samples: the output is
     * then the sum, and the divisors are to be added up over the parts.
     */
    public Optional<BoundTensor> divisor(BoundTensor output) {
        return tensor(Reduced.DIVISOR + output.name());
    }

    /** The gradient with respect to a tensor, as far as this layer contributes to it. */
    public Optional<BoundTensor> gradient(String name) {
        return tensor("d" + name);
    }
}
