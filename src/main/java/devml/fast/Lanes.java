package devml.fast;

import devml.equation.Cond;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;

/**
 * The numbers of one precision: tensors, and registers that hold a strip of numbers each. An operation works on the lanes
 * from {@code low} to below {@code high} of its registers; the loops over lanes are where the time goes.
 */
interface Lanes {

    /** The most lanes that a strip has: few enough for several registers to stay in the fastest cache. */
    int WIDTH = 256;

    void allocate(int tensor, int size);

    void share(int tensor, int existing);

    void put(int tensor, Tensor values);

    Tensor get(int tensor, Shape shape);

    /** Registers of its own over the same tensors, for another thread. */
    Lanes fork();

    /** A contraction over these tensors, ready to run. */
    Product product(Contraction contraction);

    /** Loads lane i from {@code offset + i * step}. */
    void load(int at, int low, int high, int tensor, int offset, int step);

    /** Loads lane i from {@code offsets[i]}; a negative offset leaves the lane as it is. */
    void gather(int at, int low, int high, int tensor, int[] offsets);

    /** Stores lane i to {@code offset + i * step}, or adds it to what stands there. */
    void store(int at, int low, int high, int tensor, int offset, int step, boolean add);

    /** Stores lane i to {@code offsets[i]}, or adds it; a negative offset leaves the lane out. */
    void scatter(int at, int low, int high, int tensor, int[] offsets, boolean add);

    void fill(int at, int low, int high, double value);

    /** Sets each lane to an integer, rounded once. */
    void integers(int at, int low, int high, long[] values);

    /** Sets each lane to lane 0 of another register. */
    void spread(int from, int at, int low, int high);

    void copy(int from, int at, int low, int high);

    /** Copies the lanes in which the mask holds. */
    void copyWhere(boolean[] mask, int from, int at, int low, int high);

    void apply(Real.Function function, int at, int low, int high);

    void apply(Real.Op op, int at, int right, int low, int high);

    void compare(Cond.Relation relation, int left, int right, int low, int high, boolean[] result);

    /**
     * Makes one number of the lanes, in an order that depends on their number alone, and leaves it in lane 0.
     *
     * @param op ADD, MULTIPLY, MIN or MAX
     */
    void fold(Real.Op op, int at, int low, int high);
}
