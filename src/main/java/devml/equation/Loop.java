package devml.equation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Equations that run one after another in every step, so that one may read what earlier steps have written.
 *
 * @param slot the index that counts the steps, in each equation; in none of their boxes
 * @param extent how many steps there are
 * @param down whether the steps run from the last to the first
 * @param body the equations of a step
 */
public record Loop(int slot, int extent, boolean down, List<Assignment> body) implements Statement {
    public Loop {
        body = List.copyOf(body);
    }

    /** The values of the index in the order in which they come. */
    public IntStream steps() {
        return IntStream.range(0, extent).map(i -> down ? extent - 1 - i : i);
    }

    /** The equations of one step: the index in them is a constant. */
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
