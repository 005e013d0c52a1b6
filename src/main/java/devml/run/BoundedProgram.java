package devml.run;

import devml.equation.Statement;
import devml.rounding.ErrorAnalysis;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program that computes, beside its tensors, a bound of how far each element is from what the equations yield in real
 * numbers. Inputs, parameters, buffers and the gradient of the output are taken as exact.
 *
 * @param program with the equations for the errors among its own
 * @param dtype in which it runs
 * @param analysis knows where the errors are
 */
public record BoundedProgram(Program program, DType dtype, ErrorAnalysis analysis) {

    /** Adds the equations for the errors of what a program computes forward and backward. */
    public static BoundedProgram of(Program program, DType dtype) {
        ErrorAnalysis analysis = new ErrorAnalysis(dtype, program.count(), program::root);
        List<Statement> forward = analysis.follow(program.forward());
        List<Statement> backward = analysis.follow(program.backward());
        Map<Integer, Integer> sums = new HashMap<>(program.sums());
        sums.putAll(analysis.sizes());
        Program bounded = new Program(
                program.network(),
                analysis.count(),
                program.tensors(),
                program.inputs(),
                program.cotangent(),
                sums,
                program.shared(),
                program.converted(),
                forward,
                backward,
                program.update(),
                program.gradients(),
                Lifetimes.ALL);
        return new BoundedProgram(bounded.letting(passing(program, analysis)), dtype, analysis);
    }

    /** The tensors that need not remain: those of the program, and all bounds but those of what remains. */
    private static Set<Integer> passing(Program program, ErrorAnalysis analysis) {
        Set<Integer> passing = new HashSet<>(program.lifetimes().names().keySet());
        if (!passing.isEmpty()) {
            passing.addAll(analysis.sizes().keySet());
            Stream.of(program.computed(), program.tensors().keySet())
                    .flatMap(Set::stream)
                    .filter(tensor -> !program.lifetimes().passes(program.root(tensor)))
                    .forEach(tensor -> analysis.errorsOf(tensor).ifPresent(passing::remove));
        }
        return passing;
    }

    private static double raised(double bound, double least) {
        return (bound + least) * (1 + 0x1p-52);
    }

    /**
     * The bounds of a tensor of real numbers, after the program has run. Where there are errors at all, the smallest
     * normal number is added, for what has underflowed on the way.
     *
     * @param evaluator that ran it
     * @return no NaN: where nothing can be said, infinity
     */
    public Tensor.Doubles bound(Evaluator evaluator, int tensor, Shape shape) {
        Optional<Integer> errors = analysis.errorsOf(tensor);
        if (errors.isEmpty()) {
            return new Tensor.Doubles(shape, new double[shape.size()]);
        }
        double[] bounds =
                evaluator.get(errors.get(), shape, false).toDoubles().values().clone();
        double least = dtype == DType.FLOAT32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        Arrays.setAll(bounds, i -> Double.isNaN(bounds[i]) ? Double.POSITIVE_INFINITY : raised(bounds[i], least));
        return new Tensor.Doubles(shape, bounds);
    }
}
