package devml.run;

import devml.equation.Cost;
import devml.layer.BoundTensor.Role;
import devml.network.Network;
import devml.tensor.DType;
import devml.tensor.Rows;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Runs a workload, batch by batch, and adds up what the batches yield. */
public final class Runner {
    private final Workload workload;
    private final Batches batches;
    private final Joining joining;
    private final Set<String> rows;
    private final Set<String> wanted;
    private final Predicate<String> values;
    private final Evaluators evaluators;

    /** What runs the batches, as long as they have equal shapes. */
    private Prepared prepared;

    /** What a mean divides by that is left as a sum. */
    private Optional<Divisor> divisor = Optional.empty();

    /** Those of the batches that have run, if they are asked for. */
    private Optional<Bounds> bounds = Optional.empty();

    /** What ran last, if bounds are asked for. */
    private BoundedProgram bounded;

    /** Makes an evaluator that may run a program any number of times. */
    @FunctionalInterface
    public interface Evaluators {
        Evaluator make(DType dtype, Program program);
    }

    private record Prepared(int samples, Program program, Evaluator evaluator) {}

    private Runner(Workload workload, Set<String> wanted, Predicate<String> values, Evaluators evaluators) {
        this.evaluators = evaluators;
        this.workload = workload;
        this.batches = workload.cut();
        this.joining = workload.joining();
        this.rows = workload.rows();
        this.wanted = wanted;
        this.values = values;
    }

    /**
     * What came out.
     *
     * @param gradients by the names of parameters and inputs
     * @param values the outputs of layers, and buffers as they were updated, by name
     * @param loss if the network has one
     */
    public record Result(Map<String, Tensor> gradients, Map<String, Tensor> values, Optional<Tensor> loss) {}

    /**
     * Runs a workload.
     *
     * @param wanted the gradients to compute: names of parameters and inputs
     * @param evaluators makes what runs the equations
     * @param progress is told the number of each batch that is done
     */
    public static Result run(Workload workload, Set<String> wanted, Evaluators evaluators, IntConsumer progress) {
        return new Runner(workload, wanted, _ -> true, evaluators).run(Optional.empty(), progress);
    }

    /**
     * Runs a workload for what is selected alone, in memory that does not grow with its samples: outputs that have a row
     * for each sample go to files as the batches come.
     *
     * @param directory where {@link Outputs#write} is going to write
     * @param bounds whether to compute bounds of rounding errors too, which hold for the fast evaluator
     * @param evaluators makes what runs the equations
     * @param progress is told the number of each batch that is done
     */
    public static Outputs run(
            Workload workload,
            Selection selection,
            Path directory,
            boolean bounds,
            Evaluators evaluators,
            IntConsumer progress) {
        Runner runner = new Runner(workload, selection.gradients(), selection.values()::contains, evaluators);
        Spool spool = new Spool(directory, runner.batches.samples());
        if (bounds) {
            runner.bounds = Optional.of(new Bounds(workload.dtype(), spool));
        }
        Result result;
        try (spool) {
            result = runner.run(Optional.of(spool), progress);
        }
        Map<String, Rows> written = spool.written();
        Map<String, Rows> allBounds = new LinkedHashMap<>();
        runner.bounds.ifPresent(b -> allBounds.putAll(b.totals()));
        written.forEach((name, rows) -> {
            if (name.endsWith(Outputs.BOUND)) {
                allBounds.put(name.substring(0, name.length() - Outputs.BOUND.length()), rows);
            }
        });
        return selection.from(result, written, allBounds, spool.files());
    }

    /** As {@link #run(Workload, Set, Evaluators, IntConsumer)}, by the reference interpreter. */
    public static Result run(Workload workload, Set<String> wanted, IntConsumer progress) {
        return run(workload, wanted, ReferenceEvaluator::new, progress);
    }

    /** The names of all parameters. */
    public static Set<String> parameters(Network network) {
        return new LinkedHashSet<>(network.parameters(Role.PARAM).keySet());
    }

    /** How many operations a run takes, roughly: all batches are counted as the first one. */
    public static double operations(Workload workload, Selection selection) {
        Program program = Program.of(workload.network(), selection.gradients());
        double batch = program.statements().stream()
                .mapToDouble(statement -> Cost.of(statement).operations())
                .sum();
        return batch * batches(workload);
    }

    /** How many batches a workload has. */
    public static int batches(Workload workload) {
        return workload.batches();
    }

