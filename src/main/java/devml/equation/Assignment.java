package devml.equation;

import devml.fault.Place;
import java.util.List;

/**
 * A bound equation: at every point of its box in turn, the value is written or added to an element of the target.
 *
 * @param target the tensor written
 * @param subscripts which element, as a function of the indices
 * @param accumulates whether the value is added; the target was zero before its first equation
 * @param box the free indices, in the order in which the target and then the value name them; that of a {@link Loop}
 *     around the equation is not among them
 * @param value what is written
 * @param slots how many indices there are, those of reductions included
 * @param place where the equation stands
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
