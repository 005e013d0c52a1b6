package devml;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.equation.Numbers;
import devml.fault.Fault;
import devml.fault.Source;
import devml.layer.Binder;
import devml.layer.BoundEquation;
import devml.layer.BoundLayer;
import devml.layer.BoundTensor;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.reference.DoubleNumbers;
import devml.reference.Interpreter;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.yaml.Document;
import devml.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Small definitions as tests write them: read, bound to options and shapes, and run by the reference interpreter. */
public final class Definitions {
    private Definitions() {}

    /** Reads a definition; messages call it {@code test.yaml}. */
    public static Definition read(String yaml) {
        return DefinitionReader.read(Document.read(new Source("test.yaml", yaml)));
    }

    /**
     * Binds a definition, in training.
     *
     * @param options a YAML mapping in flow style; messages call it {@code net.yaml}
     */
    public static BoundLayer bind(String yaml, String options, Map<String, Shape> inputs) {
        return bind(yaml, options, inputs, true);
    }

    public static BoundLayer bind(String yaml, String options, Map<String, Shape> inputs, boolean training) {
        return bind(read(yaml), options, inputs, training);
    }

    public static BoundLayer bind(Definition definition, String options, Map<String, Shape> inputs, boolean training) {
        Document given = Document.read(new Source("net.yaml", options));
        Map<String, Node> nodes = new LinkedHashMap<>();
        given.root().asMapping().entries().forEach(entry -> nodes.put(entry.key(), entry.required()));
        Binder.Request request = new Binder.Request(
                "net", nodes, inputs, training, given.source().place(0, 1));
        return Binder.bind(definition, request, 0);
    }

    /** What a user sees when the definition is read and bound: the line with place and message. */
    public static String fault(String yaml, String options, Map<String, Shape> inputs) {
        return catchThrowableOfType(Fault.class, () -> bind(yaml, options, inputs))
                .render()
                .lines()
                .findFirst()
                .orElseThrow();
    }

    /** The equations of a block that are bound, one a line. */
    public static String text(List<BoundEquation> equations) {
        return equations.stream().map(e -> e.syntax().toString()).collect(Collectors.joining("\n"));
    }

    /**
     * Runs a layer forward and backward.
     *
     * @param given the tensors of the layer that are known, by name, gradients of outputs ({@code dy}) among them; the
     *     others start at 0
     * @return every tensor of the layer afterwards
     */
    public static Map<String, Tensor> run(BoundLayer layer, Map<String, Tensor> given) {
        Numbers numbers = new DoubleNumbers(layer.tensors().size());
        long[][] integers = new long[layer.tensors().size()][];
        for (BoundTensor tensor : layer.tensors()) {
            Tensor named = given.get(tensor.name());
            boolean fits = named != null
                    && (named.size() == tensor.view().size()
                            || !layer.definition().derived());
            Tensor values = fits ? named : null;
            if (tensor.integer()) {
                integers[tensor.number()] = values instanceof Tensor.Longs longs
                        ? longs.values()
                        : new long[tensor.view().size()];
            } else if (values == null) {
                numbers.allocate(tensor.number(), tensor.view().size());
            } else {
                numbers.put(
                        tensor.number(),
                        new Tensor.Doubles(values.shape(), numbers(values).clone()));
            }
        }
        BoundEquation.statements(layer.forward()).forEach(s -> Interpreter.run(s, numbers, integers));
        boolean hasCotangents = layer.tensors(BoundTensor.Role.OUTPUT).stream()
                .allMatch(output -> given.containsKey("d" + output.name()));
        if (hasCotangents || !layer.definition().derived()) {
            BoundEquation.statements(layer.backward()).forEach(s -> Interpreter.run(s, numbers, integers));
        }
        BoundEquation.statements(layer.update()).forEach(s -> Interpreter.run(s, numbers, integers));
        Map<String, Tensor> results = new LinkedHashMap<>();
        for (BoundTensor tensor : layer.tensors()) {
            results.put(
                    tensor.name(),
                    tensor.integer()
                            ? new Tensor.Longs(tensor.shape(), integers[tensor.number()])
                            : numbers.get(tensor.number(), tensor.shape()));
        }
        return results;
    }

    /** A vector of float64 numbers. */
    public static Tensor vector(double... values) {
        return reals(Shape.of(values.length), values);
    }

    public static Tensor reals(Shape shape, double... values) {
        return new Tensor.Doubles(shape, values);
    }

    public static Tensor integers(Shape shape, long... values) {
        return new Tensor.Longs(shape, values);
    }

    /** The numbers of a tensor. */
    public static double[] numbers(Tensor tensor) {
        return tensor.toDoubles().values();
    }

    /** The numbers of a tensor. */
    public static double[] values(Tensor tensor) {
        return tensor.toDoubles().values();
    }
}
