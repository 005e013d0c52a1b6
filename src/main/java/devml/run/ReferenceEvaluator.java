package devml.run;

import devml.equation.Numbers;
import devml.equation.Statement;
import devml.reference.DoubleNumbers;
import devml.reference.FloatNumbers;
import devml.reference.Interpreter;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;

/** Runs equations by the reference interpreter. */
public final class ReferenceEvaluator implements Evaluator {
    private final Numbers numbers;
    private final long[][] integers;

    public ReferenceEvaluator(DType dtype, Program program) {
        this(dtype, program.count());
    }

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     */
    public ReferenceEvaluator(DType dtype, int tensors) {
        this(
                switch (dtype) {
                    case FLOAT64 -> new DoubleNumbers(tensors);
                    case FLOAT32 -> new FloatNumbers(tensors);
                },
                tensors);
    }

    /**
     * Starts with no tensor, in any number system.
     *
     * @param numbers with room for all tensors
     * @param tensors how many there will be
     */
    public ReferenceEvaluator(Numbers numbers, int tensors) {
        this.numbers = numbers;
        this.integers = new long[tensors][];
    }

    @Override
    public void allocate(int tensor, int size, boolean integer) {
        if (integer) {
            integers[tensor] = new long[size];
        } else {
            numbers.allocate(tensor, size);
        }
    }

    @Override
    public void share(int tensor, int existing) {
        integers[tensor] = integers[existing];
        numbers.share(tensor, existing);
    }

    @Override
    public void put(int tensor, Tensor values, boolean integer) {
        if (integer) {
            integers[tensor] = ((Tensor.Longs) values).values();
        } else {
            numbers.put(tensor, values);
        }
    }

    @Override
    public Tensor get(int tensor, Shape shape, boolean integer) {
        return integer ? new Tensor.Longs(shape, integers[tensor]) : numbers.get(tensor, shape);
    }

    @Override
    public void run(Statement statement) {
        Interpreter.run(statement, numbers, integers);
    }
}
