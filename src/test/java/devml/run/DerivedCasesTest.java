package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.layer.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Pattern LAYER = Pattern.compile("\\blayer: *([a-z0-9_]+)");
    private static final Pattern BACKWARD = Pattern.compile("(?m)^backward: \\|\\n(?: .*\\n|\\n)*");

    @TempDir
    private static Path folder;

    /** Of what {@code derive} refuses to derive from: loops over the members of a family, and definitions made of layers. */
    private static final Pattern REFUSED = Pattern.compile("(?m)^  for l:$|^layers:");

    /** Where no path leads, all is minus infinity, and exp of a difference of them NaN; by hand it is not asked for there. */
    private static final String WITHOUT_PATHS = "ctc_loss";

    /**
     * Additive masks of keys: the mask is read at a position that a condition keeps in bounds, next to another condition;
     * the derived equation has both within its value, where they are no guard of the position that it writes.
     */
    private static final Set<String> UNGUARDED = Set.of("all-options.yaml", "padding-and-boolean-mask.yaml");

    /** All cases but those with layers that are not derived from, and those with definitions of their own. */
    static List<Path> cases() throws IOException {
        return CasesTest.cases().stream().filter(DerivedCasesTest::isHeld).toList();
    }

    private static boolean isHeld(Path file) {
        String text = read(file);
        return !text.contains("definitions:")
                && !(text.contains("multi_head_attention")
                        && UNGUARDED.contains(file.getFileName().toString()))
                && LAYER.matcher(text).results().allMatch(layer -> isDerivedFrom(layer.group(1)));
    }

    private static boolean isDerivedFrom(String layer) {
        return !layer.equals(WITHOUT_PATHS)
                && !REFUSED.matcher(read(LAYERS.resolve(layer + ".yaml"))).find();
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
        for (String layer : Catalogue.shipped()) {
            if (!isDerivedFrom(layer)) {
                continue;
            }
            String text = read(LAYERS.resolve(layer + ".yaml"));
            String without = BACKWARD.matcher(text).replaceFirst("");
            assertThat(without).as(layer).isNotEqualTo(text);
            Files.writeString(folder.resolve(own(layer) + ".yaml"), own(without));
        }
        Files.createSymbolicLink(folder.resolve("testdata"), Path.of("testdata").toAbsolutePath());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPyTorch(Path file) throws IOException {
        String text = Files.readString(file);
        String definitions = LAYER.matcher(text)
                .results()
                .map(layer -> "../" + own(layer.group(1)) + ".yaml")
                .distinct()
                .collect(Collectors.joining(", ", "definitions: [", "]\n"));
        Path network = Files.writeString(mirror(file.getParent()).resolve(file.getFileName()), definitions + own(text));
        CasesTest.check(network, ReferenceEvaluator::new);
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

    private static String own(String text) {
        return text.contains(":")
                ? LAYER.matcher(text).replaceAll((MatchResult layer) -> "layer: " + own(layer.group(1)))
                : "derived_" + text;
    }
}
