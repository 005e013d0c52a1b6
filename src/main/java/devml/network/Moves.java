package devml.network;

import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Value;
import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognises layers that only move numbers, such as a reshape: their outputs are integers or truth values if their
 * inputs are.
 */
record Moves(BoundLayer layer, Set<Integer> inputs) {

    /** Whether every element of an output is an element of an input, or an integer constant. */
    static boolean isMoved(BoundLayer layer, BoundTensor output) {
        Set<Integer> inputs =
                layer.tensors(Role.INPUT).stream().map(BoundTensor::number).collect(Collectors.toSet());
        return new Moves(layer, inputs).isMoved(output.number());
    }

    private boolean isMoved(int tensor) {
        if (inputs.contains(tensor)) {
            return true;
        }
        List<BoundEquation> equations = layer.forward().stream()
                .filter(equation -> equation.assignment().target().tensor() == tensor)
                .toList();
        return !equations.isEmpty()
                && equations.stream()
                        .allMatch(equation -> equation.sweep().isEmpty()
                                && !equation.assignment().accumulates()
                                && isMoved(equation.assignment().value()));
    }

    private boolean isMoved(Value value) {
        return switch (value) {
            case Real.Read(var view, var _) -> isMoved(view.tensor());
            case Real.Select(var _, Real yes, Real no) -> isMoved(yes) && isMoved(no);
            case Real.Constant(double constant) -> constant == Math.rint(constant);
            case Real.FromInt(Int whole) -> whole instanceof Int.Constant;
            case Real.Detached _, Real.Unary _, Real.Binary _, Real.Power _, Real.Reduce _, Real.Precise _ -> false;
            case Int _ -> false;
        };
    }
}
