package devml.tensor;

/** The precision in which a network is computed. */
public enum DType {
    FLOAT64("float64"),
    FLOAT32("float32");

    private final String text;

    DType(String text) {
        this.text = text;
    }

    /** Its name as NumPy and PyTorch write it. */
    @Override
    public String toString() {
        return text;
    }
}
