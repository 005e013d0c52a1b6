package devml.rounding;

import static devml.rounding.Terms.ZERO;
import static devml.rounding.Terms.abs;
import static devml.rounding.Terms.add;
import static devml.rounding.Terms.constant;
import static devml.rounding.Terms.isZero;
import static devml.rounding.Terms.knownIfExact;
import static devml.rounding.Terms.multiply;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;

/**
 * Derives how far the value of an integer expression may be from its value in real arithmetic: 0 unless it depends on a
 * comparison of real numbers.
 */
final class IntError {
    private final Errors errors;
    private final RealError reals;

    IntError(Errors errors, RealError reals) {
        this.errors = errors;
        this.reals = reals;
    }

    Real of(Int e) {
        return switch (e) {
            case Int.Constant _, Int.Index _ -> ZERO;
            case Int.Binary(Int.Op op, Int left, Int right) -> binary(op, left, right);
            case Int.Select(Cond condition, Int yes, Int no) ->
                reals.choice(condition, of(yes), of(no), real(yes), real(no));
            case Int.Read read -> {
                Real own = errors.of(read.view())
                        .<Real>map(view -> new Real.Read(view, read.subscripts()))
                        .orElse(ZERO);
                yield knownIfExact(of(read.subscripts()), own);
            }
            case Int.Count(Box box) -> known(reals.decisions().isExactly(box.guard()));
            case Int.ArgReduce(boolean _, Box box, Real body) ->
                known(reals.decisions().isExactly(box.guard()) && isZero(reals.of(body)));
            case Int.Reduce(Real.Fold _, Box box, Int body) ->
                known(reals.decisions().isExactly(box.guard()) && isZero(of(body)));
        };
    }

    /** The sum of the errors of several expressions. */
    Real of(Iterable<Int> all) {
        Real sum = ZERO;
        for (Int e : all) {
            sum = add(sum, of(e));
        }
        return sum;
    }

    private static Real known(boolean exact) {
        return exact ? ZERO : Terms.UNKNOWN;
    }

    private Real binary(Int.Op op, Int left, Int right) {
        Real ofLeft = of(left);
        Real ofRight = of(right);
        if (isZero(ofLeft) && isZero(ofRight)) {
            return ZERO;
        }
        return switch (op) {
            case ADD, SUBTRACT -> add(ofLeft, ofRight);
            case MULTIPLY ->
                add(
                        add(multiply(abs(real(left)), ofRight), multiply(abs(real(right)), ofLeft)),
                        multiply(ofLeft, ofRight));
            case FLOOR_DIVIDE, MODULO, MIN, MAX -> knownIfExact(add(ofLeft, ofRight), ZERO);
        };
    }

    private static Real real(Int e) {
        return e instanceof Int.Constant(long value) ? constant((double) value) : new Real.FromInt(e);
    }

    /**
     * Bounds the magnitude of an expression from the extents of its indices alone; infinite where these do not bound
     * it.
     */
    static double magnitude(Int e, java.util.function.IntToDoubleFunction extent) {
        return switch (e) {
            case Int.Constant(long value) -> Math.abs((double) value);
            case Int.Index(int slot) -> extent.applyAsDouble(slot);
            case Int.Binary(Int.Op op, Int left, Int right) -> {
                double a = magnitude(left, extent);
                double b = magnitude(right, extent);
                yield switch (op) {
                    case ADD, SUBTRACT -> a + b;
                    case MULTIPLY -> a * b;
                    case FLOOR_DIVIDE -> a + 1;
                    case MODULO -> b;
                    case MIN, MAX -> Math.max(a, b);
                };
            }
            case Int.Select(Cond _, Int yes, Int no) -> Math.max(magnitude(yes, extent), magnitude(no, extent));
            case Int.Count(Box box) -> box.size();
            case Int.ArgReduce reduction -> reduction.box().size();
            case Int.Read _, Int.Reduce _ -> Double.POSITIVE_INFINITY;
        };
    }
}
