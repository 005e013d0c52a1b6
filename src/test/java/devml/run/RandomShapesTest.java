package devml.run;

import static org.assertj.core.api.Assertions.assertThat;

import devml.fast.ProgramPlan;
import devml.fast.Workers;
import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.layer.BoundTensor.Role;
import devml.network.BoundNode;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the fast evaluator to the reference on shapes that nobody chose: in the cases of each layer, every extent becomes
 * another, and extents that differ still do. Cases whose options fix an extent are left out, as the shapes do not fit.
 */
class RandomShapesTest {
    private static final Workers WORKERS = new Workers(2);
    private static final List<Integer> EXTENTS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13);

    @ParameterizedTest
    @EnumSource
    void everyLayerIsWithinTheBound(DType dtype) throws IOException {
        Random random = new Random(20_251);
        Map<String, Integer> ran = new LinkedHashMap<>();
        for (Path file : FastBoundTest.cases()) {
            String layer = file.getParent().getFileName().toString();
            if (ran.getOrDefault(layer, 0) < 2 && runs(file, dtype, random)) {
                ran.merge(layer, 1, Integer::sum);
            }
        }
        assertThat(ran.keySet()).as("layers that took some random shapes").hasSizeGreaterThan(layers() * 9 / 10);
    }

    private static int layers() throws IOException {
        Set<String> layers = new TreeSet<>();
        FastBoundTest.cases().forEach(file -> layers.add(file.getParent().toString()));
        return layers.size();
    }

    /** Whether some random shapes fit the case; then it was run. */
    private static boolean runs(Path file, DType dtype, Random random) {
        NetworkFile network = NetworkFile.read(file);
        Workload workload;
        try {
            workload = Workload.load(network, new Workload.Overrides(Optional.of(dtype), Optional.empty()));
        } catch (Fault tooLarge) {
            return false;
        }
        for (int attempt = 0; attempt < 8; attempt++) {
            Map<String, Shape> shapes = shapes(workload.batch(0).inputs(), random);
            Network bound;
            try {
                bound = Network.bind(network, shapes);
            } catch (Fault doNotFit) {
                continue;
            }
            if (run(bound, shapes, workload.draws(bound, 0), dtype, random)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Shape> shapes(Map<String, Tensor> given, Random random) {
        List<Integer> extents = new ArrayList<>(EXTENTS);
        Collections.shuffle(extents, random);
        Map<Integer, Integer> replaced = new HashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        given.forEach((name, tensor) -> shapes.put(
                name,
                new Shape(tensor.shape().dims().stream()
                        .map(old -> replaced.computeIfAbsent(old, _ -> extents.removeFirst()))
                        .toList())));
        return shapes;
    }

    /** Whether random data are what the layer takes; then the evaluators were compared. */
    private static boolean run(
            Network network, Map<String, Shape> shapes, Map<String, Tensor> draws, DType dtype, Random random) {
        Set<String> wanted = new HashSet<>(Runner.parameters(network));
        wanted.addAll(shapes.keySet());
        Program program = Program.of(network, wanted);
        ProgramPlan plan = ProgramPlan.of(FastEvaluator.storages(program), program.statements(), 2);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> inputs.put(name, reals(shape, -1, random)));
        for (BoundNode node : network.nodes()) {
            node.layer().tensors(Role.INPUT).stream()
                    .filter(tensor -> tensor.integer() && tensor.range().isPresent())
                    .filter(tensor -> inputs.containsKey(node.reads().get(tensor.input())))
                    .forEach(tensor -> inputs.put(node.reads().get(tensor.input()), integers(tensor, random)));
        }
        Map<String, Tensor> parameters = new LinkedHashMap<>(draws);
        Stream.of(Role.PARAM, Role.BUFFER)
                .flatMap(role -> network.parameters(role).entrySet().stream())
                .forEach(e -> parameters.put(e.getKey(), reals(e.getValue().shape(), 0.1, random)));
        try {
            Execution.run(program, new ReferenceEvaluator(dtype, program), inputs, parameters, Optional.empty());
        } catch (Fault badData) {
            return false;
        }
        Lockstep lockstep = new Lockstep(dtype, program.count(), new FastEvaluator(dtype, plan, WORKERS));
        Execution.run(program, lockstep, inputs, parameters, Optional.empty());
        return true;
    }

    private static Tensor reals(Shape shape, double low, Random random) {
        return new Tensor.Doubles(
                shape, random.doubles(shape.size(), low, 1).map(x -> (float) x).toArray());
    }

    private static Tensor integers(BoundTensor tensor, Random random) {
        long size = tensor.range().orElseThrow().size();
        return new Tensor.Longs(
                tensor.shape(), random.longs(tensor.shape().size(), 0, size).toArray());
    }
}
