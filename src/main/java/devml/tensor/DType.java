package devml.tensor;

/** The precision in which a network is computed. */
public enum DType {
    FLOAT64("float64", Double.BYTES),
    FLOAT32("float32", Float.BYTES);

    private final String text;
    private final int bytes;

    DType(String text, int bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    /** The size of a number in memory, in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The name that NumPy and PyTorch use. */
    @Override
    public String toString() {
        return text;
    }
}
