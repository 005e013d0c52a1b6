package devml.oracle;

import org.apache.commons.numbers.core.DD;

/**
 * An enclosure of a real number, which lies within {@code radius} of {@code mid}. Every operation encloses the exact
 * result for all numbers in its operands; {@link OracleNumbers} compute with balls.
 *
 * <p>Besides finite balls there are the two infinities, which are exact; {@link #UNDEFINED}, which is certainly not a
 * number, such as inf - inf; and {@link #UNKNOWN}, about which nothing is known: it may be any number, an infinity or
 * undefined.
 *
 * <p>Radii are doubles, rounded upwards as follows. A bound is an expression of at most eight additions, products and
 * quotients of non-negative doubles, so that it is computed with a relative error below 2^-49, and what underflows in
 * it is below eight times 2^-1075; {@link #up} compensates for both. The rounding errors of midpoints are those that
 * {@link DoubleDouble} states, times the high part of the result; that the low part is left out is compensated for too.
 *
 * @param mid the midpoint; finite in a finite ball
 * @param radius 0 where the number is known exactly
 */
public record Ball(DD mid, double radius) {
    static final Ball ZERO = of(0);
    static final Ball ONE = of(1);
    static final Ball UNDEFINED = of(Double.NaN);
    static final Ball UNKNOWN = new Ball(DD.ZERO, Double.POSITIVE_INFINITY);

    /** Returns a number that is known exactly, an infinity, or {@link #UNDEFINED} for NaN. */
    static Ball of(double value) {
        return new Ball(DD.of(value), 0);
    }

    /** Returns the finite ball, or {@link #UNKNOWN} where the midpoint or the radius has overflowed. */
    static Ball of(DD mid, double radius) {
        return mid.isFinite() && radius < Double.POSITIVE_INFINITY ? new Ball(mid, radius) : UNKNOWN;
    }

    /**
     * Enlarges a bound that was computed with rounding to nearest so that it holds nevertheless; 0 is taken as exact.
     */
    static double up(double bound) {
        return bound == 0 ? 0 : bound * (1 + 0x1p-49) + 0x1p-1070;
    }

    boolean isFinite() {
        return Double.isFinite(mid.hi()) && radius < Double.POSITIVE_INFINITY;
    }

    boolean isInfinite() {
        return Double.isInfinite(mid.hi());
    }

    boolean isUndefined() {
        return Double.isNaN(mid.hi());
    }

    boolean isUnknown() {
        return radius == Double.POSITIVE_INFINITY;
    }

    /** Whether the ball contains exactly one number, which is finite. */
    public boolean isExact() {
        return radius == 0 && Double.isFinite(mid.hi());
    }

    boolean isZero() {
        return radius == 0 && mid.hi() == 0;
    }

    /** Whether the ball may contain 0. */
    boolean containsZero() {
        return Math.abs(mid.hi()) * (1 - 0x1p-50) <= radius;
    }

    /** A lower bound of the numbers in a finite ball. */
    double low() {
        return radius == 0 && mid.lo() == 0 ? mid.hi() : Math.nextDown(Math.nextDown(mid.hi()) - radius);
    }

    /** An upper bound of the magnitudes of the numbers in a finite ball. */
    double magnitude() {
        return up(Math.abs(mid.hi()) + radius);
    }

    /** A lower bound of the magnitudes of the numbers in a finite ball; 0 or less if it may contain 0. */
    double leastMagnitude() {
        return Math.abs(mid.hi()) * (1 - 0x1p-50) - radius;
    }

    /** A lower bound of the distance between the midpoints of two finite balls. */
    double distance(Ball other) {
        return Math.abs(mid.subtract(other.mid).hi()) * (1 - 0x1p-50);
    }

    Ball negate() {
        return new Ball(mid.negate(), radius);
    }

    /** The magnitude of a number is off by no more than the number itself. */
    Ball abs() {
        return new Ball(mid.abs(), radius);
    }

    Ball add(Ball other) {
        if (!isFinite() || !other.isFinite()) {
            return beyond(other, true, mid.hi() + other.mid.hi());
        }
        if (mid.lo() == 0 && other.mid.lo() == 0) {
            return of(DD.ofSum(mid.hi(), other.mid.hi()), up(radius + other.radius));
        }
        DD sum = mid.add(other.mid);
        return of(sum, up(radius + other.radius + DoubleDouble.ADD * Math.abs(sum.hi())));
    }

    Ball subtract(Ball other) {
        return add(other.negate());
    }

