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

    /** Those of the batches that have run, if they are asked for. */
    private final Optional<Bounds> bounds;

    /** What a mean divides by that is left as a sum. */
    private final Optional<Divisor> divisor;

    /** Makes an evaluator that may run a program any number of times. */
    @FunctionalInterface
    public interface Evaluators {
        Evaluator make(DType dtype, Program program);
    }

    /** What runs batches of so many samples. */
    private record Prepared(int samples, Program program, Optional<BoundedProgram> bounded, Evaluator evaluator) {}

    private Runner(
            Workload workload,
            Set<String> wanted,
            Predicate<String> values,
            Optional<Bounds> bounds,
            Evaluators evaluators) {
        this.evaluators = evaluators;
        this.workload = workload;
        this.batches = workload.cut();
        this.joining = workload.joining();
        this.rows = workload.rows();
        this.wanted = wanted;
        this.values = values;
        this.bounds = bounds;
        this.divisor = joining == Joining.DIVIDED
                ? Optional.of(Divisor.of(workload, evaluators, bounds.isPresent()))
                : Optional.empty();
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
        return new Runner(workload, wanted, _ -> true, Optional.empty(), evaluators).run(Optional.empty(), progress);
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
        Spool spool = new Spool(directory, workload.cut().samples());
        Optional<Bounds> own = bounds ? Optional.of(new Bounds(workload.dtype(), spool)) : Optional.empty();
        Runner runner = new Runner(workload, selection.gradients(), selection.values()::contains, own, evaluators);
        Result result;
        try (spool) {
            result = runner.run(Optional.of(spool), progress);
        }
        Map<String, Rows> written = spool.written();
        Map<String, Rows> allBounds = new LinkedHashMap<>();
        own.ifPresent(b -> allBounds.putAll(b.totals()));
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
        Totals totals = new Totals(workload.dtype(), spool);
        Prepared prepared = prepare(0);
        for (int batch = 0; batch < batches.count(); batch++) {
            prepared = prepared.samples == batches.samples(batch) ? prepared : prepare(batch);
            Execution execution = execute(prepared, batch, parameters);
            List<Piece> pieces = pieces(execution, batch);
            pieces.forEach(totals::add);
            if (prepared.bounded.isPresent()) {
                bounds.orElseThrow().add(pieces, boundsOf(execution, prepared.bounded.get(), pieces));
            }
            parameters.putAll(execution.buffers()); // they go on from batch to batch
            progress.accept(batch + 1);
        }
        return new Result(totals.below(Outputs.GRADIENTS), totals.below(Outputs.VALUES), totals.find(Piece.LOSS));
    }

    /** What a batch yields. */
    private List<Piece> pieces(Execution execution, int batch) {
        List<Piece> pieces = new ArrayList<>();
        double weight = weight(batch);
        // where there is a divisor, the gradient of the output has the weight already, and so have all others
        double ofGradients = divisor.isPresent() ? 1 : weight;
        execution.gradients().forEach((name, gradient) -> {
            Piece.Way way = isPerSample(name) ? Piece.Way.APPENDED : added();
            pieces.add(Piece.ofGradient(name, gradient, way, ofGradients));
        });
        String output = workload.network().output().name();
        execution.values(values).forEach((name, value) -> {
            boolean isJoined = joining.makesOne() && name.equals(output);
            Piece.Way way = isJoined ? Piece.Way.ADDED : rows.contains(name) ? Piece.Way.APPENDED : Piece.Way.LAST;
            pieces.add(Piece.ofValue(name, value, way, isJoined ? weight : 1));
        });
        execution.buffers().forEach((name, buffer) -> {
            if (values.test(name)) {
                pieces.add(Piece.ofValue(name, buffer, Piece.Way.LAST, 1));
            }
        });
        if (workload.network().file().loss().isPresent()) {
            Piece.Way way = joining == Joining.APPENDED ? Piece.Way.APPENDED : added();
            pieces.add(new Piece(Piece.LOSS, execution.output(), way, weight));
        }
        return pieces;
    }

    /** Of a single batch nothing is added to. */
    private Piece.Way added() {
        return joining == Joining.WHOLE ? Piece.Way.LAST : Piece.Way.ADDED;
    }

    /** How far the pieces of a batch may be from what the equations yield, by name; of buffers and integers, nothing. */
    private Map<String, Tensor.Doubles> boundsOf(Execution execution, BoundedProgram bounded, List<Piece> pieces) {
        Map<String, Tensor.Doubles> all = new HashMap<>();
        execution.gradientBounds(bounded).forEach((name, bound) -> all.put(Outputs.GRADIENTS + "/" + name, bound));
        execution.valueBounds(bounded, values).forEach((name, bound) -> all.put(Outputs.VALUES + "/" + name, bound));
        all.put(Piece.LOSS, execution.outputBound(bounded));
        pieces.stream()
                .filter(piece -> piece.way() == Piece.Way.ADDED || !piece.name().startsWith(Outputs.VALUES))
                .forEach(piece -> all.computeIfPresent(piece.name(), (_, bound) -> weighted(bound, piece.tensor())));
        return all;
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

    private Execution execute(Prepared prepared, int batch, Map<String, Tensor> parameters) {
        Workload.Batch data = workload.batch(batch);
        Map<String, Tensor> all = new HashMap<>(parameters);
        all.putAll(workload.draws(prepared.program.network(), batch));
        return Execution.run(prepared.program, prepared.evaluator, data.inputs(), all, cotangent(data));
    }

    /** The gradient of the output; that of a sum, where the whole is its quotient by a divisor, is divided by that. */
    private Optional<Tensor> cotangent(Workload.Batch data) {
        return divisor.<Optional<Tensor>>map(mean -> {
                    Tensor given = data.cotangent().orElse(new Tensor.Doubles(new Shape(List.of()), new double[] {1}));
                    return Optional.of(Totals.scaled(given, mean.weight(), workload.dtype()));
                })
                .orElse(data.cotangent());
    }

    private Prepared prepare(int batch) {
        Program plain = Program.of(workload.bound(batch), wanted).keeping(values);
        Optional<BoundedProgram> bounded = bounds.map(_ -> BoundedProgram.of(plain, workload.dtype()));
        Program program = bounded.map(BoundedProgram::program).orElse(plain);
        Memory.of(program, workload.dtype()).require(Runtime.getRuntime().maxMemory());
        return new Prepared(batches.samples(batch), program, bounded, evaluators.make(workload.dtype(), program));
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
}
