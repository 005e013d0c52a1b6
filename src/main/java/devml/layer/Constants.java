package devml.layer;

import devml.equation.Cond;
import devml.equation.Real;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Arithmetic of constants, done once when a layer is bound. A result that float64 holds exactly stays float64,
 * infinities and NaN included; others have the digits of {@link Real.Precise}, of which a few dozen operations take
 * two. Float64 itself is used to find out whether it holds a result exactly: Java takes longer to get
 * {@link BigDecimal} ready than devml to bind a layer.
 */
final class Constants {

    /** Pi, computed by Machin's formula; all digits are right but the last, which is rounded. */
    static Real pi() {
        return Real.Precise.of(new BigDecimal("3.14159265358979323846264338327950288419716939937510"
                + "58209749445923078164062862089986280348253421170680"));
    }

    /** The least product whose rounding error is certain to be a number of float64. */
    private static final double LEAST_EXACT = 0x1p-900;

    private Constants() {}

    static Optional<Real> negate(Real e) {
        return unary(e, x -> -x, BigDecimal::negate);
    }

    static Optional<Real> abs(Real e) {
        return unary(e, Math::abs, BigDecimal::abs);
    }

    private static Optional<Real> unary(Real e, DoubleUnaryOperator inFloat64, UnaryOperator<BigDecimal> inDigits) {
        return switch (e) {
            case Real.Constant(double x) -> Optional.of(new Real.Constant(inFloat64.applyAsDouble(x)));
            case Real.Precise precise -> Optional.of(Real.Precise.of(inDigits.apply(precise.digits())));
            default -> Optional.empty();
        };
    }

    static Optional<Real> sqrt(Real e) {
        if (e instanceof Real.Constant(double x)) {
            double root = Math.sqrt(x);
            if (!Double.isFinite(root) || isProduct(root, root, x)) {
                return Optional.of(new Real.Constant(root));
            }
        }
        return digits(e).filter(x -> x.signum() >= 0).map(x -> Real.Precise.of(x.sqrt(Real.Precise.PRECISION)));
    }

    /**
     * Returns the result of an operation on two constants; nothing if they are not constants, for powers and floor
     * divisions, and for what is undefined in digits.
     */
    static Optional<Real> apply(Real.Op op, Real left, Real right) {
        if (left instanceof Real.Constant(double a) && right instanceof Real.Constant(double b)) {
            Optional<Real> exact = exactly(op, a, b).map(Real.Constant::new);
            if (exact.isPresent()) {
                return exact;
            }
        }
        if (!isConstant(left) || !isConstant(right)) {
            return Optional.empty();
        }
        return digits(left)
                .flatMap(x -> digits(right).flatMap(y -> rounded(op, x, y)))
                .map(Real.Precise::of);
    }

    /** Returns the result in float64, if it is not rounded. */
    private static Optional<Double> exactly(Real.Op op, double a, double b) {
        if (op == Real.Op.POWER || op == Real.Op.FLOOR_DIVIDE) {
            return Optional.empty();
        }
        double result = switch (op) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case FLOOR_DIVIDE, POWER -> throw new IllegalArgumentException(op + " is left to those that compute");
        };
        boolean beyond = !Double.isFinite(a) || !Double.isFinite(b) || (op == Real.Op.DIVIDE && b == 0);
        return beyond || (Double.isFinite(result) && isExact(op, a, b, result))
                ? Optional.of(result)
                : Optional.empty();
    }

    private static boolean isExact(Real.Op op, double a, double b, double result) {
        return switch (op) {
            case ADD -> isSum(a, b, result);
            case SUBTRACT -> isSum(a, -b, result);
            case MULTIPLY -> isProduct(a, b, result);
            case DIVIDE -> isProduct(result, b, a);
            case MIN, MAX -> true;
            case FLOOR_DIVIDE, POWER -> false;
        };
    }

    /** Whether {@code a + b} was rounded to {@code sum} without error (by Knuth's two-sum). */
    private static boolean isSum(double a, double b, double sum) {
        double second = sum - a;
        return (a - (sum - second)) + (b - second) == 0;
    }

    /** Whether a product is exact; false also where it is too small to tell. */
    private static boolean isProduct(double a, double b, double product) {
        if (a == 0 || b == 0) {
            return product == 0;
        }
        return Math.abs(product) >= LEAST_EXACT && Math.fma(a, b, -product) == 0;
    }

    private static Optional<BigDecimal> rounded(Real.Op op, BigDecimal x, BigDecimal y) {
        return switch (op) {
            case ADD -> Optional.of(x.add(y, Real.Precise.PRECISION));
            case SUBTRACT -> Optional.of(x.subtract(y, Real.Precise.PRECISION));
            case MULTIPLY -> Optional.of(x.multiply(y, Real.Precise.PRECISION));
            case DIVIDE -> y.signum() == 0 ? Optional.empty() : Optional.of(x.divide(y, Real.Precise.PRECISION));
            case MIN -> Optional.of(x.min(y));
            case MAX -> Optional.of(x.max(y));
            case FLOOR_DIVIDE, POWER -> Optional.empty();
        };
    }

    /** Returns the result of a comparison of two constants; nothing if they are not constants. */
    static Optional<Cond> compare(Cond.Relation relation, Real left, Real right) {
        if (left instanceof Real.Constant(double a) && right instanceof Real.Constant(double b)) {
            return Optional.of(new Cond.Constant(holds(relation, a, b)));
        }
        if (!isConstant(left) || !isConstant(right)) {
            return Optional.empty();
        }
        boolean holds = digits(left)
                .flatMap(x -> digits(right).map(y -> relation.holds(order(x, y), 0)))
                .orElseGet(() -> holds(relation, nearest(left), nearest(right)));
        return Optional.of(new Cond.Constant(holds));
    }

    private static boolean isConstant(Real e) {
        return e instanceof Real.Constant || e instanceof Real.Precise;
    }

    private static double nearest(Real constant) {
        return constant instanceof Real.Precise precise ? precise.nearest() : ((Real.Constant) constant).value();
    }

    /** Compares in float64; called if both sides are constants of float64, or if one of them is an infinity or NaN. */
    private static boolean holds(Cond.Relation relation, double a, double b) {
        return switch (relation) {
            case EQUAL -> a == b;
            case NOT_EQUAL -> a != b;
            case LESS -> a < b;
            case LESS_EQUAL -> a <= b;
        };
    }

    /**
     * Compares two numbers; closer to each other than 1e-95, in relative terms, they count as equal: sqrt(2)*sqrt(2) is
     * 2.
     */
    private static int order(BigDecimal x, BigDecimal y) {
        BigDecimal difference = x.subtract(y);
        BigDecimal least = x.abs().max(y.abs()).scaleByPowerOfTen(-95);
        boolean same = difference.abs().compareTo(least) <= 0;
        return same ? 0 : difference.signum();
    }

    private static Optional<BigDecimal> digits(Real e) {
        return switch (e) {
            case Real.Constant(double x) when Double.isFinite(x) -> Optional.of(decimal(x));
            case Real.Precise precise -> Optional.of(precise.digits());
            default -> Optional.empty();
        };
    }

    private static BigDecimal decimal(double x) {
        return new BigDecimal(x);
    }
}
