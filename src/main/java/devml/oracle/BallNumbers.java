package devml.oracle;

import devml.equation.Cond;
import devml.equation.Real;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.commons.numbers.core.DD;

/**
 * Balls: each encloses what the equations yield in real numbers, all inputs taken as exact, on the side of every
 * comparison that was taken. Comparisons that the balls do not decide go by their midpoints and are reported.
 */
public final class BallNumbers extends Registers<Ball> {
    private final Consumer<Kink> kinks;

    /**
     * Starts with no tensor.
     *
     * @param tensors how many there will be
     * @param kinks is told each comparison that is a tie or undecided, when it is met
     */
    public BallNumbers(int tensors, Consumer<Kink> kinks) {
        super(Ball[]::new, new Ball[tensors][]);
        this.kinks = kinks;
    }

    /** An element as it is enclosed. */
    public Ball ball(int tensor, int offset) {
        return elements(tensor)[offset];
    }

    /** The doubles nearest to the midpoints; 0 where nothing is known. */
    public Tensor.Doubles midpoint(int tensor, Shape shape) {
        return get(tensor, shape);
    }

    /** How far the exact result may be from the double nearest to the midpoint; infinite where nothing is known. */
    public Tensor.Doubles radius(int tensor, Shape shape) {
        double[] radii = Arrays.stream(elements(tensor))
                .mapToDouble(ball -> Ball.up(Math.abs(ball.mid().lo()) + ball.radius()))
                .toArray();
        return new Tensor.Doubles(shape, radii);
    }

    @Override
    protected Ball exactly(double value) {
        return Ball.of(value);
    }

    @Override
    protected Ball exactly(long value) {
        return new Ball(DD.of(value), 0);
    }

    /** The digits that are left out and the rounding of the rest are together below 2^-105 of it. */
    @Override
    protected Ball precise(Real.Precise value) {
        double radius = Ball.up(Math.abs(value.nearest()) * 0x1p-105 + Double.MIN_VALUE);
        return Ball.of(DD.ofSum(value.nearest(), value.rest()), radius);
    }

    @Override
    protected double nearest(Ball ball) {
        return ball.mid().hi();
    }

    @Override
    public void apply(Real.Function function, int at) {
        Ball x = r[at];
        r[at] = switch (function) {
            case SIGN -> sign(x);
            case FLOOR -> floor(x);
            default -> BallFunctions.apply(function, x);
        };
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Ball x = r[at];
        Ball y = r[right];
        r[at] = switch (op) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            case DIVIDE -> x.divide(y);
            case POWER -> BallFunctions.power(x, y);
            case MIN -> x.min(y);
            case MAX -> x.max(y);
        };
    }

    private Ball sign(Ball x) {
        if (x.isUnknown() || x.isUndefined()) {
            return x;
        }
        if (x.containsZero()) {
            kinks.accept(new Kink(Cond.Relation.EQUAL, x, Ball.ZERO));
        }
        return Ball.of(Math.signum(x.mid().hi()));
    }

    private Ball floor(Ball x) {
        if (!x.isFinite()) {
            return x;
        }
        Ball below = new Ball(x.mid().floor(), 0);
        Ball above = below.add(Ball.ONE);
        if (!x.isApart(below)) {
            kinks.accept(new Kink(Cond.Relation.LESS, x, below));
        } else if (!x.isApart(above)) {
            kinks.accept(new Kink(Cond.Relation.LESS, x, above));
        }
        return below;
    }

    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        Ball x = r[left];
        Ball y = r[right];
        if (x.isUndefined() || y.isUndefined()) {
            return relation == Cond.Relation.NOT_EQUAL;
        }
        boolean sameInfinity =
                Double.isInfinite(x.mid().hi()) && x.mid().hi() == y.mid().hi();
        if (left != right && !sameInfinity && !x.isApart(y)) {
            kinks.accept(new Kink(relation, x, y));
        }
        return relation.holds(DoubleDouble.compare(x.mid(), y.mid()), 0);
    }
}
