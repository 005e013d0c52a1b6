package devml.run;

import devml.equation.Statement;
import devml.fault.Fault;
import devml.fault.Words;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.layer.Catalogue;
import devml.network.BoundNode;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One pass of a program over one batch. */
public final class Execution {
    private final Program program;
    private final Evaluator evaluator;

    private Execution(Program program, Evaluator evaluator) {
        this.program = program;
        this.evaluator = evaluator;
    }

    /**
     * Runs forward, and backward if the program has equations for that.
     *
     * @param evaluator made for the program; it may have run it before
     * @param inputs the network's inputs, of the shapes that the program is bound to
     * @param parameters every parameter and buffer, likewise
     * @param cotangent the gradient of the output; ones if absent
     * @throws Fault if an input of class indices or the like holds what it must not
     */
    public static Execution run(
            Program program,
            Evaluator evaluator,
            Map<String, Tensor> inputs,
            Map<String, Tensor> parameters,
            Optional<Tensor> cotangent) {
        Execution execution = new Execution(program, evaluator);
        execution.prepare(inputs, parameters, cotangent);
        execution.run();
        return execution;
    }

    private void run() {
        Lifetimes lifetimes = program.lifetimes();
        Set<Integer> unconverted = new HashSet<>(program.converted().keySet());
        int number = 0;
        for (Statement statement : program.statements()) {
            for (int tensor : lifetimes.beginningAt(number)) {
                allocate(tensor);
                lifetimes.names().get(tensor).stream().skip(1).forEach(name -> evaluator.share(name, tensor));
            }
            if (!unconverted.isEmpty()) {
                Lifetimes.tensors(statement).stream()
                        .filter(unconverted::remove)
                        .forEach(this::convert);
            }
            try {
                evaluator.run(statement);
            } catch (Fault fault) {
                throw seenFromItsLayer(fault, statement);
            }
            lifetimes
                    .endingAt(number)
                    .forEach(tensor -> evaluator.release(lifetimes.names().get(tensor)));
            number++;
        }
    }

    /** Makes an input of a layer of what it reads, which is there by now, but in the other kind of numbers. */
    private void convert(int tensor) {
        BoundTensor input = program.tensors().get(tensor);
        Tensor read = value(program.tensors().get(program.converted().get(tensor)));
        if (input.integer()) {
            BoundNode node = program.network().nodes().stream()
                    .filter(reader -> reader.layer().tensors().contains(input))
                    .findFirst()
                    .orElseThrow();
            evaluator.put(tensor, IntegerInputs.check(node, input, read), true);
        } else {
            evaluator.put(tensor, read, false);
        }
    }

    /** A mistake that data show in a definition which ships is the network's: it is told there, with the layer's name. */
    private Fault seenFromItsLayer(Fault fault, Statement statement) {
        return program.network().nodes().stream()
                .filter(node -> node.layer()
                        .equations()
                        .anyMatch(equation -> statement.assignments().contains(equation.assignment())))
                .filter(node ->
                        Catalogue.shipped().contains(node.layer().definition().name()))
                .findFirst()
                .map(node -> fault.seenFrom(
                        node.place(),
                        Words.whichIs(node.name(), node.layer().definition().name())))
                .orElse(fault);
    }

    private void allocate(int tensor) {
        evaluator.allocate(tensor, program.size(tensor), program.isInteger(tensor));
    }

