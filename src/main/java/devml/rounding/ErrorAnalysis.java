package devml.rounding;

import devml.equation.Statement;
import devml.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A running error analysis of a program: its statements, with others among them that compute bounds of the errors of all
 * real tensors that it computes. All tensors that no statement writes are taken as exact.
 */
public final class ErrorAnalysis {
    private final Errors errors;
    private final Companions companions;

    /**
     * Starts with exact tensors.
     *
     * @param dtype in which the program runs
     * @param tensors how many it has
     * @param original the tensor that another is only another name for; itself for others
     */
    public ErrorAnalysis(DType dtype, int tensors, IntUnaryOperator original) {
        this.errors = new Errors(tensors, original);
        this.companions = new Companions(errors, Precision.of(dtype));
    }

    /** Adds to statements what computes their errors. They run after those that were added before. */
    public List<Statement> follow(List<Statement> statements) {
        return companions.of(statements);
    }

    /** How many tensors there are now. */
    public int count() {
        return errors.count();
    }

    /** The tensors that were added, of real numbers, which are 0 at first, and their sizes. */
    public Map<Integer, Integer> sizes() {
        return Map.copyOf(errors.sizes());
    }

    /** The tensor that holds the errors of one; a tensor without errors is exact. */
    public Optional<Integer> errorsOf(int tensor) {
        return errors.of(tensor);
    }
}
