package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.layer.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every case against PyTorch again, with derived backward equations: the layers are a user's own here, whose
 * definitions are those that ship but for {@code backward}.
 */
class DerivedCasesTest {
    private static final Path LAYERS = Path.of("src/main/resources/devml/layers");
    private static final List<String> SHIPPED = Catalogue.shipped();
    private static final Pattern LAYER = Pattern.compile("\\blayer: *([a-z0-9_]+)");
    static final Pattern BACKWARD = Pattern.compile("(?m)^backward: \\|\\n(?: .*\\n|\\n)*");

    @TempDir
    private static Path folder;

    /**
     * What is infinite has no derivative: a loss where no path leads, of which PyTorch says NaN and what is derived 0; a
     * variance divided by less than nothing, which counts as nothing there, but not in PyTorch's gradient; and zeros in a
     * pool of a power below 1, of which it says NaN, for 0 times infinity, and what is derived 0, from the branch
     * taken. And numbers of 1e308 overflow in the sums of what is derived.
     */
    private static final List<Path> WITHOUT_DERIVATIVE = List.of(
            Path.of("ctc_loss/no-path-none.yaml"),
            Path.of("ctc_loss/no-path-shorter-input.yaml"),
            Path.of("lp_pool1d/zeros-norm-0.5.yaml"),
            Path.of("normalize/largest-p-inf.yaml"),
            Path.of("std/correction-beyond.yaml"),
            Path.of("var/correction-beyond.yaml"));

    /** All cases but these and those with definitions of their own. */
    static List<Path> cases() throws IOException {
        return CasesTest.cases().stream().filter(DerivedCasesTest::isHeld).toList();
    }

    private static boolean isHeld(Path file) {
        return !read(file).contains("definitions:")
                && WITHOUT_DERIVATIVE.stream().noneMatch(file::endsWith);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void defineLayersWithoutBackward() throws IOException {
        for (String layer : SHIPPED) {
            String text = read(LAYERS.resolve(layer + ".yaml"));
            String without = BACKWARD.matcher(text).replaceFirst("");
            assertThat(without.equals(text)).as(layer).isEqualTo(text.contains("\nlayers:"));
            Files.writeString(folder.resolve(own(layer) + ".yaml"), withOwn(without));
        }
        Files.createSymbolicLink(folder.resolve("testdata"), Path.of("testdata").toAbsolutePath());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPyTorch(Path file) throws IOException {
        String text = Files.readString(file);
        String definitions = layers(text).stream()
                .map(layer -> "../" + own(layer) + ".yaml")
                .collect(Collectors.joining(", ", "definitions: [", "]\n"));
        Path network =
                Files.writeString(mirror(file.getParent()).resolve(file.getFileName()), definitions + withOwn(text));
        CasesTest.check(network, ReferenceEvaluator::new);
    }

    /** The layers that a network or a definition names, and those of which they are made. */
    private static Set<String> layers(String text) {
        Set<String> layers = new LinkedHashSet<>();
        LAYER.matcher(text)
                .results()
                .map(layer -> layer.group(1))
                .filter(SHIPPED::contains)
                .filter(layers::add)
                .toList()
                .forEach(layer -> layers.addAll(
                        layers(read(LAYERS.resolve(layer + ".yaml")).replaceFirst("^layer: .*", ""))));
        return layers;
    }

    /** A folder from which the data are found as from the given one, and in which other files may be written. */
    private static Path mirror(Path original) throws IOException {
        Path mirror = folder.resolve(original.getFileName());
        if (Files.isDirectory(mirror)) {
            return mirror;
        }
        Files.createDirectory(mirror);
        try (Stream<Path> files = Files.list(original)) {
            for (Path data :
                    files.filter(file -> file.toString().endsWith(".npz")).toList()) {
                Files.createSymbolicLink(mirror.resolve(data.getFileName()), data.toAbsolutePath());
            }
        }
        return mirror;
    }

    private static String withOwn(String text) {
        return LAYER.matcher(text)
                .replaceAll((MatchResult layer) ->
                        SHIPPED.contains(layer.group(1)) ? "layer: " + own(layer.group(1)) : layer.group());
    }

    private static String own(String layer) {
        return "derived_" + layer;
    }
}
