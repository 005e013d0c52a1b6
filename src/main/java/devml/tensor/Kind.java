package devml.tensor;

/** What the numbers of a tensor are, where they come from: a file keeps the difference, a network computes with none. */
public enum Kind {
    REAL,
    INTEGER,
    /** Truth values, held as 0 and 1. */
    BOOLEAN
}
