package devml.oracle;

import devml.equation.Numbers;
import devml.fault.Fault;
import devml.layer.BoundTensor;
import devml.network.Network;
import devml.network.NetworkFile;
import devml.run.Evaluator;
import devml.run.Execution;
import devml.run.Program;
import devml.run.ReferenceEvaluator;
import devml.run.Runner;
import devml.run.Workload;
import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A network file, bound, ready to run in any number system. */
record Runs(Workload workload, Program program) {
    private static final int MANY = 16;

    /** With the gradients of all parameters, and of the inputs that are real numbers. */
    static Runs of(Path file) {
        return of(Workload.load(NetworkFile.read(file), Workload.Overrides.NONE));
    }

    /** As {@link #of(Path)}, in float32; absent where float32 cannot hold the data. */
    static Optional<Runs> ofFloat32(Path file) {
        try {
            return Optional.of(of(Workload.load(
                    NetworkFile.read(file), new Workload.Overrides(Optional.of(DType.FLOAT32), Optional.empty()))));
        } catch (Fault tooLarge) {
            return Optional.empty();
        }
    }

    private static Runs of(Workload workload) {
        Network network = workload.network();
        Set<String> wanted = new LinkedHashSet<>(Runner.parameters(network));
        network.nodes()
                .forEach(node -> node.layer().tensors(BoundTensor.Role.INPUT).stream()
                        .filter(tensor ->
                                !tensor.integer() && !tensor.name().equals("weight")) // of classes, without gradient
                        .map(tensor -> node.reads().get(tensor.input()))
                        .filter(workload.inputs()::containsKey)
                        .forEach(wanted::add));
        return new Runs(workload, Program.of(network, wanted));
    }

    /** With a batch of one if there are many samples, of which balls and decimals would take long. */
    Runs small() {
        List<Integer> dims = workload.inputs().values().iterator().next().dims();
        return !dims.isEmpty() && dims.getFirst() > MANY ? firstSample() : this;
    }

    /** With a batch of one. */
    Runs firstSample() {
        Map<String, Rows> inputs = new LinkedHashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        batch().inputs().forEach((name, all) -> {
            List<Integer> dims = new ArrayList<>(all.shape().dims());
            int size = all.size() / dims.getFirst();
            dims.set(0, 1);
            shapes.put(name, new Shape(dims));
            double[] values = Arrays.copyOf(all.toDoubles().values(), size);
            inputs.put(name, Rows.of(new Tensor.Doubles(new Shape(dims), values)));
        });
        Network network = Network.bind(workload.network().file(), shapes);
        return of(new Workload(
                network, workload.dtype(), workload.seed(), inputs, workload.parameters(), workload.cotangent()));
    }

    Workload.Batch batch() {
        return workload.batch(0);
    }

    static List<Path> files(String... folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                all.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    <N extends Numbers> N run(N numbers) {
        run(new ReferenceEvaluator(numbers, program.count()));
        return numbers;
    }

    Evaluator run(Evaluator evaluator) {
        Execution.run(program, evaluator, batch().inputs(), workload.parameters(), batch().cotangent());
        return evaluator;
    }

    /** All tensors of real numbers that the program computes, by name: values of layers and gradients. */
    Map<String, Integer> computed() {
        Map<String, Integer> computed = new LinkedHashMap<>();
        program.network().nodes().forEach(node -> {
            if (!node.output().integer()) {
                computed.put(node.name(), node.output().number());
            }
        });
        program.gradients().forEach((name, number) -> computed.put("d" + name, number));
        return computed;
    }

    Shape shape(int tensor) {
        if (program.tensors().containsKey(tensor)) {
            return program.tensors().get(tensor).shape();
        }
        return Shape.of(program.sums().get(tensor));
    }
}
