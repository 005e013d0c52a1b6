package devml.run;

import devml.equation.Cost;
import devml.equation.Statement;
import devml.fast.Workers;
import devml.network.NetworkFile;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints how long each equation of a network takes once warm: {@code Timing NETWORK BATCH DTYPE THREADS STEPS}, where the
 * network is lenet, mlp, vgg, residual or a file. A tool for who works on the planner, no test.
 */
public final class Timing {
    private static final Map<String, String> LAYERS = Map.of("mlp", """
            flat: {layer: flatten}
              fc1: {layer: linear, out_features: 512, activation: relu}
              fc2: {layer: linear, out_features: 512, activation: relu}
              fc3: {layer: linear, out_features: 10}
            """, "lenet", """
            conv1: {layer: conv2d, out_channels: 6, kernel_size: 5, activation: relu}
              pool1: {layer: max_pool2d, kernel_size: 2}
              conv2: {layer: conv2d, out_channels: 16, kernel_size: 5, activation: relu}
              pool2: {layer: max_pool2d, kernel_size: 2}
              flat: {layer: flatten}
              fc1: {layer: linear, out_features: 120, activation: relu}
              fc2: {layer: linear, out_features: 84, activation: relu}
              fc3: {layer: linear, out_features: 10}
            """, "vgg", """
            conv1: {layer: conv2d, out_channels: 32, kernel_size: 3, padding: 1, activation: relu}
              conv2: {layer: conv2d, out_channels: 32, kernel_size: 3, padding: 1, activation: relu}
              pool1: {layer: max_pool2d, kernel_size: 2}
              conv3: {layer: conv2d, out_channels: 64, kernel_size: 3, padding: 1, activation: relu}
              conv4: {layer: conv2d, out_channels: 64, kernel_size: 3, padding: 1, activation: relu}
              pool2: {layer: max_pool2d, kernel_size: 2}
              flat: {layer: flatten}
              fc1: {layer: linear, out_features: 256, activation: relu}
              fc2: {layer: linear, out_features: 10}
            """, "residual", """
            conv1: {layer: conv2d, out_channels: 64, kernel_size: 3, padding: 1, bias: false}
              bn1: {layer: batch_norm}
              relu1: {layer: relu}
              conv2: {layer: conv2d, out_channels: 64, kernel_size: 3, padding: 1, bias: false}
              bn2: {layer: batch_norm}
              sum: {layer: add, from: [bn2, x]}
              relu2: {layer: relu}
              pool: {layer: avg_pool2d, kernel_size: 32}
              flat: {layer: flatten}
              fc: {layer: linear, out_features: 10}
            """);

    private static final Map<String, String> SHAPES =
            Map.of("mlp", "784", "lenet", "1, 32, 32", "vgg", "3, 32, 32", "residual", "64, 32, 32");

    private Timing() {}

    public static void main(String[] args) throws IOException {
        int batch = Integer.parseInt(args[1]);
        DType dtype = args[2].equals("f32") ? DType.FLOAT32 : DType.FLOAT64;
        Workers workers = new Workers(Integer.parseInt(args[3]));
        int steps = Integer.parseInt(args[4]);
        Path file = LAYERS.containsKey(args[0]) ? write(args[0], batch) : Path.of(args[0]);
        Workload workload =
                Workload.load(NetworkFile.read(file), new Workload.Overrides(Optional.of(dtype), Optional.empty()));
        Program program = Program.of(workload.network(), Runner.parameters(workload.network()));
        Timed timed = new Timed(new FastEvaluator(dtype, program, workers));
        Workload.Batch data = workload.batch(0);
        List<Double> times = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            if (step == steps / 2) {
                timed.spent.clear();
            }
            long start = cpu();
            Execution.run(program, timed, data.inputs(), workload.parameters(), data.cotangent());
            times.add((cpu() - start) / 1e6);
        }
        List<Double> warm = times.subList(steps / 2, steps).stream().sorted().toList();
        int counted = steps - steps / 2;
        timed.spent.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue()))
                .limit(25)
                .forEach(entry -> IO.println("%9.3f ms  %5.1f GF/s  %s"
                        .formatted(
                                entry.getValue() / 1e6 / counted,
                                timed.operations.get(entry.getKey()) / (double) entry.getValue() * counted,
                                entry.getKey())));
        IO.println("equations %.2f ms, step least %.2f median %.2f ms"
                .formatted(
                        timed.spent.values().stream().mapToLong(t -> t).sum() / 1e6 / counted,
                        warm.getFirst(),
                        warm.get(warm.size() / 2)));
    }

    /** What this thread has computed, in nanoseconds, so that others on the machine count little. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Path write(String name, int batch) throws IOException {
        Path file = Files.createTempDirectory("timing").resolve(name + ".yaml");
        Files.writeString(file, """
                network: %s
                inputs:
                  x: {shape: [%d, %s], data: {uniform: [-1, 1]}}
                  target: {shape: [%d], data: 3}
                random: {seed: 1}
                layers:
                  %sloss: {layer: cross_entropy, target: target}
                """.formatted(name, batch, SHAPES.get(name), batch, LAYERS.get(name)));
        return file;
    }

    /** Adds up the time of each equation. */
    private static final class Timed implements Evaluator {
        private final Evaluator evaluator;
        private final Map<String, Long> spent = new LinkedHashMap<>();
        private final Map<String, Long> operations = new LinkedHashMap<>();

        Timed(Evaluator evaluator) {
            this.evaluator = evaluator;
        }

        @Override
        public void allocate(int tensor, int size, boolean integer) {
            evaluator.allocate(tensor, size, integer);
        }

        @Override
        public void share(int tensor, int existing) {
            evaluator.share(tensor, existing);
        }

        @Override
        public void put(int tensor, Tensor values, boolean integer) {
            evaluator.put(tensor, values, integer);
        }

        @Override
        public Tensor get(int tensor, Shape shape, boolean integer) {
            return evaluator.get(tensor, shape, integer);
        }

        @Override
        public void run(Statement statement) {
            long start = cpu();
            evaluator.run(statement);
            String name = statement.assignments().getLast().target().name();
            spent.merge(name, cpu() - start, Long::sum);
            operations.put(name, Cost.of(statement).operations());
        }
    }
}
