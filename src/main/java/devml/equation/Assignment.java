package devml.equation;

import devml.fault.Place;
import java.util.List;

/**
 * One equation, ready to run: at every point of its box in turn, it writes the value to an element of the target, or
 * adds it.
 *
 * @param target the tensor written
 * @param subscripts the element written, as a function of the indices
 * @param accumulates whether the value is added; the target was zero before its first equation
 * @param box the free indices, in the order in which the target and then the value name them; the index of a
 *     {@link Loop} around the equation is not among them
 * @param value the expression that is written or added
 * @param slots the number of indices, including those that reductions bind
 * @param place the line of the definition that the equation comes from
 */
public record Assignment(
        View target, List<Int> subscripts, boolean accumulates, Box box, Value value, int slots, Place place)
        implements Statement {
    public Assignment {
        subscripts = List.copyOf(subscripts);
    }

    @Override
    public List<Assignment> assignments() {
        return List.of(this);
    }
}
