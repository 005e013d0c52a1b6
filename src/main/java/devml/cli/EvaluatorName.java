package devml.cli;

/** What {@code --evaluator} may name. */
enum EvaluatorName {
    REFERENCE("reference");

    private final String text;

    EvaluatorName(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
