package devml.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What bounds of rounding errors take beside the passes whose errors they bound.
 *
 * @param nanos the median of passes with bounds
 * @param times how many times as long that is as the median of passes without, which were measured in turns with them
 */
public record BoundsTiming(double nanos, double times) {

    /**
     * Runs the first batch of a workload again and again.
     *
     * @param program of the workload, without bounds
     * @param repeat how many passes of each kind to measure; 0 for as many as take so long
     * @param seconds how long
     */
    static BoundsTiming measure(
            Workload workload, Program program, Runner.Evaluators evaluators, int repeat, double seconds) {
        Workload.Batch batch = workload.batch(0);
        BoundedProgram bounded = BoundedProgram.of(program, workload.dtype());
        Evaluator plain = evaluators.make(workload.dtype(), program);
        Evaluator both = evaluators.make(workload.dtype(), bounded.program());
        Runnable without = () -> Execution.run(program, plain, batch.inputs(), workload.parameters(), batch.cotangent())
                .gradients();
        Runnable with =
                () -> Execution.run(bounded.program(), both, batch.inputs(), workload.parameters(), batch.cotangent())
                        .gradientBounds(bounded);
        Timing.warmUp(without);
        Timing.warmUp(with);
        List<Long> passes = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        long begin = System.nanoTime();
        while (repeat > 0 ? passes.size() < repeat : System.nanoTime() - begin < seconds * 1e9) {
            Timing.run(without, others, 0, others.size() + 1);
            Timing.run(with, passes, 0, passes.size() + 1);
        }
        double nanos = Stopwatch.median(passes);
        return new BoundsTiming(nanos, nanos / Stopwatch.median(others));
    }
}
