package devml.run;

import devml.equation.Cond;
import devml.fault.Place;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A comparison that a slightly different input would decide otherwise, or a correct computation in floating point may.
 *
 * @param batch in which it was met, from 1, if there are several
 * @param layer whose equation it is
 * @param tensor the tensor that the equation writes
 * @param index the element that it writes there
 * @param place where the equation stands
 * @param relation what was asked
 * @param left the first operand
 * @param right the second operand
 * @param isTie whether both are known exactly, and equal
 * @param holds what was taken for true
 * @param dependents how many entries of each tensor depend on it
 */
public record OpenComparison(
        OptionalInt batch,
        String layer,
        String tensor,
        List<Integer> index,
        Place place,
        Cond.Relation relation,
        double left,
        double right,
        boolean isTie,
        boolean holds,
        Map<String, List<List<Integer>>> dependents) {

    OpenComparison with(Map<String, List<List<Integer>>> found) {
        return new OpenComparison(batch, layer, tensor, index, place, relation, left, right, isTie, holds, found);
    }
}
