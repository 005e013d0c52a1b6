package devml.layer;

import devml.equation.Assignment;
import devml.equation.Uses;
import devml.fault.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that a tensor is read only after its last equation: then the order of the others does not matter. */
final class Reads {
    private Reads() {}

    static void checkOrder(List<BoundEquation> equations) {
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < equations.size(); i++) {
            last.put(equations.get(i).assignment().target().tensor(), i);
        }
        for (int i = 0; i < equations.size(); i++) {
            Assignment assignment = equations.get(i).assignment();
            int at = i;
            Uses.tensors(assignment, view -> {
                if (last.getOrDefault(view.tensor(), -1) >= at) {
                    throw Fault.at(
                            assignment.place(),
                            view.name() + " is read here before its last equation"
                                    + (view.tensor() == assignment.target().tensor()
                                            ? ", which is this one: no equation reads its own target"
                                            : ""));
                }
            });
        }
    }
}
