package devml.fast;

/** Who provides the innermost loops of contractions. All give the same bits; some are faster, or soon warm. */
public enum Kernels {
    /** Loops in plain Java: warm in some milliseconds, and fast. */
    PLAIN,

    /**
     * The Vector API, an incubator: faster on long jobs, but it takes some tenths of a second to warm up. There only if Java was
     * started with {@code --add-modules jdk.incubator.vector}.
     */
    VECTOR;

    /** Whether this JVM has them. */
    public boolean areAvailable() {
        return switch (this) {
            case PLAIN -> true;
            case VECTOR -> ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        };
    }

    /** The fastest that this JVM has: who starts it chooses, by adding the module. */
    public static Kernels preferred() {
        return VECTOR.areAvailable() ? VECTOR : PLAIN;
    }

    DoubleTiles doubleTiles() {
        return switch (this) {
            case PLAIN -> new PlainDoubleTiles();
            case VECTOR -> new VectorDoubleTiles();
        };
    }

    FloatTiles floatTiles() {
        return switch (this) {
            case PLAIN -> new PlainFloatTiles();
            case VECTOR -> new VectorFloatTiles();
        };
    }

    DoubleChoices doubleChoices() {
        return switch (this) {
            case PLAIN -> new PlainDoubleChoices();
            case VECTOR -> new VectorDoubleChoices();
        };
    }

    FloatChoices floatChoices() {
        return switch (this) {
            case PLAIN -> new PlainFloatChoices();
            case VECTOR -> new VectorFloatChoices();
        };
    }
}