    private Result run(Optional<Spool> spool, IntConsumer progress) {
        Map<String, Tensor> parameters = new HashMap<>(workload.parameters());
        Map<String, Sum> gradients = new LinkedHashMap<>();
        Map<String, List<Tensor>> outputs = new LinkedHashMap<>();
        Map<String, Tensor> buffers = new LinkedHashMap<>();
        if (joining == Joining.DIVIDED) {
            divisor = Optional.of(Divisor.of(workload, evaluators, bounds.isPresent()));
        }
        boolean hasLoss = workload.network().file().loss().isPresent();
        Sum output = new Sum(workload.dtype());
        for (int number = 0; number < batches.count(); number++) {
            int batch = number;
            Execution execution = execute(batch, parameters);
            double weight = weight(batch);
            double ofGradients = divisor.isPresent() ? 1 : weight; // else the gradient of the output has it already
            execution.gradients().forEach((name, gradient) -> {
                if (isPerSample(name) && spool.isPresent()) {
                    spool.get()
                            .append(
                                    Outputs.GRADIENTS + "/" + name,
                                    Sum.scaled(gradient, ofGradients, workload.dtype()));
                } else {
                    gradients
                            .computeIfAbsent(name, n -> new Sum(workload.dtype()))
                            .add(gradient, ofGradients, isPerSample(name));
                }
            });
            if (hasLoss || joining.makesOne()) {
                output.add(execution.output(), weight, joining == Joining.APPENDED);
            }
            execution.values(values).forEach((name, value) -> {
                if (spool.isPresent() && rows.contains(name)) {
                    spool.get().append(Outputs.VALUES + "/" + name, value);
                } else {
                    outputs.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
                }
            });
            bounds.ifPresent(b -> bound(b, execution, batch));
            parameters.putAll(execution.buffers()); // they go on from batch to batch
            buffers.putAll(execution.buffers());
            progress.accept(batch + 1);
        }
        Map<String, Tensor> totals = new LinkedHashMap<>();
        gradients.forEach((name, sum) -> totals.put(name, sum.total()));
        Map<String, Tensor> joined = new LinkedHashMap<>();
        outputs.forEach((name, parts) -> joined.put(name, rows.contains(name) ? join(parts) : parts.getLast()));
        if (joining.makesOne()) {
            joined.replace(workload.network().output().name(), output.total());
        }
        buffers.forEach((name, buffer) -> {
            if (values.test(name)) {
                joined.put(name, buffer);
            }
        });
        return new Result(totals, joined, hasLoss ? Optional.of(output.total()) : Optional.empty());
    }

    private void bound(Bounds all, Execution execution, int batch) {
        double weight = weight(batch);
        double ofGradients = divisor.isPresent() ? 1 : weight;
        all.next();
        Map<String, Tensor> gradients = execution.gradients();
        execution.gradientBounds(bounded).forEach((name, own) -> {
            String file = Outputs.GRADIENTS + "/" + name;
            Tensor.Doubles bound = weighted(own, gradients.get(name));
            if (isPerSample(name)) {
                all.append(file, gradients.get(name), bound, ofGradients);
            } else {
                all.add(file, gradients.get(name), bound, ofGradients);
            }
        });
        Map<String, Tensor> outputs = execution.values(values);
        execution.valueBounds(bounded, values).forEach((name, bound) -> {
            String file = Outputs.VALUES + "/" + name;
            if (rows.contains(name)) {
                all.append(file, outputs.get(name), bound, 1);
            } else {
                all.replace(file, bound);
            }
        });
        Tensor.Doubles bound = weighted(execution.outputBound(bounded), execution.output());
        String value = Outputs.VALUES + "/" + workload.network().output().name();
        List<String> names = new ArrayList<>(hasLoss() ? List.of("loss") : List.of());
        if (joining.makesOne()
                && outputs.containsKey(workload.network().output().name())) {
            names.add(value);
        }
        for (String name : names) {
            if (joining == Joining.APPENDED) {
                all.join(name, bound);
            } else {
                all.add(name, execution.output(), bound, weight);
            }
        }
    }

    private boolean hasLoss() {
        return workload.network().file().loss().isPresent();
    }

