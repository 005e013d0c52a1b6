package devml.tensor;

/**
 * The kind of the numbers of a tensor in a file or a network file. It decides how a layer may read them; in
 * computations there is no difference.
 */
public enum Kind {
    REAL,
    INTEGER,
    /** Truth values, held as 0 and 1. */
    BOOLEAN
}
