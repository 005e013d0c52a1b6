package devml.notation;

/** The relations that a comparison can test. */
public enum Relation {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">=");

    private final String text;

    Relation(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
