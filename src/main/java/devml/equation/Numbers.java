package devml.equation;

import devml.tensor.Shape;
import devml.tensor.Tensor;

/**
 * A number system that an equation can be evaluated in: float32, float64, enclosures, or numbers with derivatives. It
 * has registers that hold one number each, tensors of such numbers, and arithmetic on registers. Numbers never leave
 * it, so that none of them needs an object of its own.
 */
public interface Numbers {

    /** The number of registers: more than the deepest expression of a definition needs. */
    int REGISTERS = 4096;

    /** Creates a tensor of zeros. */
    void allocate(int tensor, int size);

    /** Makes a tensor another name for one that exists. */
    void share(int tensor, int existing);

    /** Creates a tensor with the given values, each exact or rounded once. */
    void put(int tensor, Tensor values);

    /** Returns the values of a tensor, in the nearest type that can be stored. */
    Tensor get(int tensor, Shape shape);

    void load(int at, int tensor, int offset);

    void store(int at, int tensor, int offset);

    /** Adds the value of a register to an element. */
    void add(int at, int tensor, int offset);

    void constant(int at, double value);

    /** Loads the number nearest to a constant, or an enclosure of it. */
    void constant(int at, Real.Precise value);

    void integer(int at, long value);

    void copy(int from, int at);

    /** Replaces the value of a register by a function of it. */
    void apply(Real.Function function, int at);

    /** Replaces the value of register {@code at} by {@code at op right}. */
    void apply(Real.Op op, int at, int right);

    /**
     * Replaces {@code at}, the greatest or least value so far, by {@code at op right}. Of equal values the first stays,
     * which matters to numbers with derivatives.
     */
    default void extreme(Real.Op op, int at, int right) {
        apply(op, at, right);
    }

    /** Whether the numbers carry derivatives, so that {@link #detach} needs the carrier. */
    default boolean hasDerivatives() {
        return false;
    }

    /** Gives register {@code at} the derivative of {@code carrier} and keeps its value. */
    default void detach(int at, int carrier) {}

    boolean holds(Cond.Relation relation, int left, int right);
}
