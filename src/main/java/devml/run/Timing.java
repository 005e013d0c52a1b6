package devml.run;

import devml.equation.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a network takes, forward and backward, for one batch.
 *
 * @param workload what ran
 * @param rows one for each equation, or loop of equations, in the order in which they ran
 * @param passes how many passes were measured, after those to warm up
 * @param nanos the median of the passes' times
 * @param tensors the median of what passes take beside their equations: tensors are made and filled
 * @param bounds what bounds of rounding errors take, if that was measured
 * @param roofline what the machine can do
 */
public record Timing(
        Workload workload,
        List<Row> rows,
        int passes,
        double nanos,
        double tensors,
        Optional<BoundsTiming> bounds,
        Roofline roofline) {
    /** How much faster passes must become for the warm-up to go on. */
    private static final double PROGRESS = 0.95;

    private static final double WARM_UP_SECONDS = 1;
    private static final double LONGEST_WARM_UP_SECONDS = 20;
    private static final double SECONDS = 2;
    private static final int LEAST_PASSES = 5;

    public Timing {
        rows = List.copyOf(rows);
    }

    /**
     * What one equation takes.
     *
     * @param layer whose it is; of a sum of gradients, the layer or input whose gradient that is
     * @param equation as its definition states it
     * @param cost its operations
     * @param bytes those of the tensors that it reads and writes, each counted once
     * @param nanos the median of its times
     */
    public record Row(String layer, Phase phase, String equation, Cost cost, long bytes, double nanos) {
        static Row of(OwnedStatement owned, double nanos) {
            return new Row(owned.layer(), owned.phase(), owned.equation(), owned.cost(), owned.bytes(), nanos);
        }
    }

    /**
     * Runs the first batch of a workload again and again.
     *
     * @param repeat how many passes to measure; 0 for as many as take two seconds
     * @param bounds whether to measure passes with bounds of rounding errors, too
     * @param threads how many threads the evaluators use
     */
    public static Timing measure(
            Workload workload, Runner.Evaluators evaluators, int repeat, boolean bounds, int threads) {
        Program program = Program.of(workload.network(), Selection.gradients(workload.network(), false))
                .keeping(_ -> false);
        Stopwatch stopwatch = new Stopwatch(evaluators.make(workload.dtype(), program));
        Workload.Batch batch = workload.batch(0);
        Runnable pass =
                () -> Execution.run(program, stopwatch, batch.inputs(), workload.parameters(), batch.cotangent());
        warmUp(pass);
        stopwatch.reset();
        List<Long> times = new ArrayList<>();
        List<Long> rests = new ArrayList<>();
        Runnable lap = () -> {
            stopwatch.lap();
            long begin = System.nanoTime();
            pass.run();
            rests.add(System.nanoTime() - begin - stopwatch.lap());
        };
        run(lap, times, repeat == 0 ? SECONDS : 0, repeat == 0 ? LEAST_PASSES : repeat);
        List<Row> rows = OwnedStatement.of(program, workload.dtype()).stream()
                .map(owned -> Row.of(owned, stopwatch.median(owned.statement())))
                .toList();
        return new Timing(
                workload,
                rows,
                times.size(),
                Stopwatch.median(times),
                Stopwatch.median(rests),
                bounds
                        ? Optional.of(BoundsTiming.measure(workload, program, evaluators, repeat, 2 * SECONDS))
                        : Optional.empty(),
                Roofline.measure(workload.dtype(), threads));
    }

    /** Runs passes until they no longer become faster: until what is hot is compiled. */
    static void warmUp(Runnable pass) {
        long begin = System.nanoTime();
        double best = Double.POSITIVE_INFINITY;
        double elapsed;
        boolean faster;
        do {
            List<Long> times = new ArrayList<>();
            run(pass, times, WARM_UP_SECONDS / 2, 2);
            double median = Stopwatch.median(times);
            faster = median < PROGRESS * best;
            best = Math.min(best, median);
            elapsed = (System.nanoTime() - begin) / 1e9;
        } while (elapsed < WARM_UP_SECONDS || (faster && elapsed < LONGEST_WARM_UP_SECONDS));
    }

    static void run(Runnable pass, List<Long> times, double seconds, int least) {
        long begin = System.nanoTime();
        long end = begin;
        while (end - begin < seconds * 1e9 || times.size() < least) {
            pass.run();
            long now = System.nanoTime();
            times.add(now - end);
            end = now;
        }
    }
}
