package devml.run;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Loop;
import devml.equation.Real;
import devml.equation.Statement;
import devml.equation.Uses;
import devml.equation.View;
import devml.fault.Fault;
import devml.layer.BoundEquation;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a program of the equations of a network's layers. */
final class Linker {
    private final Network network;
    private final Set<String> wanted;
    private final Map<Integer, BoundTensor> tensors = new LinkedHashMap<>();
    private final Map<String, Integer> inputs = new LinkedHashMap<>();
    private final Map<Integer, Integer> sums = new LinkedHashMap<>();
    private final Map<Integer, Integer> shared = new LinkedHashMap<>();
    private final Map<Integer, Integer> converted = new LinkedHashMap<>();
    private final List<Statement> forward = new ArrayList<>();
    private final List<Statement> backward = new ArrayList<>();
    private final List<Statement> update = new ArrayList<>();
    private final Map<String, Integer> gradients = new LinkedHashMap<>();

    /** For each value, the gradients that its readers contribute, in the order of the readers. */
    private final Map<String, Deque<Integer>> contributions = new HashMap<>();

    private int count;

    Linker(Network network, Set<String> wanted) {
        this.network = network;
        this.wanted = wanted;
        this.count = network.tensorCount();
    }

    Program link() {
        connect();
        int cotangent = count++;
        if (!wanted.isEmpty()) {
            contribute(network.outputName(), cotangent);
            Set<String> needed = needed();
            network.nodes().reversed().stream()
                    .filter(node -> node.outputs().keySet().stream().anyMatch(needed::contains))
                    .forEach(node -> runBackward(node, needed));
            inputs.forEach((name, tensor) -> {
                if (wanted.contains(name) && contributions.containsKey(name)) {
                    gradients.put(name, sum(name, network.inputs().get(name).size()));
                }
            });
        }
        return new Program(
                network,
                count,
                tensors,
                inputs,
                cotangent,
                sums,
                shared,
                converted,
                forward,
                backward,
                update,
                gradients,
                Lifetimes.ALL);
    }

    private void connect() {
        network.inputs().keySet().forEach(name -> inputs.put(name, count++));
        Map<String, Integer> values = new HashMap<>(inputs);
        for (BoundNode node : network.nodes()) {
            node.layer().tensors().forEach(tensor -> tensors.put(tensor.number(), tensor));
            for (BoundTensor input : node.layer().tensors(Role.INPUT)) {
                int read = values.get(source(node, input));
                BoundTensor of = tensors.get(read); // of a network input, none: it is there in both kinds
                boolean isKind = of == null || of.integer() == input.integer();
                (isKind ? shared : converted).put(input.number(), read);
            }
            node.outputs().forEach((value, output) -> values.put(value, output.number()));
            forward.addAll(BoundEquation.statements(node.layer().forward()));
            update.addAll(BoundEquation.statements(node.layer().update()));
        }
    }

    private static String source(BoundNode node, BoundTensor input) {
        return node.reads().get(input.input());
    }

    /** The values whose gradients are needed on the way to those that are wanted. */
    private Set<String> needed() {
        Set<String> needed = new HashSet<>(wanted);
        for (BoundNode node : network.nodes()) {
            boolean hasParameter =
                    node.layer().tensors(Role.PARAM).stream().anyMatch(p -> wanted.contains(name(node, p)));
            boolean reads = node.layer().tensors(Role.INPUT).stream()
                    .anyMatch(input -> !input.integer() && needed.contains(source(node, input)));
            if (hasParameter || reads) {
                node.outputs().forEach((value, output) -> {
                    if (!output.integer()) {
                        needed.add(value);
                    }
                });
            }
        }
        return needed;
    }

    private static String name(BoundNode node, BoundTensor parameter) {
        return node.name() + "." + parameter.name();
    }

