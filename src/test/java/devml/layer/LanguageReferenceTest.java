package devml.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import devml.fault.Fault;
import devml.layer.BoundTensor.Role;
import devml.reference.DoubleNumbers;
import devml.reference.Interpreter;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.yaml.Document;
import devml.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of the language's reference: it gives what it says, or fails as it says. */
class LanguageReferenceTest {
    private static final Path REFERENCE = Path.of("docs/language.md");

    /** The document shows four digits after the point. */
    private static final double ROUNDING = 0.5e-4;

    static Stream<Example> running() throws IOException {
        return Example.in(Files.readString(REFERENCE)).stream()
                .filter(example -> example.message().isEmpty());
    }

    static Stream<Example> failing() throws IOException {
        return Example.in(Files.readString(REFERENCE)).stream()
                .filter(example -> example.message().isPresent());
    }

    @Test
    void everyFencedDefinitionIsAnExample() throws IOException {
        String document = Files.readString(REFERENCE);
        assertThat(Example.in(document)).hasSize(document.split("```yaml").length - 1);
        assertThat(failing()).hasSize(document.split("```text").length - 1);
    }

    @ParameterizedTest
    @MethodSource("running")
    void givesWhatItSays(Example example) {
        assertThat(example.gives()).isNotEmpty();
        Map<String, Tensor> results = run(example);
        example.gives().forEach((name, expected) -> {
            assertThat(results).containsKey(name);
            assertThat(results.get(name).shape()).as(name).isEqualTo(shape(expected));
            assertThat(results.get(name).toDoubles().values())
                    .as(name)
                    .containsExactly(values(expected), within(ROUNDING));
        });
    }

    @ParameterizedTest
    @MethodSource("failing")
    void failsAsItSays(Example example) {
        Fault fault = catchThrowableOfType(Fault.class, () -> run(example));
        assertThat(fault).isNotNull();
        assertThat(fault.render())
                .isEqualToNormalizingNewlines(example.message().orElseThrow());
    }

    /** Binds the definition to what the example gives, and runs it with a gradient of ones. */
    private static Map<String, Tensor> run(Example example) {
        Definition definition = DefinitionReader.read(Document.read(example.source()));
        Map<String, Node> options = new LinkedHashMap<>(example.with());
        Map<String, Shape> inputs = new LinkedHashMap<>();
        definition
                .tensors()
                .forEach(tensor -> example.with().forEach((name, value) -> {
                    if (name.equals(tensor.name()) || isMember(name, tensor.name())) {
                        options.remove(name);
                        if (definition.inputs().contains(tensor)) {
                            inputs.put(name, shape(value));
                        }
                    }
                }));
        Node training = options.remove("training");
        BoundLayer layer = Binder.bind(
                definition,
                new Binder.Request(
                        definition.name(),
                        options,
                        inputs,
                        training == null || training.asBoolean(),
                        example.source().place(0, example.source().text().indexOf('\n'))),
                0);
        return run(layer, example.with());
    }

    private static boolean isMember(String name, String family) {
        return family.contains(".") && name.startsWith(family.substring(0, family.indexOf('.') + 1));
    }

    private static Map<String, Tensor> run(BoundLayer layer, Map<String, Node> with) {
        int count = layer.tensors().size();
        DoubleNumbers numbers = new DoubleNumbers(count);
        long[][] integers = new long[count][];
        for (BoundTensor tensor : layer.tensors()) {
            double[] values = with.containsKey(tensor.input()) && tensor.role() != Role.LOCAL
                    ? values(with.get(tensor.input()))
                    : new double[tensor.shape().size()];
            if (tensor.role() == Role.GRADIENT
                    && layer.tensor(tensor.name().substring(1)).orElseThrow().role() == Role.OUTPUT) {
                Arrays.fill(values, 1);
            }
            integers[tensor.number()] =
                    Arrays.stream(values).mapToLong(value -> (long) value).toArray();
            numbers.put(tensor.number(), new Tensor.Doubles(tensor.shape(), values));
        }
        Stream.of(layer.forward(), layer.backward(), layer.update())
                .map(BoundEquation::statements)
                .flatMap(List::stream)
                .forEach(statement -> Interpreter.run(statement, numbers, integers));
        Map<String, Tensor> results = new LinkedHashMap<>();
        layer.tensors()
                .forEach(tensor -> results.put(
                        tensor.name(),
                        tensor.integer()
                                ? new Tensor.Longs(tensor.shape(), integers[tensor.number()])
                                : numbers.get(tensor.number(), tensor.shape())));
        return results;
    }

    private static Shape shape(Node node) {
        List<Integer> dims = new ArrayList<>();
        Node inner = node;
        while (inner instanceof Node.Sequence list) {
            dims.add(list.items().size());
            inner = list.items().isEmpty() ? null : list.items().getFirst();
        }
        return Shape.of(dims.stream().mapToInt(i -> i).toArray());
    }

    private static double[] values(Node node) {
        return node instanceof Node.Sequence list
                ? list.items().stream()
                        .flatMapToDouble(item -> Arrays.stream(values(item)))
                        .toArray()
                : new double[] {node.asDoubleOrSpecial()};
    }
}
