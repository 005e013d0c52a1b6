package devml.cli;

import devml.fast.Kernels;
import devml.fast.Workers;
import devml.run.FastEvaluator;
import devml.run.ReferenceEvaluator;
import devml.run.Runner;

/** What {@code --evaluator} may name. */
enum EvaluatorName {
    FAST("fast"),
    REFERENCE("reference");

    private final String text;

    EvaluatorName(String text) {
        this.text = text;
    }

    /** Makes evaluators of this name; the results do not depend on how many threads compute. */
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
