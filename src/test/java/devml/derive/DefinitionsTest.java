package devml.derive;

import static org.assertj.core.api.Assertions.assertThat;

import devml.Definitions;
import devml.fault.Source;
import devml.layer.Definition;
import devml.layer.DefinitionReader;
import devml.notation.Declaration;
import devml.notation.Dimension;
import devml.notation.Equation;
import devml.notation.Expr;
import devml.notation.OptionType;
import devml.notation.Parser;
import devml.notation.Printer;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import devml.yaml.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small definitions, one for each thing that can happen on the way: each says in its {@code backward} what is to be
 * derived, which is held against differences of the forward equations too.
 */
class DefinitionsTest {
    private static final Path FOLDER = Path.of("src/test/resources/devml/derive");

    /** Sizes that all differ; of a group, the extents of its dimensions. */
    private static final Map<String, List<Integer>> EXTENTS = Map.ofEntries(
            Map.entry("N", List.of(4)),
            Map.entry("K", List.of(3)),
            Map.entry("J", List.of(2)),
            Map.entry("H", List.of(5)),
            Map.entry("R", List.of(3)),
            Map.entry("I", List.of(6)),
            Map.entry("D", List.of(7)),
            Map.entry("E", List.of(1)),
            Map.entry("V", List.of(8)),
            Map.entry("T", List.of(9)),
            Map.entry("A", List.of(2, 3)));

    static List<Path> definitions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void derivesWhatTheDefinitionSays(Path file) {
        Definition definition = DefinitionReader.read(Document.read(file));
        assertThat(text(definition.derive())).isEqualTo(text(definition.backward()));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void whatIsDerivedReadsTheSameAgain(Path file) {
        List<Equation> derived = DefinitionReader.read(Document.read(file)).derive();
        String text = text(derived);
        assertThat(Parser.equations(new Source("derived", text).place(0, text.length())))
                .isEqualTo(derived);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void agreesWithDifferences(Path file) {
        Definition definition = DefinitionReader.read(Document.read(file)).withDerived();
        for (String options : options(definition)) {
            Random random = new Random(3);
            Map<String, Tensor> given = new LinkedHashMap<>();
            for (Declaration tensor : definition.tensors()) {
                boolean isAbsent =
                        options.contains("false") && tensor.optional().isPresent();
                if (tensor.role() == Declaration.Role.OUTPUT || isAbsent) {
                    continue;
                }
                members(tensor.name()).forEach(name -> given.put(name, tensor(tensor, random)));
            }
            GradientCheck.check(definition, options, given);
        }
    }

    /** The names of two members of a family; one of any other tensor. */
    private static List<String> members(String name) {
        if (name.endsWith(".q")) {
            return List.of(name.replace("q", "0"), name.replace("q", "1"));
        }
        return List.of("{l}", "{d}").stream()
                .reduce(
                        List.of(name),
                        (names, index) -> names.stream()
                                .flatMap(n -> Stream.of("0", "1").map(member -> n.replace(index, member)))
                                .distinct()
                                .toList(),
                        (a, b) -> a);
    }

    private static String text(List<Equation> equations) {
        return String.join("\n", Printer.lines(equations));
    }

    /** Every value of a definition's option. */
    private static List<String> options(Definition definition) {
        List<String> all = new ArrayList<>();
        definition.options().forEach((name, type) -> {
            for (OptionType.Alternative alternative : type.alternatives()) {
                switch (alternative) {
                    case OptionType.Truth() -> all.addAll(List.of("{%s: true}", "{%s: false}"));
                    case OptionType.Choice(String word) -> all.add("{%s: " + word + "}");
                    case OptionType.Numbers _, OptionType.Signature _ -> throw new IllegalArgumentException(name);
                }
            }
            all.replaceAll(value -> value.formatted(name));
        });
        return all.isEmpty() ? List.of("{}") : all;
    }

    private static Tensor tensor(Declaration tensor, Random random) {
        int[] dims = tensor.dimensions().stream()
                .map(dimension -> switch (dimension) {
                    case Dimension.Single(Expr size, var _) -> ((Expr.Name) size).name();
                    case Dimension.Group group -> group.size().name();
                    case Dimension.Maybe _, Dimension.At _, Dimension.Listed _, Dimension.Shaped _, Dimension.When _ ->
                        throw new IllegalArgumentException(dimension.toString());
                })
                .flatMap(size -> EXTENTS.get(size).stream())
                .mapToInt(i -> i)
                .toArray();
        Shape shape = Shape.of(dims);
        if (tensor.range().isEmpty()) {
            return GradientCheck.random(shape, random);
        }
        long bound = EXTENTS.get("V").getFirst();
        return Definitions.integers(shape, random.longs(shape.size(), 0, bound).toArray());
    }
}
