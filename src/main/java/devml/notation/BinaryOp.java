package devml.notation;

/**
 * The operators with two operands. An operator with a higher strength binds tighter; all associate to the left, except
 * {@code ^}.
 */
public enum BinaryOp {
    OR("or", 1),
    AND("and", 2),
    ADD("+", 5),
    SUBTRACT("-", 5),
    MULTIPLY("*", 6),
    DIVIDE("/", 6),
    FLOOR_DIVIDE("//", 6),
    MODULO("%", 6),
    POWER("^", 8);

    private final String text;
    private final int strength;

    BinaryOp(String text, int strength) {
        this.text = text;
        this.strength = strength;
    }

    public String text() {
        return text;
    }

    int strength() {
        return strength;
    }
}
