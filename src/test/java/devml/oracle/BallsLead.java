package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Cond;
import devml.equation.Real;
import java.math.BigDecimal;

/**
 * Balls decide comparisons: where two of them overlap, decimals take the side of the midpoints as well, as they are
 * rounded too, and could fall on either. So the decimals are what the equations yield on the sides that were taken, which
 * the balls have to enclose without exception.
 */
final class BallsLead extends Paired<DecimalNumbers> {
    BallsLead(OracleNumbers balls, DecimalNumbers decimals) {
        super(balls, decimals);
    }

    /** In comparisons that balls decide, decimals have to agree. */
    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        boolean holds = balls.holds(relation, left, right);
        Ball x = balls.r[left].exact();
        Ball y = balls.r[right].exact();
        boolean isDecided = x.isApart(y) || (x.isExact() && y.isExact());
        assertThat(!isDecided || other.holds(relation, left, right) == holds)
                .as("%s %s %s is %s, of decimals too", x, relation, y, holds)
                .isTrue();
        return holds;
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Ball quotient = op == Real.Op.FLOOR_DIVIDE ? balls.r[at].exact().divide(balls.r[right].exact()) : Ball.UNKNOWN;
        super.apply(op, at, right);
        if (op == Real.Op.FLOOR_DIVIDE
                && quotient.isFinite()
                && balls.r[right].exact().isFinite()) {
            takeTheSameSide(Real.Function.FLOOR, quotient, at);
        }
    }

    @Override
    public void apply(Real.Function function, int at) {
        Ball x = balls.r[at].exact();
        super.apply(function, at);
        if ((function == Real.Function.SIGN || function == Real.Function.FLOOR) && x.isFinite()) {
            takeTheSameSide(function, x, at);
        }
    }

    private void takeTheSameSide(Real.Function function, Ball x, int at) {
        BigDecimal taken = Decimal.of(balls.r[at].exact().mid());
        BigDecimal exact = other.r[at].number();
        if (taken.compareTo(exact) != 0) {
            Ball jump = function == Real.Function.SIGN
                    ? Ball.ZERO
                    : Ball.of(taken.max(exact).doubleValue());
            assertThat(x.isApart(jump)).as("%s of %s is %s", function, x, exact).isFalse();
            other.r[at] = new DecimalNumbers.Extended(taken, 0);
        }
    }
}
