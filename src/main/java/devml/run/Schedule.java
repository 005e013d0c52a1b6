package devml.run;

import devml.equation.Assignment;
import devml.equation.Statement;
import devml.equation.Uses;
import devml.layer.BoundEquation;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.Network;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The equations of a program in the order in which they run, those of a layer together.
 *
 * @param network whose equations these are
 * @param forward those that compute the output
 * @param backward those that compute the gradients that are wanted
 * @param update those that update buffers
 */
public record Schedule(Network network, List<Block> forward, List<Block> backward, List<Block> update) {
    public Schedule {
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
        update = List.copyOf(update);
    }

    /** Equations that run one after another and belong together. */
    public sealed interface Block {

        /** Equations of a layer. */
        record Layer(BoundNode node, List<BoundEquation> equations) implements Block {
            public Layer {
                equations = List.copyOf(equations);
            }
        }

        /** The gradient of a value that is read more than once: the sum of what its readers contribute. */
        record Sum(String value, List<Part> parts, Assignment assignment) implements Block {
            public Sum {
                parts = List.copyOf(parts);
            }
        }
    }

    /** What a layer contributes to the gradient of a value that it reads. */
    public record Part(BoundNode reader, BoundTensor gradient) {}

    /** Orders the equations for the gradients of all parameters and, as {@link Selection#gradients} says, of all inputs. */
    public static Schedule of(Network network, boolean inputGradients) {
        return new Sorting(network).sort(Program.of(network, Selection.gradients(network, inputGradients)));
    }

    /** Finds the layer of each equation. */
    private static final class Sorting {
        private final Network network;
        private final IdentityHashMap<Assignment, Own> owners = new IdentityHashMap<>();

        private record Own(BoundNode node, BoundEquation equation) {}

        Sorting(Network network) {
            this.network = network;
            for (BoundNode node : network.nodes()) {
                for (List<BoundEquation> equations : List.of(
                        node.layer().forward(),
                        node.layer().backward(),
                        node.layer().update())) {
                    equations.forEach(equation -> owners.put(equation.assignment(), new Own(node, equation)));
                }
            }
        }

        Schedule sort(Program program) {
            return new Schedule(
                    network, blocks(program.forward()), blocks(program.backward()), blocks(program.update()));
        }

        private List<Block> blocks(List<Statement> statements) {
            List<Assignment> assignments = statements.stream()
                    .flatMap(statement -> statement.assignments().stream())
                    .toList();
            List<Block> blocks = new ArrayList<>();
            List<BoundEquation> open = new ArrayList<>();
            for (int i = 0; i < assignments.size(); i++) {
                Own own = owners.get(assignments.get(i));
                if (own == null) {
                    blocks.add(sum(assignments.get(i)));
                    continue;
                }
                open.add(own.equation());
                Own next = i + 1 < assignments.size() ? owners.get(assignments.get(i + 1)) : null;
                if (next == null || !next.node().name().equals(own.node().name())) {
                    blocks.add(new Block.Layer(own.node(), open));
                    open.clear();
                }
            }
            return blocks;
        }

        private Block.Sum sum(Assignment assignment) {
            List<Part> parts = new ArrayList<>();
            Uses.tensors(assignment, view -> parts.add(part(view.tensor())));
            BoundNode reader = parts.getFirst().reader();
            String input = parts.getFirst().gradient().input().substring(1);
            return new Block.Sum(reader.reads().get(input), parts, assignment);
        }

        private Part part(int tensor) {
            for (BoundNode node : network.nodes()) {
                for (BoundTensor gradient : node.layer().tensors(Role.GRADIENT)) {
                    if (gradient.number() == tensor) {
                        return new Part(node, gradient);
                    }
                }
            }
            throw new IllegalStateException("no layer has the gradient " + tensor);
        }
    }
}
