package devml.rounding;

import static devml.rounding.Terms.UNKNOWN;
import static devml.rounding.Terms.ZERO;
import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.constant;
import static devml.rounding.Terms.divide;
import static devml.rounding.Terms.isExact;
import static devml.rounding.Terms.isZero;
import static devml.rounding.Terms.knownIfExact;
import static devml.rounding.Terms.less;
import static devml.rounding.Terms.max;
import static devml.rounding.Terms.multiply;
import static devml.rounding.Terms.scale;
import static devml.rounding.Terms.select;
import static devml.rounding.Terms.subtract;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.View;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Derives how far the computed value of an expression may be from its value in real arithmetic, as an expression of
 * computed values and of the errors of the tensors read. With a and b computed, off by at most E and F, and u the unit
 * roundoff:
 *
 * <pre>
 * a + b     E + F + u|a+b|
 * a b       |a|F + E(|b| + F) + u|ab|
 * a / b     (E + |a/b|F) / (|b| - F) + u|a/b|         unknown unless F is below |b|
 * a // b    that of a / b without the rounding, plus 1, unless E and F are 0; 8u|a // b| where that is large
 * f(a)      E times the largest derivative between a - E and a + E, + 4u|f(a)|
 * sum       the sum of the errors + gamma_(n-1) times that of the magnitudes, in any order (Higham 2002, section 3.1)
 * max       the largest error
 * where     the error of the branch; where the condition is undecided, the distance between both branches besides
 * </pre>
 *
 * <p>Two assumptions: an expression has the same computed value wherever it stands, which the evaluators guarantee; and
 * no product or quotient of numbers other than 0 falls below the smallest normal number.
 */
final class RealError {
    private final Errors errors;
    private final Precision precision;
    private final IntToDoubleFunction extents;
    private final IntError integers;
    private final Decisions decisions;
    private final double u;

    /** @param extents the extents of the indices, by slot */
    RealError(Errors errors, Precision precision, IntToDoubleFunction extents) {
        this.errors = errors;
        this.precision = precision;
        this.extents = extents;
        this.u = precision.unit();
        this.integers = new IntError(errors, this);
        this.decisions = new Decisions(this, integers, precision);
    }

    Decisions decisions() {
        return decisions;
    }

    IntError integers() {
        return integers;
    }

    Real of(Real e) {
        return of(e, e);
    }

    /**
     * Returns the error of an expression.
     *
     * @param v an expression with the same computed value, which may be cheaper to evaluate
     */
    Real of(Real e, Real v) {
        return switch (e) {
            case Real.Constant(double value) -> constant(Math.abs(value - precision.rounded(value)) * (1 + 4 * u));
            case Real.Precise precise ->
                constant((Math.abs(precise.nearest() - precision.rounded(precise.nearest())) + Math.abs(precise.rest()))
                        * (1 + 4 * u));
            case Real.FromInt(Int value) -> {
                boolean held = IntError.magnitude(value, extents) <= precision.integers();
                yield add(integers.of(value), held ? ZERO : rounding(v));
            }
            case Real.Read(View view, List<Int> subscripts) ->
                knownIfExact(
                        integers.of(subscripts),
                        errors.of(view)
                                .<Real>map(own -> new Real.Read(own, subscripts))
                                .orElse(ZERO));
            case Real.Unary(Real.Function function, Real operand) -> unary(function, operand, v);
            case Real.Binary(Real.Op op, Real left, Real right) -> binary(op, left, right, v);
            case Real.Power(Real base, int exponent) -> power(base, exponent, v);
            case Real.Detached(Real value, Real _) -> of(value, v);
            case Real.Select(Cond condition, Real yes, Real no) -> choice(condition, of(yes), of(no), yes, no);
            case Real.Reduce reduce -> reduce(reduce, v);
        };
    }

    private Real rounding(Real v) {
        return v instanceof Real.Constant(double value) && value == 0 ? ZERO : scale(u, abs(v));
    }

    /** Returns the error of a choice between values whose errors are known. */
    Real choice(Cond condition, Real ofYes, Real ofNo, Real yes, Real no) {
        Real chosen = select(condition, ofYes, ofNo);
        if (decisions.isExactly(condition)) {
            return chosen;
        }
        Real either = scale(1 + 2 * u, add(max(ofYes, ofNo), distance(yes, no)));
        return select(decisions.decided(condition), chosen, either);
    }

    private static Real distance(Real yes, Real no) {
        return isZero(no) ? abs(yes) : isZero(yes) ? abs(no) : abs(subtract(yes, no));
    }