    private void prepare(Map<String, Tensor> inputs, Map<String, Tensor> parameters, Optional<Tensor> cotangent) {
        Set<Integer> integers = Memory.integerInputs(program);
        program.inputs().forEach((name, number) -> {
            Tensor tensor = inputs.get(name);
            evaluator.put(number, tensor, false);
            if (integers.contains(number)) {
                IntegerInputs.of(tensor).ifPresent(longs -> evaluator.put(number, longs, true));
            }
        });
        Shape output = program.network().outputTensor().shape();
        evaluator.put(program.cotangent(), cotangent.orElseGet(() -> ones(output)), false);
        program.computed().stream()
                .filter(tensor -> !program.lifetimes().passes(tensor))
                .forEach(this::allocate);
        for (BoundNode node : program.network().nodes()) {
            node.layer().tensors().stream()
                    .filter(t -> t.isGiven() && t.role() != Role.INPUT)
                    .forEach(t -> {
                        Tensor values = parameters.get(node.name() + "." + t.name());
                        // Equations write to buffers, which must not reach what the caller holds.
                        evaluator.put(t.number(), t.role() == Role.PARAM ? values : values.copy(), false);
                    });
        }
        program.shared().forEach((name, tensor) -> {
            if (!program.lifetimes().passes(program.root(name))) {
                evaluator.share(name, tensor);
            }
        });
        for (BoundNode node : program.network().nodes()) {
            node.layer().tensors(Role.INPUT).stream()
                    .filter(tensor ->
                            tensor.integer() && inputs.containsKey(node.reads().get(tensor.input())))
                    .forEach(tensor -> IntegerInputs.check(
                            node, tensor, inputs.get(node.reads().get(tensor.input()))));
        }
    }

    private static Tensor ones(Shape shape) {
        double[] ones = new double[shape.size()];
        java.util.Arrays.fill(ones, 1);
        return new Tensor.Doubles(shape, ones);
    }

    /** The gradients that were asked for, by the names of parameters and inputs; they hold until the evaluator is used again. */
    public Map<String, Tensor> gradients() {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        program.gradients().forEach((name, number) -> gradients.put(name, evaluator.view(number, shape(name), false)));
        return gradients;
    }

    private Shape shape(String name) {
        return program.network().inputs().containsKey(name)
                ? program.network().inputs().get(name)
                : program.network().parameters(Role.PARAM).get(name).shape();
    }

    /** The bounds of the gradients, if the program computes bounds, likewise. */
    Map<String, Tensor.Doubles> gradientBounds(BoundedProgram bounded) {
        Map<String, Tensor.Doubles> bounds = new LinkedHashMap<>();
        program.gradients().forEach((name, number) -> bounds.put(name, bounded.bound(evaluator, number, shape(name))));
        return bounds;
    }

    /** The bounds of the outputs of layers, but for integers, likewise. */
    Map<String, Tensor.Doubles> valueBounds(BoundedProgram bounded, Predicate<String> wanted) {
        Map<String, Tensor.Doubles> bounds = new LinkedHashMap<>();
        for (BoundNode node : program.network().nodes()) {
            program.network().values(node).forEach((name, output) -> {
                if (wanted.test(name) && !output.integer()) {
                    bounds.put(name, bound(bounded, output));
                }
            });
        }
        return bounds;
    }

    /** The bound of what the network puts out, likewise. */
    Tensor.Doubles outputBound(BoundedProgram bounded) {
        return bound(bounded, program.network().outputTensor());
    }

    /** Its bound, if it is of real numbers, likewise. */
    Tensor.Doubles bound(BoundedProgram bounded, BoundTensor tensor) {
        return bounded.bound(evaluator, tensor.number(), tensor.shape());
    }

    /** The outputs of layers by their names. */
    public Map<String, Tensor> values(Predicate<String> wanted) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (BoundNode node : program.network().nodes()) {
            program.network().values(node).forEach((name, output) -> {
                if (wanted.test(name)) {
                    values.put(name, value(output));
                }
            });
        }
        return values;
    }

    /** The buffers as they were updated. */
    public Map<String, Tensor> buffers() {
        Map<String, Tensor> buffers = new LinkedHashMap<>();
        for (BoundNode node : program.network().nodes()) {
            node.layer()
                    .tensors(Role.BUFFER)
                    .forEach(buffer -> buffers.put(node.name() + "." + buffer.name(), value(buffer)));
        }
        return buffers;
    }

    /** What the network puts out: the loss, if it has one. */
    public Tensor output() {
        return value(program.network().outputTensor());
    }

    /** A tensor that remains. */
    Tensor value(BoundTensor tensor) {
        return evaluator.get(tensor.number(), tensor.shape(), tensor.integer());
    }
}
