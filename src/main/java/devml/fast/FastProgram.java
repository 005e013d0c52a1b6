package devml.fast;

import devml.equation.Statement;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/** Holds the tensors of a program, and runs its equations by their plans. */
public final class FastProgram {
    /** Fewer points than this are done sooner than threads are woken. */
    private static final long LEAST_POINTS = 60_000;

    /** Pieces of an equation that threads share out; their number does not depend on that of the threads. */
    private static final int PIECES = 16;

    private final Lanes lanes;
    private final Workers workers;
    private final long[][] integers;
    private final ArrayPool<long[]> freeIntegers = new ArrayPool<>();
    private final ProgramPlan plan;
    private final IdentityHashMap<Contraction, Product> products = new IdentityHashMap<>();
    private final StripMachine[] machines;

    /**
     * Starts with no tensor.
     *
     * @param workers compute; the results do not depend on their number
     */
    public FastProgram(DType dtype, ProgramPlan plan, Workers workers) {
        this.plan = plan;
        this.workers = workers;
        this.lanes = switch (dtype) {
            case FLOAT64 -> new DoubleLanes(plan.tensors(), workers.kernels());
            case FLOAT32 -> new FloatLanes(plan.tensors(), workers.kernels());
        };
        this.integers = new long[plan.tensors()][];
        this.machines = new StripMachine[workers.count()];
        for (int i = 0; i < machines.length; i++) {
            machines[i] = new StripMachine(plan.slots(), lanes.fork(), integers);
        }
    }

    /** Makes a tensor, of zeros if that matters; room of that size that is free, or that it has already, is used again. */
    public void allocate(int tensor, int size, boolean integer) {
        if (integer) {
            if (integers[tensor] == null || integers[tensor].length != size) {
                integers[tensor] = freeIntegers.take(size).orElseGet(() -> new long[size]);
            }
            Arrays.fill(integers[tensor], 0);
        } else {
            lanes.allocate(tensor, size, !plan.isSet(tensor));
        }
    }

    /** Frees the room of a tensor, given all its names, the one first by which it was made. */
    public void release(List<Integer> names) {
        long[] array = integers[names.getFirst()];
        if (array == null) {
            lanes.release(names);
        } else {
            freeIntegers.give(array.length, array);
            names.forEach(name -> integers[name] = null);
        }
    }

    public void share(int tensor, int existing) {
        integers[tensor] = integers[existing];
        lanes.share(tensor, existing);
    }

    public void put(int tensor, Tensor values, boolean integer) {
        Tensor arranged =
                plan.layout().of(tensor).map(own -> own.arrange(values)).orElse(values);
        if (integer) {
            integers[tensor] = ((Tensor.Longs) arranged).values();
        } else {
            lanes.put(tensor, arranged);
        }
    }

    /** A tensor as users see it. */
    public Tensor get(int tensor, Shape shape, boolean integer) {
        Tensor lies = lies(tensor, shape, integer);
        return plan.layout().of(tensor).map(own -> own.restore(lies)).orElseGet(lies::copy);
    }

    /** As above, but it may change when the program goes on. */
    public Tensor view(int tensor, Shape shape, boolean integer) {
        Tensor lies = lies(tensor, shape, integer);
        return plan.layout().of(tensor).map(own -> own.restore(lies)).orElse(lies);
    }

    private Tensor lies(int tensor, Shape shape, boolean integer) {
        return integer ? new Tensor.Longs(shape, integers[tensor]) : lanes.view(tensor, shape);
    }

    public void run(Statement statement) {
        for (Step step : plan.steps(statement)) {
            switch (step) {
                case Step.Strips strips -> run(strips.plan());
                case Step.Contract(Contraction contraction) ->
                    products.computeIfAbsent(contraction, lanes::product).run(workers);
            }
        }
    }

    private void run(StripPlan strips) {
        int extent = strips.extent();
        if (strips.points() < LEAST_POINTS || workers.count() == 1 || !strips.splits()) {
            strips.run(machines[0], 0, extent);
            return;
        }
        int pieces = Math.min(extent, PIECES);
        workers.run(
                pieces,
                (worker, piece) -> strips.run(machines[worker], (int) ((long) extent * piece / pieces), (int)
                        ((long) extent * (piece + 1) / pieces)));
    }
}
