package devml.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import devml.Definitions;
import devml.fault.Fault;
import devml.fault.Source;
import devml.notation.Reduction;
import devml.yaml.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers that there are. */
class CatalogueTest {
    private static final Catalogue SHIPPED = new Catalogue(List.of());

    private static final Pattern QUOTED = Pattern.compile("\"([a-z0-9_]+)\"");

    private static Definition named(String name) {
        return Definitions.read("""
                layer: %s
                tensors: |
                  input  x[A...]
                  output y[A...]
                forward: |
                  y[a] = x[a]
                """.formatted(name));
    }

    /** A definition fits on a screen. */
    private static final int SCREEN = 75;

    @ParameterizedTest
    @MethodSource("shipped")
    void everyDefinitionFitsOnAScreen(String layer) throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/resources/devml/layers", layer + ".yaml")))
                .hasSizeLessThanOrEqualTo(SCREEN);
    }

    /** In a run, definitions that ship are not checked again. */
    @ParameterizedTest
    @MethodSource("shipped")
    void everyDefinitionPassesTheChecksOfAUsersOwn(String layer) {
        Path file = Path.of("src/main/resources/devml/layers", layer + ".yaml");
        assertThat(DefinitionReader.read(Document.read(file)).name()).isEqualTo(layer);
    }

    /** What is derived may set a local that nothing reads, here the place of each greatest score: that is no mistake of the user's. */
    @Test
    void attentionWrittenPlainlyHasADerivative() throws IOException {
        String text = Files.readString(Path.of("src/main/resources/devml/layers/scaled_dot_product_attention.yaml"));
        String plain = text.replace("stop(where(S == 0, 0.0, max(s': z[a,h,g,l,s'])))", "max(s': z[a,h,g,l,s'])")
                .replaceFirst("(?m)^backward: \\|\\n(?: .*\\n)*", "");
        assertThat(plain).doesNotContain("stop(", "backward:");
        assertThat(DefinitionReader.read(Document.read(new Source("plain.yaml", plain)))
                        .backward())
                .anySatisfy(equation -> assertThat(equation.target().tensor()).isEqualTo("dquery"));
    }

    static List<String> shipped() {
        return Catalogue.shipped();
    }

    /** Names in quotes are how code would tell one layer from another; functions and reductions are the notation's own. */
    @Test
    void noLayerHasJavaOfItsOwn() throws IOException {
        Set<String> names = new TreeSet<>(Catalogue.shipped());
        names.removeAll(Functions.NAMES);
        Arrays.stream(Reduction.values()).map(Reduction::text).forEach(names::remove);
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(QUOTED.matcher(Files.readString(file)).results().map(match -> match.group(1)))
                        .as(file.toString())
                        .doesNotContainAnyElementsOf(names);
            }
        }
    }

    @Test
    void shipsLayersInAlphabeticalOrder() {
        assertThat(Catalogue.shipped())
                .contains("conv2d", "linear", "relu", "cross_entropy")
                .isSorted();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyLayerIsNamedLikeItsFileAndSaysWhatItIs(String name) {
        Definition definition = SHIPPED.find(name);
        assertThat(definition.name()).isEqualTo(name);
        assertThat(definition.summary()).endsWith(".").doesNotContain("\n");
        assertThat(definition.reference()).isNotEmpty();
        assertThat(definition.isComposed()).isEqualTo(definition.backward().isEmpty());
    }

    @Test
    void hintsAtTheNearestName() {
        assertThatThrownBy(() -> SHIPPED.find("conv2"))
                .isInstanceOf(Fault.class)
                .hasMessage("there is no layer 'conv2'; did you mean 'conv2d'?");
        Source source = new Source("net.yaml", "a: conv2");
        assertThatThrownBy(() -> SHIPPED.find("conv2", source.place(3, 8)))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.place().orElseThrow()).hasToString("net.yaml:1:4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../layers/conv2d", "conv2d.yaml", "", "Conv2d", "conv2d\0"})
    void noNameLeadsToAnotherFile(String name) {
        assertThatThrownBy(() -> SHIPPED.find(name)).isInstanceOf(Fault.class);
    }

    @Test
    void knowsTheUsersOwnFirst() {
        Catalogue catalogue = new Catalogue(List.of(named("zebra"), named("ape")));
        assertThat(catalogue.find("zebra").name()).isEqualTo("zebra");
        assertThat(catalogue.names()).startsWith("ape", "zebra", "abs");
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatThrownBy(() -> new Catalogue(List.of(named("ape"), named("ape"))))
                .isInstanceOf(Fault.class)
                .hasMessage("a layer 'ape' is defined twice");
        assertThatThrownBy(() -> new Catalogue(List.of(named("relu"))))
                .isInstanceOf(Fault.class)
                .hasMessage("'relu' is a layer that devml ships; give yours another name");
    }
}
