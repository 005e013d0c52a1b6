package devml.equation;

/**
 * All integers from {@code low} to {@code high}, both included. {@link Reach} uses intervals to bound the values of
 * subscripts.
 *
 * @param low at most {@code high}
 */
public record Interval(long low, long high) {

    /** The range of an integer of unknown value; far enough from overflow that sums stay exact. */
    public static final Interval ANY = new Interval(-(1L << 60), 1L << 60);

    public static Interval of(long value) {
        return new Interval(value, value);
    }

    public boolean isWithin(long least, long greatest) {
        return least <= low && high <= greatest;
    }

    /**
     * Returns the integers in both intervals; if there are none, the end of this interval that is nearest to the other
     * one.
     */
    public Interval intersect(Interval other) {
        long least = Math.clamp(other.low, low, high);
        return new Interval(least, Math.clamp(other.high, least, high));
    }

    /** Returns the smallest interval that contains both. */
    public Interval join(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    /**
     * Returns an interval that contains every result of the operation on values of the two intervals; it may be wider
     * than need be.
     */
    public static Interval apply(Int.Op op, Interval a, Interval b) {
        if (a.isUnknown() || b.isUnknown()) {
            return op == Int.Op.MODULO && b.low > 0 ? new Interval(0, b.high - 1) : bounded(op, a, b);
        }
        return switch (op) {
            case MODULO -> b.low <= 0 ? ANY : a.isWithin(0, b.low - 1) ? a : new Interval(0, b.high - 1);
            case FLOOR_DIVIDE -> b.low <= 0 && b.high >= 0 ? ANY : corners(op, a, b);
            case ADD, SUBTRACT, MULTIPLY, MIN, MAX -> corners(op, a, b);
        };
    }

    /** Of an operand of unknown value, only a minimum or a maximum can still be bounded. */
    private static Interval bounded(Int.Op op, Interval a, Interval b) {
        return op == Int.Op.MIN || op == Int.Op.MAX ? corners(op, a, b) : ANY;
    }

    private boolean isUnknown() {
        return low <= ANY.low || high >= ANY.high;
    }

    /**
     * These operations are monotonic in each operand as long as the other keeps its sign, so that the extremes lie at
     * the ends.
     */
    private static Interval corners(Int.Op op, Interval a, Interval b) {
        long lowest = Integers.apply(op, a.low, b.low);
        long lower = Integers.apply(op, a.low, b.high);
        long upper = Integers.apply(op, a.high, b.low);
        long uppermost = Integers.apply(op, a.high, b.high);
        long least = Math.min(Math.min(lowest, lower), Math.min(upper, uppermost));
        long greatest = Math.max(Math.max(lowest, lower), Math.max(upper, uppermost));
        return new Interval(Math.max(least, ANY.low), Math.min(greatest, ANY.high));
    }

    /** Formats the interval for messages: {@code -1…7}. */
    @Override
    public String toString() {
        return low + "…" + high;
    }
}
