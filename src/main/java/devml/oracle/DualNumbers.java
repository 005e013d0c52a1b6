package devml.oracle;

import devml.equation.Cond;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import org.apache.commons.numbers.core.DD;

/**
 * Duals: every number with its derivative in one direction, which {@link #seed} chooses. Comparisons see values only.
 *
 * <p>A maximum over many is folded two by two: the derivatives of equal ones share in halves, and not as the convention
 * for max pools has it, whose first in scan order takes all.
 */
public final class DualNumbers extends Registers<Dual> {

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     */
    public DualNumbers(int tensors) {
        super(Dual[]::new, new Dual[tensors][]);
    }

    /** Makes the direction the one of an element. */
    public void seed(int tensor, int offset) {
        elements(tensor)[offset] = new Dual(elements(tensor)[offset].value(), DD.ONE);
    }

    /** Makes the part of the direction that belongs to a tensor the given one. */
    public void seed(int tensor, Tensor direction) {
        Dual[] elements = elements(tensor);
        Arrays.setAll(elements, i -> new Dual(elements[i].value(), DD.of(direction.get(i))));
    }

    /** An element with its derivative. */
    public Dual dual(int tensor, int offset) {
        return elements(tensor)[offset];
    }

    /** The derivatives of a tensor's elements, each the nearest double. */
    public Tensor.Doubles tangent(int tensor, Shape shape) {
        return new Tensor.Doubles(
                shape,
                Arrays.stream(elements(tensor))
                        .mapToDouble(dual -> dual.tangent().hi())
                        .toArray());
    }

    @Override
    protected Dual exactly(double value) {
        return Dual.constant(DD.of(value));
    }

    @Override
    protected Dual exactly(long value) {
        return Dual.constant(DD.of(value));
    }

    @Override
    protected Dual precise(Real.Precise value) {
        return Dual.constant(DD.ofSum(value.nearest(), value.rest()));
    }

    @Override
    protected double nearest(Dual dual) {
        return dual.value().hi();
    }

    @Override
    public void apply(Real.Function function, int at) {
        r[at] = r[at].apply(function);
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Dual x = r[at];
        Dual y = r[right];
        r[at] = switch (op) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            case DIVIDE -> x.divide(y);
            case POWER -> x.power(y);
            case MIN -> x.min(y);
            case MAX -> x.max(y);
        };
    }

    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        DD x = r[left].value();
        DD y = r[right].value();
        if (Double.isNaN(x.hi()) || Double.isNaN(y.hi())) {
            return relation == Cond.Relation.NOT_EQUAL;
        }
        return relation.holds(DoubleDouble.compare(x, y), 0);
    }
}
