package devml.run;

import devml.equation.Statement;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** An evaluator that notes how long each statement takes it. */
final class Stopwatch implements Evaluator {
    private final Evaluator evaluator;
    private final IdentityHashMap<Statement, List<Long>> times = new IdentityHashMap<>();
    private long total;

    Stopwatch(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** Forgets all times. */
    void reset() {
        times.clear();
    }

    /** The nanoseconds of all statements since the last call. */
    long lap() {
        long lap = total;
        total = 0;
        return lap;
    }

    /** The median of a statement's times, in nanoseconds. */
    double median(Statement statement) {
        return median(times.get(statement));
    }

    static double median(List<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    @Override
    public void allocate(int tensor, int size, boolean integer) {
        evaluator.allocate(tensor, size, integer);
    }

    @Override
    public void release(List<Integer> names) {
        evaluator.release(names);
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
    public Tensor view(int tensor, Shape shape, boolean integer) {
        return evaluator.view(tensor, shape, integer);
    }

    @Override
    public void run(Statement statement) {
        long begin = System.nanoTime();
        evaluator.run(statement);
        long time = System.nanoTime() - begin;
        times.computeIfAbsent(statement, s -> new ArrayList<>()).add(time);
        total += time;
    }
}
