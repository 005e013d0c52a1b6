package devml.fast;

/** What becomes of the sums that tiles compute. */
enum Sums {
    /** They start from 0, and are the results. */
    SET,

    /** They start from 0, and are added to what is there. */
    ADD,

    /** They go on from what is there. */
    CONTINUE
}
