package devml.notation;

/** The operators with one operand. */
public enum UnaryOp {
    NEGATE("-"),
    NOT("not ");

    private final String text;

    UnaryOp(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
