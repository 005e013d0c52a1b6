package devml.fast;

import devml.equation.Assignment;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.List;

/** Holds the tensors of a program, and runs its equations by their plans. */
public final class FastProgram {
    private final Lanes lanes;
    private final long[][] integers;
    private final IdentityHashMap<Assignment, List<Step>> plans = new IdentityHashMap<>();

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     */
    public FastProgram(DType dtype, int tensors) {
        this.lanes =
                switch (dtype) {
                    case FLOAT64 -> new DoubleLanes(tensors);
                    case FLOAT32 -> new FloatLanes(tensors);
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

    public void run(Assignment equation) {
        for (Step step : plans.computeIfAbsent(equation, Planner::plan)) {
            switch (step) {
                case Step.Strips strips ->
                    new StripMachine(strips.equation(), lanes, integers).run(strips.lane(), 0, Integer.MAX_VALUE);
            }
        }
    }
}
