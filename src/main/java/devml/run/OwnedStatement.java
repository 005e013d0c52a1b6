package devml.run;

import devml.equation.Assignment;
import devml.equation.Cost;
import devml.equation.Statement;
import devml.equation.Uses;
import devml.equation.View;
import devml.layer.BoundEquation;
import devml.network.BoundNode;
import devml.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An equation of a program, or a loop of equations, and whose it is.
 *
 * @param owner the layer whose equation it is; none owns a sum of gradients
 * @param phase when it runs
 * @param equation as its definition states it
 * @param cost its operations
 * @param bytes those of the tensors that it reads and writes, each counted once
 */
public record OwnedStatement(
        Statement statement, Optional<BoundNode> owner, Phase phase, String equation, Cost cost, long bytes) {

    /** All equations of a program, in the order in which they run. */
    public static List<OwnedStatement> of(Program program, DType dtype) {
        Owners owners = new Owners(program, dtype);
        List<OwnedStatement> all = new ArrayList<>();
        program.forward().forEach(statement -> all.add(owners.owned(statement, Phase.FORWARD)));
        program.backward().forEach(statement -> all.add(owners.owned(statement, Phase.BACKWARD)));
        program.update().forEach(statement -> all.add(owners.owned(statement, Phase.UPDATE)));
        return all;
    }

    /** The name of its layer; of a sum of gradients, that of the layer or input whose gradient it is. */
    public String layer() {
        return owner.map(BoundNode::name).orElseGet(() -> target().substring(1));
    }

    /** The name of the tensor that it writes, of a loop the first one. */
    public String target() {
        return statement.assignments().getFirst().target().name();
    }

    /** Finds which layer's equation a statement is. */
    private static final class Owners {
        private final DType dtype;
        private final IdentityHashMap<Assignment, BoundNode> nodes = new IdentityHashMap<>();
        private final IdentityHashMap<Assignment, String> texts = new IdentityHashMap<>();

        Owners(Program program, DType dtype) {
            this.dtype = dtype;
            for (BoundNode node : program.network().nodes()) {
                for (List<BoundEquation> equations : List.of(
                        node.layer().forward(),
                        node.layer().backward(),
                        node.layer().update())) {
                    equations.forEach(equation -> {
                        nodes.put(equation.assignment(), node);
                        texts.put(equation.assignment(), equation.syntax().toString());
                    });
                }
            }
        }

        OwnedStatement owned(Statement statement, Phase phase) {
            List<Assignment> assignments = statement.assignments();
            String target = assignments.getFirst().target().name();
            String text = assignments.stream()
                    .map(assignment -> texts.getOrDefault(assignment, target + " = sum of what its readers contribute"))
                    .collect(Collectors.joining("; "));
            return new OwnedStatement(
                    statement,
                    Optional.ofNullable(nodes.get(assignments.getFirst())),
                    phase,
                    text,
                    Cost.of(statement),
                    bytes(assignments));
        }

        private long bytes(List<Assignment> assignments) {
            Map<Integer, Integer> sizes = new HashMap<>();
            for (Assignment assignment : assignments) {
                View target = assignment.target();
                sizes.put(target.tensor(), target.size());
                Uses.tensors(assignment, view -> sizes.put(view.tensor(), view.size()));
            }
            return dtype.bytes()
                    * sizes.values().stream().mapToLong(Integer::longValue).sum();
        }
    }
}
