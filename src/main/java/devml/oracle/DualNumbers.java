package devml.oracle;

import devml.equation.Cond;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import org.apache.commons.numbers.core.DD;

/**
 * The number system of {@link Dual}: every number carries its derivative in one direction, which {@link #seed} chooses.
 * Comparisons look at values only. Of equal values in a maximum over many, the first in scan order takes the
 * derivative.
 *
 * <p>It watches for ties: where two compared numbers are equal, or differ by no more than rounding, and move apart in
 * the direction, the derivative is a convention or cannot be known. So is that of the greater of two numbers of which
 * one is NaN.
 */
public final class DualNumbers extends Registers<Dual> {
    /**
     * Numbers closer than this, relative to the larger of them or to 1, may be equal except for rounding in
     * double-double.
     */
    private static final double NEAR = 1e-25;

    private boolean hasTies;
    private boolean hasNearTies;
    private boolean hasSingularities;

    /**
     * Starts without tensors.
     *
     * @param tensors the number of tensors there will be
     */
    public DualNumbers(int tensors) {
        super(Dual[]::new, new Dual[tensors][]);
    }

    /** Chooses the direction in which only this element changes. */
    public void seed(int tensor, int offset) {
        elements(tensor)[offset] = new Dual(elements(tensor)[offset].value(), DD.ONE);
    }

    /** Marks a tensor as one that has a gradient, with a derivative of 0: the direction does not change it. */
    public void activate(int tensor) {
        Dual[] elements = elements(tensor);
        Arrays.setAll(elements, i -> new Dual(elements[i].value(), DD.ZERO));
    }

    /** Whether numbers were compared that are equal and move apart in the direction. */
    public boolean hasTies() {
        return hasTies;
    }

    /** Whether numbers were compared that may be equal except for rounding, and move apart in the direction. */
    public boolean hasNearTies() {
        return hasNearTies;
    }

    /** Sets the part of the direction that belongs to a tensor. */
    public void seed(int tensor, Tensor direction) {
        Dual[] elements = elements(tensor);
        Arrays.setAll(elements, i -> new Dual(elements[i].value(), DD.of(direction.get(i))));
    }

    /** Returns an element with its derivative. */
    public Dual dual(int tensor, int offset) {
        return elements(tensor)[offset];
    }

    /** Returns the derivatives of a tensor's elements, each rounded to the nearest double. */
    public Tensor.Doubles tangent(int tensor, Shape shape) {
        return new Tensor.Doubles(
                shape,
                Arrays.stream(elements(tensor))
                        .mapToDouble(dual -> dual.tangent().hi())
                        .toArray());
    }

    /** Whether an operand was not finite, or a function was evaluated where its derivative is not finite. */
    public boolean hasSingularities() {
        return hasSingularities;
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
        switch (function) {
            case ABS, SIGN -> watch(r[at], Dual.constant(DD.ZERO));
            case FLOOR -> watchFloor(r[at]);
            case SQRT, LOG -> hasSingularities |= r[at].value().hi() == 0;
            case NEGATE, EXP, EXPM1, LOG1P, SIN, COS, TANH, ERF, SIGMOID, SOFTPLUS -> {}
        }
        r[at] = r[at].apply(function);
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Dual x = r[at];
        Dual y = r[right];
        switch (op) {
            case MIN, MAX -> {
                watch(x, y);
                watchNaN(x, y);
            }
            case DIVIDE -> hasSingularities |= y.value().hi() == 0;
            case FLOOR_DIVIDE -> {
                hasSingularities |= y.value().hi() == 0;
                watchFloor(x.divide(y));
            }
            case POWER -> hasSingularities |= x.value().hi() == 0;
            case ADD, SUBTRACT, MULTIPLY -> {}
        }
        boolean isChosen = op == Real.Op.MIN || op == Real.Op.MAX; // an infinite bound is not singular
        hasSingularities |= !isChosen && !(x.value().isFinite() && y.value().isFinite());
        r[at] = switch (op) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            case DIVIDE -> x.divide(y);
            case FLOOR_DIVIDE -> x.floorDivide(y);
            case POWER -> x.power(y);
            case MIN -> x.min(y);
            case MAX -> x.max(y);
        };
    }

    @Override
    public void extreme(Real.Op op, int at, int right) {
        watch(r[at], r[right]);
        DD x = r[at].value();
        DD y = r[right].value();
        boolean isTie = !Double.isNaN(x.hi()) && !Double.isNaN(y.hi()) && DoubleDouble.compare(x, y) == 0;
        if (!isTie) {
            r[at] = op == Real.Op.MAX ? r[at].max(r[right]) : r[at].min(r[right]);
        }
    }

    @Override
    public boolean hasDerivatives() {
        return true;
    }

    @Override
    public void detach(int at, int carrier) {
        r[at] = new Dual(r[at].value(), r[carrier].tangent(), r[carrier].isConstant());
    }

    /** Watches for a tie with the nearest whole number. */
    private void watchFloor(Dual x) {
        watch(x, Dual.constant(DD.of(Math.rint(x.value().hi()))));
    }

    /** The maximum of a NaN and a number is NaN, whichever of the two takes the derivative. */
    private void watchNaN(Dual x, Dual y) {
        boolean isNaN = Double.isNaN(x.value().hi()) || Double.isNaN(y.value().hi());
        hasTies |= isNaN && !x.tangent().equals(y.tangent());
    }

    private void watch(Dual x, Dual y) {
        boolean isSame =
                x.value().hi() == y.value().hi() && x.value().lo() == y.value().lo();
        double distance = Math.abs(DoubleDouble.subtract(x.value(), y.value()).hi());
        double size = Math.max(Math.abs(x.value().hi()), Math.abs(y.value().hi()));
        boolean isNear = isSame || (Double.isFinite(size) && distance <= NEAR * Math.max(size, 1));
        if (isNear && !x.tangent().equals(y.tangent())) {
            hasTies |= isSame;
            hasNearTies |= !isSame;
        }
    }

    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        watch(r[left], r[right]);
        DD x = r[left].value();
        DD y = r[right].value();
        if (Double.isNaN(x.hi()) || Double.isNaN(y.hi())) {
            return relation == Cond.Relation.NOT_EQUAL;
        }
        return relation.holds(DoubleDouble.compare(x, y), 0);
    }
}
