package devml.fast;

import devml.equation.Assignment;
import devml.equation.Loop;
import devml.equation.Statement;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/** Holds the tensors of a program, and runs its equations by their plans. */
public final class FastProgram {
    /** Fewer points than this are done sooner than threads are woken. */
    private static final long LEAST_POINTS = 20_000;

    /** Pieces of an equation that threads share out; their number does not depend on that of the threads. */
    private static final int PIECES = 16;

    private final Lanes lanes;
    private final Workers workers;
    private final long[][] integers;
    private final IdentityHashMap<Assignment, List<Step>> plans = new IdentityHashMap<>();
    private final IdentityHashMap<Contraction, Product> products = new IdentityHashMap<>();

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     * @param workers compute; the results do not depend on their number
     */
    public FastProgram(DType dtype, int tensors, Workers workers) {
        this.workers = workers;
        this.lanes = switch (dtype) {
            case FLOAT64 -> new DoubleLanes(tensors, workers.kernels());
            case FLOAT32 -> new FloatLanes(tensors, workers.kernels());
        };
        this.integers = new long[tensors][];
    }

    public void allocate(int tensor, int size, boolean integer) {
        if (integer) {
            integers[tensor] = new long[size];
        } else {
            lanes.allocate(tensor, size);
        }
    }

    public void share(int tensor, int existing) {
        integers[tensor] = integers[existing];
        lanes.share(tensor, existing);
    }

    public void put(int tensor, Tensor values, boolean integer) {
        if (integer) {
            integers[tensor] = ((Tensor.Longs) values).values();
        } else {
            lanes.put(tensor, values);
        }
    }

    public Tensor get(int tensor, Shape shape, boolean integer) {
        return integer ? new Tensor.Longs(shape, integers[tensor]) : lanes.get(tensor, shape);
    }

    public void run(Statement statement) {
        switch (statement) {
            case Assignment equation ->
                run(
                        plans.computeIfAbsent(equation, Planner::plan),
                        contraction -> products.computeIfAbsent(contraction, lanes::product));
            case Loop loop ->
                loop.steps().forEach(step -> loop.at(step).forEach(e -> run(Planner.plan(e), lanes::product)));
        }
    }

    private void run(List<Step> steps, Function<Contraction, Product> product) {
        for (Step step : steps) {
            switch (step) {
                case Step.Strips strips -> run(strips);
                case Step.Contract(Contraction contraction) ->
                    product.apply(contraction).run(workers);
            }
        }
    }

    private void run(Step.Strips step) {
        Assignment equation = step.equation();
        int outermost = step.equation().box().slots().indexOf(step.lane()) == 0 ? 1 : 0;
        boolean splits = step.splits() && equation.box().size() >= LEAST_POINTS && workers.count() > 1;
        if (!splits) {
            new StripMachine(equation, lanes, integers).run(step.lane(), 0, Integer.MAX_VALUE);
            return;
        }
        int extent = equation.box().extents().get(outermost);
        int pieces = Math.min(extent, PIECES);
        workers.run(
                pieces,
                (_, piece) -> new StripMachine(equation, lanes.fork(), integers)
                        .run(step.lane(), (int) ((long) extent * piece / pieces), (int)
                                ((long) extent * (piece + 1) / pieces)));
    }
}
