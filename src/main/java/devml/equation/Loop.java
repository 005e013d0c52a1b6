package devml.equation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A loop whose equations run one after another in every step, so that an equation can read what earlier steps have
 * written: the recurrence of a recurrent layer, or its gradients, which run backwards.
 *
 * @param slot the index that counts the steps; it occurs in the equations but in none of their boxes
 * @param extent the number of steps
 * @param down whether the steps run from the last to the first
 * @param body the equations of a step
 */
public record Loop(int slot, int extent, boolean down, List<Assignment> body) implements Statement {
    public Loop {
        body = List.copyOf(body);
    }

    /** The values of the index in the order in which the loop takes them. */
    public IntStream steps() {
        return IntStream.range(0, extent).map(i -> down ? extent - 1 - i : i);
    }

    /** Returns the equations of one step, in which the index of the loop is a constant. */
    public List<Assignment> at(int step) {
        Substitution substitution =
                Substitution.of(index -> index.equals(new Int.Index(slot)) ? Ints.constant(step) : index);
        return body.stream()
                .map(equation -> new Assignment(
                        equation.target(),
                        equation.subscripts().stream().map(substitution::apply).toList(),
                        equation.accumulates(),
                        substitution.apply(equation.box()),
                        substitution.apply(equation.value()),
                        equation.slots(),
                        equation.place()))
                .toList();
    }

    @Override
    public List<Assignment> assignments() {
        return body;
    }
}
