package devml.layer;

import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Value;
import devml.fault.Fault;
import devml.layer.BoundTensor.Role;
import devml.notation.Expr;
import java.util.Optional;
import java.util.Set;

/** What parameters and buffers start with. */
final class StartValues {
    private final Definition definition;
    private final Set<String> set;
    private final Lowering constants;

    /** @param set what needs no start value, by name */
    StartValues(Definition definition, Set<String> set, Lowering constants) {
        this.definition = definition;
        this.set = set;
        this.constants = constants;
    }

    /** What a parameter or a buffer starts with, by the definition's {@code init}. */
    Optional<InitialValue> of(String name, Role role) {
        if ((role != Role.PARAM && role != Role.BUFFER) || set.contains(name)) {
            return Optional.empty();
        }
        return definition.init().stream()
                .filter(line -> line.names().stream().anyMatch(n -> n.name().equals(name)))
                .findFirst()
                .map(line -> line.value() instanceof Expr.Call call
                                && call.arguments().size() == 2
                        ? draw(call)
                        : new InitialValue.Constant(constant(line.value())));
    }

    private InitialValue draw(Expr.Call call) {
        double first = constant(call.arguments().get(0));
        double second = constant(call.arguments().get(1));
        return switch (call.function()) {
            case "uniform" -> new InitialValue.Uniform(first, second);
            case "normal" -> new InitialValue.Normal(first, second);
            default ->
                throw Fault.at(
                        call.place(), "a start value is uniform(low, high), normal(mean, deviation) or a number");
        };
    }

    /** A number that options and sizes determine. */
    double constant(Expr e) {
        Value value = constants.value(e);
        if (value instanceof Int.Constant(long whole)) {
            return whole;
        }
        if (value instanceof Real.Constant(double real)) {
            return real;
        }
        if (value instanceof Real.Precise precise) {
            return precise.nearest();
        }
        throw Fault.at(e.place(), "a start value depends on options and sizes only");
    }
}