    private void runBackward(BoundNode node, Set<String> needed) {
        node.layer().requireBackward(node.name());
        node.outputs().forEach((value, output) -> {
            if (!output.integer()) {
                share(node, value, output);
            }
        });
        Set<Integer> targets = new HashSet<>();
        for (BoundTensor parameter : node.layer().tensors(Role.PARAM)) {
            if (wanted.contains(name(node, parameter))) {
                BoundTensor gradient =
                        node.layer().gradient(parameter.name()).orElseThrow(() -> missing(node, parameter));
                targets.add(gradient.number());
                gradients.put(name(node, parameter), gradient.number());
            }
        }
        for (BoundTensor input : node.layer().tensors(Role.INPUT).reversed()) {
            String source = source(node, input);
            if (!needed.contains(source) || input.integer()) {
                continue;
            }
            node.layer()
                    .gradient(input.name())
                    .ifPresentOrElse(
                            gradient -> {
                                targets.add(gradient.number());
                                contribute(source, gradient.number());
                            },
                            () -> {
                                if (!inputs.containsKey(source)) {
                                    throw missing(node, input);
                                }
                            });
        }
        backward.addAll(only(node.layer().backward(), targets));
    }

    /** Lets the layer read what the readers of an output contribute to its gradient; without any it stays zero. */
    private void share(BoundNode node, String value, BoundTensor output) {
        BoundTensor cotangent = node.layer().gradient(output.name()).orElseThrow();
        if (contributions.containsKey(value)) {
            shared.put(cotangent.number(), sum(value, output.shape().size()));
        }
    }

    private static Fault missing(BoundNode node, BoundTensor tensor) {
        return Fault.at(
                node.layer().definition().place(),
                "no backward equation of %s sets d%s, which '%s' needs"
                        .formatted(node.layer().definition().name(), tensor.input(), node.name()));
    }

    /** The equations without which the targets could not be computed. */
    private static List<Statement> only(List<BoundEquation> equations, Set<Integer> targets) {
        Deque<Statement> kept = new ArrayDeque<>();
        for (Statement statement : BoundEquation.statements(equations).reversed()) {
            switch (statement) {
                case Assignment equation -> {
                    if (isNeeded(equation, targets)) {
                        kept.addFirst(equation);
                    }
                }
                case Loop loop -> {
                    List<Assignment> body = needed(loop.body(), targets);
                    if (!body.isEmpty()) {
                        kept.addFirst(new Loop(loop.slot(), loop.extent(), loop.down(), body));
                    }
                }
            }
        }
        return List.copyOf(kept);
    }

    /** Those of a loop: one may be needed for what another reads a step later. */
    private static List<Assignment> needed(List<Assignment> body, Set<Integer> targets) {
        int before;
        do {
            before = targets.size();
            body.reversed().forEach(equation -> isNeeded(equation, targets));
        } while (targets.size() > before);
        return body.stream()
                .filter(equation -> targets.contains(equation.target().tensor()))
                .toList();
    }

    /** Whether an equation writes a target; then what it reads are targets too. */
    private static boolean isNeeded(Assignment equation, Set<Integer> targets) {
        boolean isNeeded = targets.contains(equation.target().tensor());
        if (isNeeded) {
            Uses.tensors(equation, view -> targets.add(view.tensor()));
        }
        return isNeeded;
    }

    private void contribute(String value, int gradient) {
        contributions.computeIfAbsent(value, v -> new ArrayDeque<>()).addFirst(gradient);
    }

    /** The tensor that holds the sum of what the readers of a value contribute to its gradient. */
    private int sum(String value, int size) {
        Deque<Integer> parts = contributions.get(value);
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int sum = count++;
        sums.put(sum, size);
        List<Int> element = List.of(new Int.Index(0));
        Real total = null;
        for (int part : parts) {
            Real read = new Real.Read(new View(part, "d" + value, List.of(size)), element);
            total = total == null ? read : new Real.Binary(Real.Op.ADD, total, read);
        }
        Box box = new Box(List.of(0), List.of(size), Cond.TRUE);
        View target = new View(sum, "d" + value, List.of(size));
        backward.add(new Assignment(
                target, element, false, box, total, 1, network.output().place()));
        return sum;
    }
}
