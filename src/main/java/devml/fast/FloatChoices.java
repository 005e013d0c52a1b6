package devml.fast;

import devml.equation.Cond;

/** Choices between numbers, lane by lane: compilers turn such loops into jumps, which processors guess wrongly. */
interface FloatChoices {

    void compare(Cond.Relation relation, float[] a, float[] b, int low, int high, boolean[] result);

    /** Compares each integer with one. */
    void compare(Cond.Relation relation, long[] a, long b, int low, int high, boolean[] result);

    /** r[i] = mask[i] ? yes[i] : no[i]. */
    void select(boolean[] mask, float[] yes, float[] no, float[] r, int low, int high);

    /** Where the mask holds, sets {@code to[at + i]} to {@code r[i]} or adds that to it. */
    void store(boolean[] mask, float[] r, int low, int high, float[] to, int at, boolean add);

    /**
     * Where a candidate is better than the best so far, copies it and sets the place.
     *
     * @param greatest whether better is greater, else less; a NaN is better than any number
     * @param places those of the best so far, negative where there is none yet: integers by their bits
     * @param mask which lanes take part; null if all do
     */
    void best(
            boolean greatest,
            float[] best,
            float[] candidates,
            float[] places,
            int place,
            boolean[] mask,
            int low,
            int high);
}
