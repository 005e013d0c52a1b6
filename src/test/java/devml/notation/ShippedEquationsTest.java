package devml.notation;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fault.Place;
import devml.yaml.Document;
import devml.yaml.Node;
import devml.yaml.Node.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every line of every definition that is shipped reads the same again after it was printed. */
class ShippedEquationsTest {
    private static final Path LAYERS = Path.of("src/main/resources/devml/layers");

    static List<Path> definitions() throws IOException {
        try (Stream<Path> files = Files.list(LAYERS)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreDefinitions() throws IOException {
        assertThat(definitions()).hasSizeGreaterThanOrEqualTo(18);
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void everyLineSurvivesPrinting(Path file) {
        for (Entry entry : Document.read(file).root().asMapping().entries()) {
            switch (entry.key()) {
                case "options" ->
                    entry.value()
                            .asMapping()
                            .entries()
                            .forEach(option -> survives(option.value(), place -> List.of(Parser.optionType(place))));
                case "tensors" -> survives(entry.value(), Parser::declarations);
                case "where", "init" -> survives(entry.value(), Parser::abbreviations);
                case "require" -> {
                    List<Requirement> conditions =
                            Parser.requirements(entry.value().place());
                    assertThat(conditions).isNotEmpty();
                    for (Requirement condition : conditions) {
                        String printed = Printer.print(condition);
                        assertThat(Parser.requirements(Texts.place(printed)))
                                .as(printed)
                                .isEqualTo(List.of(condition));
                    }
                }
                case "forward", "backward", "update" -> {
                    List<Equation> equations = Parser.equations(entry.value().place());
                    String printed = String.join("\n", Printer.lines(equations));
                    assertThat(equations).isNotEmpty();
                    assertThat(Parser.equations(Texts.place(printed)))
                            .as(printed)
                            .isEqualTo(equations);
                }
                case "layers" -> assertThat(entry.value().asMapping().entries()).isNotEmpty();
                case "layer", "summary", "source", "notes", "output" ->
                    assertThat(entry.value().asText()).isNotBlank();
                default -> assertThat(entry.key()).as("a key of " + file).isEqualTo("known");
            }
        }
    }

    private static <T> void survives(Node node, Function<Place, List<T>> read) {
        List<T> lines = read.apply(node.place());
        assertThat(lines).isNotEmpty();
        for (T line : lines) {
            String printed = line.toString();
            assertThat(read.apply(Texts.place(printed))).as(printed).isEqualTo(List.of(line));
        }
    }
}
