package devml.cli;

import devml.fast.Kernels;
import devml.fast.Workers;
import devml.run.FastEvaluator;
import devml.run.ReferenceEvaluator;
import devml.run.Runner;

/** The values of {@code --evaluator}. */
enum EvaluatorName {
    FAST("fast"),
    REFERENCE("reference");

    private final String text;

    EvaluatorName(String text) {
        this.text = text;
    }

    /** Returns a factory of evaluators of this name; results do not depend on the number of threads. */
    Runner.Evaluators evaluators(int threads, Kernels kernels) {
        return switch (this) {
            case FAST -> {
                Workers workers = new Workers(threads, kernels);
                yield (dtype, program) -> new FastEvaluator(dtype, program, workers);
            }
            case REFERENCE -> ReferenceEvaluator::new;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
