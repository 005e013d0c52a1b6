package devml.reference;

import devml.equation.Cond;
import devml.equation.FloorDivision;
import devml.equation.Numbers;
import devml.equation.Powers;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;

/**
 * The number system of float32 (IEEE 754 binary32) for the reference interpreter. Every operation is rounded once;
 * elementary functions are those of float64, rounded. A constant of an equation is rounded to float32 before it is
 * used.
 */
public final class FloatNumbers implements Numbers {
    private final float[] r = new float[REGISTERS];
    private final float[][] tensors;

    public FloatNumbers(int tensors) {
        this.tensors = new float[tensors][];
    }

    @Override
    public void allocate(int tensor, int size) {
        tensors[tensor] = new float[size];
    }

    @Override
    public void share(int tensor, int existing) {
        tensors[tensor] = tensors[existing];
    }

    @Override
    public void put(int tensor, Tensor values) {
        tensors[tensor] = values.toFloats().values();
    }

    @Override
    public Tensor get(int tensor, Shape shape) {
        return new Tensor.Floats(shape, tensors[tensor]);
    }

    @Override
    public void load(int at, int tensor, int offset) {
        r[at] = tensors[tensor][offset];
    }

    @Override
    public void store(int at, int tensor, int offset) {
        tensors[tensor][offset] = r[at];
    }

    @Override
    public void add(int at, int tensor, int offset) {
        tensors[tensor][offset] = r[at] + tensors[tensor][offset];
    }

    @Override
    public void constant(int at, double value) {
        r[at] = (float) value;
    }

    @Override
    public void constant(int at, Real.Precise value) {
        r[at] = (float) value.nearest();
    }

    @Override
    public void integer(int at, long value) {
        r[at] = value;
    }

    @Override
    public void copy(int from, int at) {
        r[at] = r[from];
    }

    @Override
    public void apply(Real.Function function, int at) {
        r[at] = (float) Elementary.apply(function, r[at]);
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        float a = r[at];
        float b = r[right];
        r[at] = switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case FLOOR_DIVIDE -> FloorDivision.floor(a, b);
            case POWER -> (float) Powers.power(a, b);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        return switch (relation) {
            case EQUAL -> r[left] == r[right];
            case NOT_EQUAL -> r[left] != r[right];
            case LESS -> r[left] < r[right];
            case LESS_EQUAL -> r[left] <= r[right];
        };
    }
}