    /** |xy - ab| <= |a| s + |b| r + rs, where x is within r of a and y within s of b. */
    Ball multiply(Ball other) {
        if (!isFinite() || !other.isFinite()) {
            boolean decided = (isZero() || !containsZero()) && (other.isZero() || !other.containsZero());
            return beyond(other, decided, mid.hi() * other.mid.hi());
        }
        if (isZero() || other.isZero()) {
            return ZERO;
        }
        DD product = mid.multiply(other.mid);
        boolean isSmall = Math.abs(product.hi()) < DoubleDouble.SMALL;
        double error = 0;
        if (isSmall || mid.lo() != 0 || other.mid.lo() != 0) {
            error = DoubleDouble.MULTIPLY * Math.abs(product.hi()) + (isSmall ? DoubleDouble.TINY : 0);
        }
        return radius == 0 && other.radius == 0
                ? of(product, up(error))
                : of(product, up(propagated(other) + error + Double.MIN_VALUE));
    }

    private double propagated(Ball other) {
        return Math.abs(mid.hi()) * other.radius + Math.abs(other.mid.hi()) * radius + radius * other.radius;
    }

    /**
     * |x/y - a/b| <= (r + |a/b| s) / |y|, with x within r of a and y within s of b. If the divisor may be 0, nothing is
     * known about the quotient.
     */
    Ball divide(Ball other) {
        if (!isFinite() || !other.isFinite()) {
            return beyond(other, !other.containsZero(), mid.hi() / other.mid.hi());
        }
        if (other.containsZero()) {
            return isZero() && other.isZero() ? UNDEFINED : UNKNOWN;
        }
        if (isZero()) {
            return ZERO;
        }
        double least = other.leastMagnitude();
        if (isExact() && other.isExact() && dividesExactly(other)) {
            return of(mid.hi() / other.mid.hi());
        }
        DD quotient = mid.divide(other.mid);
        double size = Math.abs(quotient.hi());
        boolean isSmall = size < DoubleDouble.SMALL || Math.abs(mid.hi()) < DoubleDouble.SMALL;
        double error = DoubleDouble.DIVIDE * size + (isSmall ? DoubleDouble.TINY / least + DoubleDouble.TINY : 0);
        return of(quotient, up((radius + size * other.radius) / least + error));
    }

    /** Whether the quotient of the two midpoints is a double, as for means over 2^n elements. */
    private boolean dividesExactly(Ball other) {
        double quotient = mid.hi() / other.mid.hi();
        return mid.lo() == 0
                && other.mid.lo() == 0
                && Math.abs(mid.hi()) > DoubleDouble.SMALL
                && Math.abs(quotient) > DoubleDouble.SMALL
                && Math.fma(quotient, other.mid.hi(), -mid.hi()) == 0;
    }

    /** |sqrt(x) - sqrt(a)| = |x - a| / (sqrt(x) + sqrt(a)) <= r / sqrt(a). */
    Ball sqrt() {
        if (!isFinite()) {
            return beyond(ONE, true, Math.sqrt(mid.hi()));
        }
        if (low() < 0) {
            return mid.hi() < 0 && !containsZero() ? UNDEFINED : UNKNOWN;
        }
        if (mid.hi() == 0) {
            return this;
        }
        DD root = DoubleDouble.sqrt(mid);
        return of(root, up(radius / root.hi() + DoubleDouble.SQRT * root.hi()));
    }

    /** The greater of two numbers is off by no more than the larger of the two radii. */
    Ball max(Ball other) {
        if (isUndefined() || other.isUndefined() || isUnknown() || other.isUnknown()) {
            return beyond(other, false, 0);
        }
        Ball greater = DoubleDouble.compare(mid, other.mid) >= 0 ? this : other;
        return isApart(other) ? greater : new Ball(greater.mid, Math.max(radius, other.radius));
    }

    Ball min(Ball other) {
        return negate().max(other.negate()).negate();
    }

    /**
     * Whether the balls have no number in common and neither can be undefined; then the midpoints compare as the
     * numbers do.
     */
    boolean isApart(Ball other) {
        if (isFinite() && other.isFinite()) {
            return distance(other) > up(radius + other.radius);
        }
        return !isUndefined()
                && !other.isUndefined()
                && !isUnknown()
                && !other.isUnknown()
                && mid.hi() != other.mid.hi();
    }

    /**
     * Returns the result of an operation on infinities: where the operands decide its sign, the float64 result, which
     * is exact here.
     *
     * @param decided whether the operands decide the sign
     * @param result the result in float64
     */
    private Ball beyond(Ball other, boolean decided, double result) {
        if (isUndefined() || other.isUndefined()) {
            return UNDEFINED;
        }
        return isUnknown() || other.isUnknown() || !decided ? UNKNOWN : of(result);
    }
}
