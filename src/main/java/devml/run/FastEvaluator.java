package devml.run;

import devml.equation.Statement;
import devml.fast.FastProgram;
import devml.fast.Workers;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;

/** Runs equations by their plans: contractions on kernels, the rest in strips. */
public final class FastEvaluator implements Evaluator {
    private final FastProgram program;

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     * @param workers compute; the results do not depend on their number
     */
    public FastEvaluator(DType dtype, int tensors, Workers workers) {
        this.program = new FastProgram(dtype, tensors, workers);
    }

    @Override
    public void allocate(int tensor, int size, boolean integer) {
        program.allocate(tensor, size, integer);
    }

    @Override
    public void share(int tensor, int existing) {
        program.share(tensor, existing);
    }

    @Override
    public void put(int tensor, Tensor values, boolean integer) {
        program.put(tensor, values, integer);
    }

    @Override
    public Tensor get(int tensor, Shape shape, boolean integer) {
        return program.get(tensor, shape, integer);
    }

    @Override
    public void run(Statement statement) {
        program.run(statement);
    }
}