    private Real binary(Real.Op op, Real left, Real right, Real v) {
        Real ofLeft = of(left);
        Real ofRight = of(right);
        return switch (op) {
            case ADD, SUBTRACT -> add(add(ofLeft, ofRight), rounding(v));
            case MULTIPLY ->
                add(
                        add(multiply(abs(left), ofRight), multiply(ofLeft, add(abs(right), ofRight))),
                        isPowerOfTwo(left) || isPowerOfTwo(right) ? ZERO : rounding(v));
            case DIVIDE -> add(quotient(ofLeft, ofRight, right, v), isPowerOfTwo(right) ? ZERO : rounding(v));
            case FLOOR_DIVIDE -> floorQuotient(ofLeft, ofRight, right, v);
            case POWER -> power(left, right, ofLeft, ofRight, v);
            case MIN -> extreme(less(left, right), less(right, left), ofLeft, ofRight);
            case MAX -> extreme(less(right, left), less(left, right), ofLeft, ofRight);
        };
    }

    private static boolean isPowerOfTwo(Real e) {
        return switch (e) {
            case Real.Constant(double value) -> Math.abs(value) == Math.scalb(1.0, Math.getExponent(value));
            case Real.FromInt(Int.Constant(long value)) -> Long.bitCount(Math.abs(value)) == 1;
            default -> false;
        };
    }

    /** {@code (E + |a/b| F) / (|b| - F)}, with room for the rounding of the difference. */
    private Real quotient(Real ofLeft, Real ofRight, Real right, Real v) {
        if (isZero(ofRight)) {
            return divide(ofLeft, abs(right));
        }
        Real moved = add(ofLeft, multiply(scale(1 + 4 * u, abs(v)), ofRight));
        return within(ofRight, abs(right), moved);
    }

    /** Known operands have no error as long as the roundings in {@code FloorDivision} are less than a half. */
    private Real floorQuotient(Real ofLeft, Real ofRight, Real right, Real v) {
        Real own = select(less(abs(v), constant(1 / (16 * u))), ZERO, scale(8 * u, abs(v)));
        if (isZero(ofLeft) && isZero(ofRight)) {
            return own;
        }
        Real moved = quotient(ofLeft, ofRight, right, add(abs(v), constant(1)));
        Cond isKnown = Cond.and(isExact(ofLeft), isExact(ofRight));
        return add(own, select(isKnown, ZERO, add(moved, constant(1))));
    }

    /** {@code error / (size - reach)}; unknown where the reach is as large as the size. */
    private Real within(Real reach, Real size, Real error) {
        Real room = subtract(scale(1 - 8 * u, size), reach);
        return select(isExact(error), ZERO, select(less(ZERO, room), divide(error, room), UNKNOWN));
    }

    /**
     * Returns the error of the greater or lesser of two values.
     *
     * @param left the condition that the first is chosen
     * @param right the condition that the second is chosen
     */
    private Real extreme(Cond left, Cond right, Real ofLeft, Real ofRight) {
        if (isZero(ofRight)) {
            return select(decisions.certain(right), ZERO, ofLeft);
        }
        return isZero(ofLeft)
                ? select(decisions.certain(left), ZERO, ofRight)
                : select(decisions.decided(left), select(left, ofLeft, ofRight), max(ofLeft, ofRight));
    }

    /** A power by repeated multiplication: x^n is off by {@code n (|x| + E)^(n-1) E}, plus n roundings. */
    private Real power(Real base, int exponent, Real v) {
        if (exponent == 0) {
            return ZERO;
        }
        int n = Math.abs(exponent);
        Real error = of(base);
        Real most = add(abs(base), error);
        Real moved = scale(n, multiply(n == 1 ? constant(1) : new Real.Power(most, n - 1), error));
        if (exponent > 0) {
            return add(moved, n == 1 ? ZERO : scale(precision.gamma(n - 1), abs(v)));
        }
        Real size = new Real.Power(abs(base), n);
        Real own = add(moved, scale(precision.gamma(n), size));
        return add(within(own, size, multiply(scale(1 + 4 * u, abs(v)), own)), rounding(v));
    }

    /** A power is off by a factor of exp(t), where t = |b| E / (a - E) + |log a| F. */
    private Real power(Real left, Real right, Real ofLeft, Real ofRight, Real v) {
        Real t = isZero(ofLeft) ? ZERO : within(ofLeft, abs(left), multiply(add(abs(right), ofRight), ofLeft));
        if (!isZero(ofRight)) {
            Real log = scale(1 + 8 * u, abs(new Real.Unary(Real.Function.LOG, left)));
            Real byExponent = select(less(ZERO, left), multiply(add(log, t), ofRight), UNKNOWN);
            t = add(t, select(isExact(ofRight), ZERO, byExponent));
        }
        return add(grown(scale(1 + 16 * u, abs(v)), t), scale(precision.elementary(), abs(v)));
    }

    /** {@code size (exp(t) - 1)}, which is at most {@code size (t + t^2)} up to t = 1. */
    private static Real grown(Real size, Real t) {
        if (isZero(t)) {
            return ZERO;
        }
        Real growth = multiply(t, add(constant(1), t));
        return select(less(t, constant(1)), multiply(size, growth), UNKNOWN);
    }

