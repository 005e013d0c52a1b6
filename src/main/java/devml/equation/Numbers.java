package devml.equation;

import devml.tensor.Shape;
import devml.tensor.Tensor;

/**
 * A number system: registers that hold one number each, tensors of such numbers, and arithmetic on registers. Numbers
 * never leave it, so that none needs an object of its own.
 */
public interface Numbers {

    /** How many registers there are: more than the deepest expression that a definition can hold. */
    int REGISTERS = 4096;

    /** Makes a tensor of zeros. */
    void allocate(int tensor, int size);

    /** Lets a tensor be another name for one that exists. */
    void share(int tensor, int existing);

    /** Makes a tensor of given numbers, each exactly or rounded once. */
    void put(int tensor, Tensor values);

    /** The numbers of a tensor, in the nearest type that can be stored. */
    Tensor get(int tensor, Shape shape);

    void load(int at, int tensor, int offset);

    void store(int at, int tensor, int offset);

    /** Adds a register to an element. */
    void add(int at, int tensor, int offset);

    void constant(int at, double value);

    /** The number nearest to a constant, or what encloses it. */
    void constant(int at, Real.Precise value);

    void integer(int at, long value);

    void copy(int from, int at);

    /** Replaces a register by a function of it. */
    void apply(Real.Function function, int at);

    /** Replaces {@code at} by {@code at op right}. */
    void apply(Real.Op op, int at, int right);

    /** Replaces {@code at}, the greatest or least so far of many, by {@code at op right}: of equals the first stays. */
    default void extreme(Real.Op op, int at, int right) {
        apply(op, at, right);
    }

    /** Whether numbers carry derivatives, so that {@link #detach} needs the carrier. */
    default boolean hasDerivatives() {
        return false;
    }

    /** Keeps the value of {@code at}, with the derivative of {@code carrier}. */
    default void detach(int at, int carrier) {}

    boolean holds(Cond.Relation relation, int left, int right);
}
