package devml.rounding;

import devml.equation.Statement;
import devml.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A running error analysis of a program: it adds statements to the program that compute bounds on the errors of all
 * real tensors that it computes. Tensors that no statement writes are taken as exact.
 */
public final class ErrorAnalysis {
    private final Errors errors;
    private final Companions companions;

    /**
     * Starts with all tensors exact.
     *
     * @param dtype the type in which the program runs
     * @param tensors the number of tensors of the program
     * @param original the tensor that a tensor is another name for; the tensor itself if it is none
     */
    public ErrorAnalysis(DType dtype, int tensors, IntUnaryOperator original) {
        this.errors = new Errors(tensors, original);
        this.companions = new Companions(errors, Precision.of(dtype));
    }

    /**
     * Returns the statements with those that compute their errors. They must run after the statements of earlier calls.
     */
    public List<Statement> follow(List<Statement> statements) {
        return companions.of(statements);
    }

    /** The number of tensors, including those that were added. */
    public int count() {
        return errors.count();
    }

    /** The sizes of the tensors that were added; they hold real numbers and must be 0 at first. */
    public Map<Integer, Integer> sizes() {
        return Map.copyOf(errors.sizes());
    }

    /** The tensor that holds the errors of a tensor; a tensor without errors is exact. */
    public Optional<Integer> errorsOf(int tensor) {
        return errors.of(tensor);
    }
}
