package devml.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import devml.equation.Assignment;
import devml.equation.Cond;
import devml.equation.Real;
import devml.equation.Uncertain;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.math.BigDecimal;
import java.util.List;

/**
 * Balls, and beside each the same number in decimals. The balls decide comparisons: where two of them overlap, decimals
 * take the side of the midpoints as well, as they are rounded too, and could fall on either. So the decimals are what the
 * equations yield on the sides that were taken, which the balls have to enclose without exception.
 */
final class Paired implements Uncertain {
    private final OracleNumbers balls;
    private final DecimalNumbers decimals;
    private boolean onlyTraces;

    /**
     * Starts with no tensor.
     *
     * @param balls what is tested
     * @param decimals what it has to enclose
     */
    Paired(OracleNumbers balls, DecimalNumbers decimals) {
        this.balls = balls;
        this.decimals = decimals;
    }

    /** In comparisons that balls decide, decimals have to agree. */
    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        boolean holds = balls.holds(relation, left, right);
        Ball x = balls.r[left].exact();
        Ball y = balls.r[right].exact();
        boolean isDecided = x.isApart(y) || (x.isExact() && y.isExact());
        assertThat(!isDecided || decimals.holds(relation, left, right) == holds)
                .as("%s %s %s is %s, of decimals too", x, relation, y, holds)
                .isTrue();
        return holds;
    }

    @Override
    public void apply(Real.Function function, int at) {
        Ball x = balls.r[at].exact();
        balls.apply(function, at);
        decimals.apply(function, at);
        if ((function == Real.Function.SIGN || function == Real.Function.FLOOR) && x.isFinite()) {
            takeTheSameSide(function, x, at);
        }
    }

    private void takeTheSameSide(Real.Function function, Ball x, int at) {
        BigDecimal taken = Decimal.of(balls.r[at].exact().mid());
        BigDecimal other = decimals.r[at].number();
        if (taken.compareTo(other) != 0) {
            Ball jump = function == Real.Function.SIGN
                    ? Ball.ZERO
                    : Ball.of(taken.max(other).doubleValue());
            assertThat(x.isApart(jump)).as("%s of %s is %s", function, x, other).isFalse();
            decimals.r[at] = new DecimalNumbers.Extended(taken, 0);
        }
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        balls.apply(op, at, right);
        decimals.apply(op, at, right);
    }

    @Override
    public void extreme(Real.Op op, int at, int right) {
        balls.extreme(op, at, right);
        decimals.extreme(op, at, right);
    }

    // Registers and tensors

    @Override
    public void allocate(int tensor, int size) {
        balls.allocate(tensor, size);
        decimals.allocate(tensor, size);
    }

    @Override
    public void share(int tensor, int existing) {
        balls.share(tensor, existing);
        decimals.share(tensor, existing);
    }

    @Override
    public void put(int tensor, Tensor values) {
        balls.put(tensor, values);
        decimals.put(tensor, values);
    }

    @Override
    public Tensor get(int tensor, Shape shape) {
        return balls.get(tensor, shape);
    }

    @Override
    public void load(int at, int tensor, int offset) {
        balls.load(at, tensor, offset);
        decimals.load(at, tensor, offset);
    }

    @Override
    public void store(int at, int tensor, int offset) {
        balls.store(at, tensor, offset);
        if (!onlyTraces) {
            decimals.store(at, tensor, offset);
        }
    }

    @Override
    public void add(int at, int tensor, int offset) {
        balls.add(at, tensor, offset);
        if (!onlyTraces) {
            decimals.add(at, tensor, offset);
        }
    }

    @Override
    public void constant(int at, double value) {
        balls.constant(at, value);
        decimals.constant(at, value);
    }

    @Override
    public void constant(int at, Real.Precise value) {
        balls.constant(at, value);
        decimals.constant(at, value);
    }

    @Override
    public void integer(int at, long value) {
        balls.integer(at, value);
        decimals.integer(at, value);
    }

    @Override
    public void copy(int from, int at) {
        balls.copy(from, at);
        decimals.copy(from, at);
    }

    // What depends on what, of which only balls keep account

    @Override
    public void begin(Assignment equation) {
        balls.begin(equation);
    }

    @Override
    public int mark() {
        return balls.mark();
    }

    @Override
    public boolean isOpen(int mark) {
        return balls.isOpen(mark);
    }

    @Override
    public void forget(int mark) {
        balls.forget(mark);
    }

    @Override
    public void settle(int mark, int chosen, int other) {
        balls.settle(mark, chosen, other);
    }

    @Override
    public void found(int mark) {
        balls.found(mark);
    }

    @Override
    public boolean isOpen() {
        return balls.isOpen();
    }

    @Override
    public void passedOver(int tensor, int offset) {
        balls.passedOver(tensor, offset);
    }

    @Override
    public void readInteger(int tensor, int offset) {
        balls.readInteger(tensor, offset);
    }

    @Override
    public void wroteInteger(int tensor, int offset, List<Long> alternatives) {
        balls.wroteInteger(tensor, offset, alternatives);
    }

    @Override
    public List<Long> alternatives(int tensor, int offset) {
        return balls.alternatives(tensor, offset);
    }

    @Override
    public void onlyTrace(boolean only) {
        onlyTraces = only;
        balls.onlyTrace(only);
    }
}
