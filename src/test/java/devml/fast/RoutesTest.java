package devml.fast;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Assignment;
import devml.network.NetworkFile;
import devml.run.Program;
import devml.run.Runner;
import devml.run.Workload;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Says which route each equation takes, since a silent fall-back would pass every other test. */
class RoutesTest {

    @Test
    void sumsOfProductsOfLeNetRunOnTheKernel() {
        assertThat(routes("networks/lenet5.yaml", false))
                .contains(
                        "conv1.y: contract",
                        "conv2.y: contract",
                        "conv1.dweight: contract",
                        "conv2.dweight: contract",
                        "conv2.dx: contract",
                        "fc1.y: contract",
                        "fc1.dweight: contract",
                        "fc1.dx: contract",
                        "pool1.k: strips",
                        "pool1.dx: strips",
                        "conv1.relu.y: strips");
    }

    @Test
    void theInputGradientOfAStridedConvolutionIsOneContractionForEachClassOfPixels() {
        assertThat(routes("testdata/layers/conv2d/stride-asymmetric.yaml", true))
                .contains("conv.y: contract", "conv.dweight: contract")
                .anySatisfy(route -> assertThat(route).startsWith("conv.dx: contract, contract"));
    }

    @Test
    void groupsAreLoopsAroundTheKernel() {
        assertThat(routes("testdata/layers/conv2d/groups.yaml", true))
                .contains("conv.y: contract", "conv.dweight: contract", "conv.dx: contract");
    }

    /** Each equation's target with the routes of its steps. */
    private static Set<String> routes(String file, boolean inputGradients) {
        Workload workload = Workload.load(NetworkFile.read(Path.of(file)), Workload.Overrides.NONE);
        Set<String> wanted = new LinkedHashSet<>(Runner.parameters(workload.network()));
        if (inputGradients) {
            wanted.addAll(workload.inputs().keySet());
        }
        Program program = Program.of(workload.network(), wanted);
        List<Assignment> equations = Stream.concat(program.forward().stream(), program.backward().stream())
                .flatMap(statement -> statement.assignments().stream())
                .toList();
        Set<String> routes = new TreeSet<>();
        for (Assignment equation : equations) {
            List<String> steps = new Planner(equation, false)
                    .steps().stream()
                            .map(step -> switch (step) {
                                case Step.Strips _ -> "strips";
                                case Step.Contract _ -> "contract";
                            })
                            .toList();
            routes.add(equation.target().name() + ": " + String.join(", ", steps));
        }
        return routes;
    }
}
