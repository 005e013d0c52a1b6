package devml.slip;

/** What becomes of a slip. */
public enum Fate {
    /** The definition is refused when it is read or bound. */
    REFUSED,

    /** What is computed with it is found to be wrong. */
    FOUND,

    /** Nothing has noticed it. */
    SURVIVED
}
