package devml.cli;

import devml.run.FastEvaluator;
import devml.run.ReferenceEvaluator;
import devml.run.Runner;

/** What {@code --evaluator} may name. */
enum EvaluatorName {
    REFERENCE("reference"),
    FAST("fast");

    private final String text;

    EvaluatorName(String text) {
        this.text = text;
    }

    Runner.Evaluators evaluators() {
        int threads = Runtime.getRuntime().availableProcessors();
        return switch (this) {
            case REFERENCE -> ReferenceEvaluator::new;
            case FAST -> (dtype, tensors) -> new FastEvaluator(dtype, tensors, threads);
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
