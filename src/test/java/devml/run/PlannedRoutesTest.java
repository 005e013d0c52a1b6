package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.ProgramPlan;
import devml.fast.Route;
import devml.layer.Catalogue;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the route that every equation of every layer takes, in every case, against the list in testdata/routes.txt: a
 * silent fall-back would pass every other test. The planner's choices may change; then target/routes.txt, which this
 * test writes, is the new list, and what it changes is to be read.
 */
class PlannedRoutesTest {
    private static final Path EXPECTED = Path.of("testdata/routes.txt");
    private static final Path FOUND = Path.of("target/routes.txt");

    @Test
    void areThoseOfTheList() throws IOException {
        Map<String, Map<List<Route.Kind>, Set<String>>> routes = new TreeMap<>();
        for (Path file : CasesTest.cases()) {
            collect(file, routes);
        }
        List<String> lines = lines(routes);
        Files.createDirectories(FOUND.getParent());
        Files.write(FOUND, lines);
        assertThat(lines)
                .as("routes; if they are meant to be these: cp %s %s", FOUND, EXPECTED)
                .isEqualTo(Files.readAllLines(EXPECTED));
    }

    @Test
    void everyLayerThatComputesIsInTheList() throws IOException {
        Set<String> listed = Files.readAllLines(EXPECTED).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
        assertThat(listed)
                .containsAll(Catalogue.shipped().stream()
                        .filter(name -> !new Catalogue(List.of()).find(name).isComposed())
                        .toList());
    }

    private static void collect(Path file, Map<String, Map<List<Route.Kind>, Set<String>>> routes) {
        Network network = InputShapes.bind(NetworkFile.read(file));
        Program program = Program.of(network, Selection.gradients(network, true));
        ProgramPlan plan = FastEvaluator.plan(program);
        for (OwnedStatement owned : OwnedStatement.of(program, DType.FLOAT64)) {
            List<Route.Kind> kinds = new ArrayList<>();
            for (Route route : plan.routes(owned.statement())) {
                if (!kinds.contains(route.kind())) {
                    kinds.add(route.kind());
                }
            }
            if (kinds.isEmpty()) {
                continue; // over no points
            }
            String equation = owned.owner()
                    .map(node -> node.layer().definition().name() + " "
                            + owned.target().substring(node.name().length() + 1))
                    .orElse("- sum of gradients");
            routes.computeIfAbsent(equation, _ -> new TreeMap<>(BEST_FIRST))
                    .computeIfAbsent(kinds, _ -> new TreeSet<>())
                    .add(name(file));
        }
    }

    /** By the slowest kind of route in them. */
    private static final Comparator<List<Route.Kind>> BEST_FIRST = Comparator.<List<Route.Kind>, Route.Kind>comparing(
                    kinds -> kinds.stream().max(Comparator.naturalOrder()).orElse(Route.Kind.CONTRACTION))
            .thenComparing(List::toString);

    private static String name(Path file) {
        String name = file.toString().replace('\\', '/');
        return name.substring(name.indexOf('/') + 1)
                .replaceFirst("^layers/", "")
                .replaceFirst("\\.yaml$", "");
    }

    /**
     * One for each route that an equation takes; where that is slower by an order of magnitude than what others take,
     * with the cases.
     */
    private static List<String> lines(Map<String, Map<List<Route.Kind>, Set<String>>> routes) {
        List<String> lines = new ArrayList<>();
        routes.forEach((equation, taken) -> {
            boolean contracts = taken.keySet().stream().anyMatch(kinds -> kinds.contains(Route.Kind.CONTRACTION));
            taken.forEach((kinds, cases) -> {
                boolean slow =
                        kinds.contains(Route.Kind.LOOP) || (contracts && !kinds.contains(Route.Kind.CONTRACTION));
                String text = kinds.stream().map(Route.Kind::toString).collect(Collectors.joining(", "));
                lines.add(equation + ": " + text + (slow ? " in " + String.join(" ", cases) : ""));
            });
        });
        return lines;
    }
}
