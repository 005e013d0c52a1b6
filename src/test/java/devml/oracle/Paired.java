package devml.oracle;

import devml.equation.Assignment;
import devml.equation.Numbers;
import devml.equation.Real;
import devml.equation.Uncertain;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.List;

/**
 * Balls, and beside each the same number in another number system: both go through the equations together, on the same
 * sides of all comparisons.
 *
 * @param <N> the other number system
 */
abstract class Paired<N extends Numbers> implements Uncertain {
    final OracleNumbers balls;
    final N other;
    private boolean onlyTraces;

    /** Starts with no tensor. */
    Paired(OracleNumbers balls, N other) {
        this.balls = balls;
        this.other = other;
    }

    @Override
    public void apply(Real.Function function, int at) {
        balls.apply(function, at);
        other.apply(function, at);
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        balls.apply(op, at, right);
        other.apply(op, at, right);
    }

    @Override
    public void extreme(Real.Op op, int at, int right) {
        balls.extreme(op, at, right);
        other.extreme(op, at, right);
    }

    // Registers and tensors

    @Override
    public void allocate(int tensor, int size) {
        balls.allocate(tensor, size);
        other.allocate(tensor, size);
    }

    @Override
    public void share(int tensor, int existing) {
        balls.share(tensor, existing);
        other.share(tensor, existing);
    }

    @Override
    public void put(int tensor, Tensor values) {
        balls.put(tensor, values);
        other.put(tensor, values);
    }

    @Override
    public Tensor get(int tensor, Shape shape) {
        return balls.get(tensor, shape);
    }

    @Override
    public void load(int at, int tensor, int offset) {
        balls.load(at, tensor, offset);
        other.load(at, tensor, offset);
    }

    @Override
    public void store(int at, int tensor, int offset) {
        balls.store(at, tensor, offset);
        if (!onlyTraces) {
            other.store(at, tensor, offset);
        }
    }

    @Override
    public void add(int at, int tensor, int offset) {
        balls.add(at, tensor, offset);
        if (!onlyTraces) {
            other.add(at, tensor, offset);
        }
    }

    @Override
    public void constant(int at, double value) {
        balls.constant(at, value);
        other.constant(at, value);
    }

    @Override
    public void constant(int at, Real.Precise value) {
        balls.constant(at, value);
        other.constant(at, value);
    }

    @Override
    public void integer(int at, long value) {
        balls.integer(at, value);
        other.integer(at, value);
    }

    @Override
    public void copy(int from, int at) {
        balls.copy(from, at);
        other.copy(from, at);
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