    private Real unary(Real.Function function, Real operand, Real v) {
        Real error = of(operand);
        return switch (function) {
            case NEGATE, ABS -> error;
            case SIGN -> knownIfExactOr(error, less(error, abs(operand)), constant(2));
            case FLOOR -> knownIfExactOr(error, Cond.FALSE, add(error, constant(1)));
            case SQRT -> {
                Real moved = select(less(error, scale(1 - 4 * u, operand)), divide(error, v), UNKNOWN);
                yield add(isZero(error) ? ZERO : select(isExact(error), ZERO, moved), rounding(v));
            }
            default -> add(elementary(function, operand, error, v), scale(precision.elementary(), abs(v)));
        };
    }

    private static Real knownIfExactOr(Real error, Cond also, Real otherwise) {
        return isZero(error) ? ZERO : select(Cond.or(isExact(error), also), ZERO, otherwise);
    }

    /** How far a function may move when its argument does: see {@link RealError}. */
    private Real elementary(Real.Function function, Real operand, Real error, Real v) {
        if (isZero(error)) {
            return ZERO;
        }
        Real size = scale(1 + 16 * u, abs(v));
        return switch (function) {
            case EXP -> grown(size, error);
            case EXPM1 -> grown(add(size, constant(1)), error);
            case LOG -> within(error, operand, error);
            case LOG1P -> within(error, scale(1 - 4 * u, add(operand, constant(1))), error);
            case SIN, COS -> error;
            case ERF -> scale(1.13, error); // at least 2 / sqrt(pi)
            case SOFTPLUS -> error;
            // the second derivatives are below 0.77 and 0.1
            case TANH -> multiply(derivative(subtract(constant(1), multiply(v, v)), error), error);
            case SIGMOID -> multiply(derivative(multiply(v, subtract(constant(1), v)), error), error);
            case NEGATE, ABS, SIGN, FLOOR, SQRT ->
                throw new IllegalArgumentException(function + " is no such function");
        };
    }

    /** The derivative at the middle, as it is computed, plus how far it may move; at most 1. */
    private Real derivative(Real middle, Real error) {
        return Terms.min(constant(1), add(add(Terms.max(middle, ZERO), constant(32 * u)), error));
    }

    private Real reduce(Real.Reduce reduce, Real v) {
        Real body = reduce.body();
        Box box = reduce.box();
        Real error = of(body);
        double n = box.size();
        boolean decided = decisions.isExactly(box.guard());
        return switch (reduce.fold()) {
            case SUM -> sum(box, body, error, precision.gamma(Math.max(0, n - 1)));
            case MAX, MIN ->
                isZero(error) && decided ? ZERO : decided ? new Real.Reduce(Real.Fold.MAX, box, error) : UNKNOWN;
            case PRODUCT -> {
                if (!decided) {
                    yield UNKNOWN;
                }
                Real most = new Real.Reduce(Real.Fold.PRODUCT, box, add(abs(body), error));
                Real least = new Real.Reduce(Real.Fold.PRODUCT, box, abs(body));
                Real moved = isZero(error) ? ZERO : subtract(most, least);
                yield add(moved, scale(4 * precision.gamma(2 * n + 2), most));
            }
            case LOG_SUM_EXP -> {
                // The shifted exponents err by u times their size; the mean of these sizes, weighted by the
                // exponentials, is at most 1 + log n. The errors of the sum, of its logarithm and of the last addition
                // are added.
                double logs = 1 + Math.log(Math.max(1, n));
                double own = precision.gamma(n) + 3 * precision.elementary() * logs + 2 * u * logs;
                Real moved = isZero(error) ? ZERO : new Real.Reduce(Real.Fold.MAX, box, error);
                yield decided ? add(add(moved, constant(own * 1.1)), rounding(v)) : UNKNOWN;
            }
        };
    }

    /**
     * The error of a sum: the errors of its terms, and the size of those terms of which it is open if they take part.
     */
    private Real sum(Box box, Real body, Real error, double gamma) {
        Real term = add(error, scale(gamma, abs(body)));
        if (decisions.isExactly(box.guard())) {
            return Terms.sum(box, term);
        }
        return Terms.sum(possibly(box), possibly(box.guard(), term, body));
    }

    /** Returns the box with all points that may take part. */
    Box possibly(Box box) {
        return new Box(box.slots(), box.extents(), Cond.not(decisions.refuted(box.guard())));
    }

    /** Returns the error of a term that may or may not be present, at a point that may take part. */
    Real possibly(Cond guard, Real error, Real term) {
        return select(decisions.decided(guard), error, add(error, scale(1 + 2 * u, abs(term))));
    }
}
