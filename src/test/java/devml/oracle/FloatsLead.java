package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Cond;
import devml.equation.Numbers;
import devml.equation.Real;
import devml.reference.DoubleNumbers;
import devml.reference.FloatNumbers;
import devml.tensor.DType;
import devml.tensor.Shape;

/**
 * Floating point numbers decide comparisons: where their errors may have led them to the other side of a kink, balls go
 * there as well. So the balls are what the equations yield on the sides that a computation took, and it must not be
 * farther from them than the error analysis says, without exception.
 */
final class FloatsLead extends Paired<Numbers> {
    private final Precision type;
    private final int scratch;

    /** Starts with no tensor, of so many. */
    FloatsLead(DType dtype, int tensors) {
        super(new OracleNumbers(dtype, tensors, 0), floats(dtype, tensors + 1));
        type = Precision.of(dtype);
        scratch = tensors;
        other.allocate(scratch, 1);
    }

    private static Numbers floats(DType dtype, int tensors) {
        return switch (dtype) {
            case FLOAT64 -> new DoubleNumbers(tensors);
            case FLOAT32 -> new FloatNumbers(tensors);
        };
    }

    /** In comparisons that no error turns, balls have to agree. */
    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        boolean holds = other.holds(relation, left, right);
        Rounded x = balls.r[left].closed(type);
        Rounded y = balls.r[right].closed(type);
        assertThat(balls.holds(relation, left, right) == holds || !x.isApart(y))
                .as("%s %s %s is %s, of floats too", x, relation, y, !holds)
                .isTrue();
        return holds;
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Rounded quotient = op == Real.Op.FLOOR_DIVIDE ? balls.r[at].quotient(balls.r[right], type) : Rounded.ZERO;
        super.apply(op, at, right);
        if (op == Real.Op.FLOOR_DIVIDE) {
            other.store(at, scratch, 0);
            takeTheSameSide(quotient, at, other.get(scratch, Shape.of(1)).get(0));
        }
    }

    /** Of large quotients there are errors too. */
    private void takeTheSameSide(Rounded quotient, int at, double taken) {
        double exact = balls.r[at].exact().mid().hi();
        boolean isWithin = Math.abs(taken - exact) <= balls.r[at].error();
        if (quotient.exact().isFinite() && Double.isFinite(taken) && !isWithin) {
            takeTheSameSide(Real.Function.FLOOR, quotient, at, taken);
        }
    }

    @Override
    public void apply(Real.Function function, int at) {
        Rounded x = balls.r[at].closed(type);
        super.apply(function, at);
        if (function == Real.Function.SIGN || function == Real.Function.FLOOR) {
            other.store(at, scratch, 0);
            takeTheSameSide(function, x, at, other.get(scratch, Shape.of(1)).get(0));
        }
    }

    private void takeTheSameSide(Real.Function function, Rounded x, int at, double taken) {
        double exact = balls.r[at].exact().mid().hi();
        if (x.exact().isFinite() && Double.isFinite(taken) && taken != exact) {
            double jump = function == Real.Function.SIGN ? 0 : Math.max(taken, exact);
            assertThat(x.isApart(Rounded.exactly(Ball.of(jump))))
                    .as("%s of %s is %s", function, x, taken)
                    .isFalse();
            balls.r[at] = Rounded.exactly(Ball.of(taken)).with(balls.r[at].doubts());
        }
    }
}
