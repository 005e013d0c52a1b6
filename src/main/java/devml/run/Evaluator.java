package devml.run;

import devml.equation.Statement;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.List;

/** Holds the tensors of a program and runs its equations. */
public interface Evaluator {

    /** Makes a tensor of zeros. */
    void allocate(int tensor, int size, boolean integer);

    /**
     * Gives up a tensor whose numbers nobody needs any more, until it is made again.
     *
     * @param names all names that it has, the one first by which it was made
     */
    default void release(List<Integer> names) {}

    /** Lets a tensor be another name for one that exists. */
    void share(int tensor, int existing);

    /** Makes a tensor of given numbers: of integers if they are and the tensor is one, else of real numbers. */
    void put(int tensor, Tensor values, boolean integer);

    Tensor get(int tensor, Shape shape, boolean integer);

    /** As {@link #get}, but what is returned holds only until the evaluator is used again: no number need be copied. */
    default Tensor view(int tensor, Shape shape, boolean integer) {
        return get(tensor, shape, integer);
    }

    void run(Statement statement);
}
