package devml.run;

/** Which part of a pass an equation belongs to. */
public enum Phase {
    FORWARD("forward"),
    BACKWARD("backward"),
    UPDATE("update");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