    /** The bounds of what is proportional to the weight of a batch that a divisor has, which may be off too. */
    private Tensor.Doubles weighted(Tensor.Doubles bounds, Tensor values) {
        if (divisor.isEmpty()) {
            return bounds;
        }
        double off = divisor.get().weightError(workload.dtype());
        double[] raised = new double[bounds.size()];
        for (int i = 0; i < raised.length; i++) {
            double size = Math.abs(values.get(i)) + bounds.get(i);
            raised[i] = size == 0 ? 0 : bounds.get(i) + 2 * off * size;
        }
        return new Tensor.Doubles(bounds.shape(), raised);
    }

    private Execution execute(int batch, Map<String, Tensor> parameters) {
        if (prepared == null || prepared.samples != batches.samples(batch)) {
            prepared = prepare(batch);
        }
        Workload.Batch data = workload.batch(batch);
        Map<String, Tensor> all = new HashMap<>(parameters);
        all.putAll(workload.draws(prepared.program.network(), batch));
        return Execution.run(prepared.program, prepared.evaluator, data.inputs(), all, cotangent(data));
    }

    /** The gradient of the output; that of a sum, where the whole is its quotient by a divisor, is divided by that. */
    private Optional<Tensor> cotangent(Workload.Batch data) {
        return divisor.<Optional<Tensor>>map(mean -> {
                    Tensor given = data.cotangent().orElse(new Tensor.Doubles(new Shape(List.of()), new double[] {1}));
                    return Optional.of(Sum.scaled(given, mean.weight(), workload.dtype()));
                })
                .orElse(data.cotangent());
    }

    private Prepared prepare(int batch) {
        Network network = workload.bound(batch);
        Program program = program(network);
        Memory.of(program, workload.dtype()).require(Runtime.getRuntime().maxMemory());
        return new Prepared(batches.samples(batch), program, evaluators.make(workload.dtype(), program));
    }

    private Program program(Network network) {
        Program program = Program.of(network, wanted).keeping(values);
        if (bounds.isEmpty()) {
            return program;
        }
        bounded = BoundedProgram.of(program, workload.dtype());
        return bounded.program();
    }

    /** What the output of a batch is multiplied by. */
    private double weight(int batch) {
        return switch (joining) {
            case WHOLE, APPENDED, ADDED -> 1;
            case AVERAGED -> (double) batches.samples(batch) / batches.samples();
            case DIVIDED -> divisor.orElseThrow().weight();
        };
    }

    private boolean isPerSample(String name) {
        return workload.inputs().containsKey(name) && batches.cuts(name);
    }

    /** The values of all batches one after another. */
    private Tensor join(List<Tensor> parts) {
        Sum sum = new Sum(workload.dtype());
        parts.forEach(part -> sum.add(part, 1, true));
        return sum.total();
    }

    /** Tensors added up in double precision and rounded once, or put one after another. */
    private static final class Sum {
        private final DType dtype;
        private final List<Tensor> parts = new ArrayList<>();
        private double[] total;
        private Tensor single;
        private Shape shape;

        Sum(DType dtype) {
            this.dtype = dtype;
        }

        void add(Tensor tensor, double weight, boolean append) {
            if (append) {
                parts.add(scaled(tensor, weight, dtype));
                return;
            }
            single = total == null && weight == 1 ? tensor : null;
            if (total == null) {
                total = new double[tensor.size()];
                shape = tensor.shape();
            }
            for (int i = 0; i < total.length; i++) {
                total[i] += weight * tensor.get(i);
            }
        }

        static Tensor scaled(Tensor tensor, double weight, DType dtype) {
            double[] values = new double[tensor.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = weight * tensor.get(i);
            }
            Tensor.Doubles scaled = new Tensor.Doubles(tensor.shape(), values);
            return dtype == DType.FLOAT32 ? scaled.toFloats() : scaled;
        }

        Tensor total() {
            if (single != null) {
                return single;
            }
            Tensor.Doubles doubles = parts.isEmpty() ? new Tensor.Doubles(shape, total) : joined(parts);
            return dtype == DType.FLOAT32 ? doubles.toFloats() : doubles;
        }
    }

    /** Rows one after another. */
    static Tensor.Doubles joined(List<? extends Tensor> parts) {
        int size = parts.stream().mapToInt(Tensor::size).sum();
        double[] all = new double[size];
        int at = 0;
        int samples = 0;
        for (Tensor part : parts) {
            for (int i = 0; i < part.size(); i++) {
                all[at++] = part.get(i);
            }
            samples += part.shape().dim(0);
        }
        List<Integer> dims = new ArrayList<>(parts.getFirst().shape().dims());
        dims.set(0, samples);
        return new Tensor.Doubles(new Shape(dims), all);
    }
}
