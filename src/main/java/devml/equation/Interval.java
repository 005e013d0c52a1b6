package devml.equation;

/**
 * All integers from {@code low} to {@code high}, both included.
 *
 * @param low at most {@code high}
 */
public record Interval(long low, long high) {

    /** What an integer of unknown value may be; far from overflow, so that sums stay exact. */
    public static final Interval ANY = new Interval(-(1L << 60), 1L << 60);

    public static Interval of(long value) {
        return new Interval(value, value);
    }

    public boolean isWithin(long least, long greatest) {
        return least <= low && high <= greatest;
    }

    /** What both hold; the nearest end of this one if they have nothing in common. */
    public Interval intersect(Interval other) {
        long least = Math.clamp(other.low, low, high);
        return new Interval(least, Math.clamp(other.high, least, high));
    }

    /** Every value that lies in either, and those between. */
    public Interval join(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** Every result of an operation on values of two intervals, or more. */
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

    /** Only minimum and maximum say something of an operand that may be anything. */
    private static Interval bounded(Int.Op op, Interval a, Interval b) {
        return op == Int.Op.MIN || op == Int.Op.MAX ? corners(op, a, b) : ANY;
    }

    private boolean isUnknown() {
        return low <= ANY.low || high >= ANY.high;
    }

    /** These operations are monotonous in each operand between signs, so that the extremes lie at the ends. */
    private static Interval corners(Int.Op op, Interval a, Interval b) {
        long lowest = Integers.apply(op, a.low, b.low);
        long lower = Integers.apply(op, a.low, b.high);
        long upper = Integers.apply(op, a.high, b.low);
        long uppermost = Integers.apply(op, a.high, b.high);
        long least = Math.min(Math.min(lowest, lower), Math.min(upper, uppermost));
        long greatest = Math.max(Math.max(lowest, lower), Math.max(upper, uppermost));
        return new Interval(Math.max(least, ANY.low), Math.min(greatest, ANY.high));
    }

    /** As messages show a reach: {@code -1…7}. */
    @Override
    public String toString() {
        return low + "…" + high;
    }
}
