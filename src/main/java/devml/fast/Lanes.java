package devml.fast;

import devml.equation.Cond;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.List;

/**
 * The numbers of one precision: tensors, and registers that hold a strip of numbers each. An operation works on the lanes
 * from {@code low} to below {@code high} of its registers; the loops over lanes are where the time goes.
 */
interface Lanes {

    /** The most lanes that a strip has: few enough for several registers to stay in the fastest cache. */
    int WIDTH = 256;

    /**
     * Makes a tensor, in room of this size that it has already or that is free, if there is any.
     *
     * @param zero whether its elements must be 0
     */
    void allocate(int tensor, int size, boolean zero);

    /** Frees the room of a tensor, given all its names, the one first by which it was made. */
    void release(List<Integer> names);

    void share(int tensor, int existing);

    void put(int tensor, Tensor values);

    /** A tensor as it lies, not copied. */
    Tensor view(int tensor, Shape shape);

    /** Registers of its own over the same tensors, for another thread. */
    Lanes fork();

    /** A contraction over these tensors, ready to run. */
    Product product(Contraction contraction);

    /** Loads lane i from {@code base + runs.offset(i)}. */
    void load(int at, int low, int high, int tensor, int base, LaneRuns runs);

    /** Loads lane i from {@code offsets[i]}; a negative offset leaves the lane as it is. */
    void gather(int at, int low, int high, int tensor, int[] offsets);

    /**
     * Stores lane i to {@code base + runs.offset(i)}, or adds it to what stands there.
     *
     * @param mask which lanes to store; null if all are
     */
    void store(int at, int low, int high, int tensor, int base, LaneRuns runs, boolean add, boolean[] mask);

    /** Stores lane i to {@code offsets[i]}, or adds it; a negative offset leaves the lane out. */
    void scatter(int at, int low, int high, int tensor, int[] offsets, boolean add);

    void fill(int at, int low, int high, double value);

    /** Sets each lane to an integer, rounded once. */
    void integers(int at, int low, int high, long[] values);

    /** Sets each lane to lane 0 of another register. */
    void spread(int from, int at, int low, int high);

    void copy(int from, int at, int low, int high);

    /** Sets each lane to that of one register where the mask holds, else to that of another. */
    void select(boolean[] mask, int yes, int no, int at, int low, int high);

    /** Copies the lanes in which the mask holds. */
    void copyWhere(boolean[] mask, int from, int at, int low, int high);

    void apply(Real.Function function, int at, int low, int high);

    void apply(Real.Op op, int at, int right, int low, int high);

    /** The same with what lane 0 of the right register holds. */
    void applySame(Real.Op op, int at, int right, int low, int high);

    void compare(Cond.Relation relation, int left, int right, int low, int high, boolean[] result);

    /** Compares each integer with one. */
    void compare(Cond.Relation relation, long[] left, long right, int low, int high, boolean[] result);

    /** Makes a register one of places, none of which is known yet. */
    void clearPlaces(int at, int low, int high);

    /**
     * Where a candidate is better than the best so far, copies it and sets the place.
     *
     * @param greatest whether better is greater, else less; a NaN is better than any number
     * @param places a register of places
     * @param mask which lanes take part; null if all do
     */
    void best(boolean greatest, int best, int candidate, int places, int place, int low, int high, boolean[] mask);

    /** Reads a register of places; those that are not known are negative. */
    void places(int at, int low, int high, long[] result);

    /**
     * Makes one number of the lanes, in an order that depends on their number alone, and leaves it in lane 0.
     *
     * @param op ADD, MULTIPLY, MIN or MAX
     */
    void fold(Real.Op op, int at, int low, int high);
}
