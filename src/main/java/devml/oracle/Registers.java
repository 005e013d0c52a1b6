package devml.oracle;

import devml.equation.Numbers;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The registers and tensors of number systems whose numbers are immutable objects: computing such a number costs far
 * more than its object.
 *
 * @param <T> the type of number
 */
abstract class Registers<T> implements Numbers {
    /** The values of the registers. */
    protected final T[] r;

    private final IntFunction<T[]> arrays;
    private final T[][] tensors;

    /**
     * Starts without tensors.
     *
     * @param arrays creates an array of the given length
     * @param tensors an array with room for each tensor
     */
    protected Registers(IntFunction<T[]> arrays, T[][] tensors) {
        this.arrays = arrays;
        this.r = arrays.apply(REGISTERS);
        this.tensors = tensors;
    }

    /** Returns the number that equals a float64 number exactly. */
    protected abstract T exactly(double value);

    protected abstract T exactly(long value);

    /** Returns what is known of a constant that float64 cannot hold. */
    protected abstract T precise(Real.Precise value);

    /** Returns the float64 number nearest to a number. */
    protected abstract double nearest(T value);

    /** The elements of a tensor; writing to the array changes the tensor. */
    protected final T[] elements(int tensor) {
        return tensors[tensor];
    }

    @Override
    public final void allocate(int tensor, int size) {
        tensors[tensor] = arrays.apply(size);
        Arrays.fill(tensors[tensor], exactly(0L));
    }

    @Override
    public void share(int tensor, int existing) {
        tensors[tensor] = tensors[existing];
    }

    @Override
    public void put(int tensor, Tensor values) {
        tensors[tensor] = arrays.apply(values.size());
        for (int i = 0; i < values.size(); i++) {
            tensors[tensor][i] =
                    values instanceof Tensor.Longs longs ? exactly(longs.values()[i]) : exactly(values.get(i));
        }
    }

    @Override
    public final Tensor.Doubles get(int tensor, Shape shape) {
        double[] values = new double[shape.size()];
        Arrays.setAll(values, i -> nearest(tensors[tensor][i]));
        return new Tensor.Doubles(shape, values);
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
        load(at + 1, tensor, offset);
        apply(Real.Op.ADD, at, at + 1);
        store(at, tensor, offset);
    }

    @Override
    public final void constant(int at, double value) {
        r[at] = exactly(value);
    }

    @Override
    public final void constant(int at, Real.Precise value) {
        r[at] = precise(value);
    }

    @Override
    public final void integer(int at, long value) {
        r[at] = exactly(value);
    }

    @Override
    public final void copy(int from, int at) {
        r[at] = r[from];
    }
}
