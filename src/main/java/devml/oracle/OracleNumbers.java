package devml.oracle;

import devml.equation.Assignment;
import devml.equation.Cond;
import devml.equation.Real;
import devml.equation.Uncertain;
import devml.tensor.DType;
import devml.tensor.Shape;
import devml.tensor.Tensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.numbers.core.DD;

/**
 * The number system that proves results. Each number encloses what the equations yield in real numbers, with all inputs
 * taken as exact, and bounds how far a computation of the same equations in floating point can be from that, in
 * whatever order its sums are added up. Comparisons that either of the two leaves open are recorded, with everything
 * that depends on them.
 */
public final class OracleNumbers extends Registers<Rounded> implements Uncertain {
    /** The number of open comparisons that are told apart; all further ones share the last number. */
    public static final int MOST_KINKS = Doubts.MOST;

    private final Precision type;
    private final double distance;
    private final Doubts doubts;
    private final Map<Integer, Enclosed> carried = new HashMap<>();
    private boolean onlyTraces;

    /**
     * The two sides of a choice count as nearly the same if they are at most this many times as far apart as the
     * numbers compared.
     */
    private static final double STEEP = 1024;

    /**
     * Starts without tensors.
     *
     * @param dtype the type of the computation whose errors are bounded
     * @param tensors the number of tensors there will be
     * @param distance comparisons of numbers that are at most this far apart are recorded too, as near ones
     */
    public OracleNumbers(DType dtype, int tensors, double distance) {
        this(dtype, tensors, distance, 0);
    }

    /**
     * Starts without tensors, and numbers open comparisons from {@code first} on, after those of earlier batches.
     *
     * @param first the number of the first open comparison
     */
    public OracleNumbers(DType dtype, int tensors, double distance, int first) {
        super(Rounded[]::new, new Rounded[tensors][]);
        this.type = Precision.of(dtype);
        this.distance = distance;
        this.doubts = new Doubts(tensors, first);
    }

    /** Makes a tensor start with the result of an earlier computation as soon as it is put. */
    public void carry(int tensor, Enclosed left) {
        carried.put(tensor, left);
    }

    @Override
    public void put(int tensor, Tensor values) {
        super.put(tensor, values);
        if (carried.containsKey(tensor)) {
            carried.get(tensor).copyTo(elements(tensor));
        }
    }

    // Results

    /** Returns a tensor as a whole. */
    public Enclosed enclosed(int tensor, Shape shape) {
        Rounded[] numbers = elements(tensor).clone();
        Arrays.setAll(numbers, i -> numbers[i].with(doubts.everywhere(tensor)));
        return new Enclosed(shape, numbers, type);
    }

    /** Returns the enclosure of an element. */
    public Ball ball(int tensor, int offset) {
        return elements(tensor)[offset].exact();
    }

    /** Returns the doubles nearest to the midpoints; 0 where nothing is known. */
    public Tensor.Doubles midpoint(int tensor, Shape shape) {
        return get(tensor, shape);
    }

    /** Returns the midpoints minus the doubles nearest to them. */
    public Tensor.Doubles rest(int tensor, Shape shape) {
        return tensor(tensor, shape, number -> number.exact().mid().lo());
    }

    /**
     * Returns how far the exact result may be from the double nearest to the midpoint; infinite where nothing is known.
     */
    public Tensor.Doubles radius(int tensor, Shape shape) {
        return tensor(
                tensor,
                shape,
                number -> Ball.up(
                        Math.abs(number.exact().mid().lo()) + number.exact().radius()));
    }

    /** Returns how far the result of a floating-point computation may be from the exact one. */
    public Tensor.Doubles error(int tensor, Shape shape) {
        return tensor(tensor, shape, number -> number.error(type));
    }

    private Tensor.Doubles tensor(int tensor, Shape shape, ToDoubleFunction<Rounded> of) {
        return new Tensor.Doubles(
                shape, Arrays.stream(elements(tensor)).mapToDouble(of).toArray());
    }

    /** The open comparisons on which something depends; the last of them may stand for many. */
    public List<Kink> kinks() {
        return doubts.kinks();
    }

    /** The comparisons that are not open although the numbers are close to each other. */
    public List<Kink> near() {
        return doubts.near();
    }

    /** The {@link #kinks} on which an element depends, by number. */
    public BitSet doubts(int tensor, int offset) {
        return Doubts.union(elements(tensor)[offset].doubts(), doubts.everywhere(tensor));
    }

    /** The comparisons that the current point has met. */
    List<Doubts.Met> met() {
        return doubts.met();
    }

    // Arithmetic

    @Override
    protected Rounded exactly(double value) {
        return Rounded.given(Ball.of(value), type);
    }

    @Override
    protected Rounded exactly(long value) {
        return Rounded.given(new Ball(DD.of(value), 0), type);
    }

    /** The digits that are left out and the rounding of the rest are together below 2^-105 of the value. */
    @Override
    protected Rounded precise(Real.Precise value) {
        double radius = Ball.up(Math.abs(value.nearest()) * 0x1p-105 + Double.MIN_VALUE);
        Ball ball = Double.isFinite(value.nearest())
                ? Ball.of(DD.ofSum(value.nearest(), value.rest()), radius)
                : Ball.UNKNOWN;
        return Rounded.given(ball, type);
    }

    @Override
    protected double nearest(Rounded number) {
        return number.exact().mid().hi();
    }

    /** Closes the sum: an element that is read is the rounded sum of its terms. */
    @Override
    public void load(int at, int tensor, int offset) {
        Rounded element = elements(tensor)[offset];
        r[at] = element.closed(type).with(doubts.everywhere(tensor));
    }

    @Override
    public void store(int at, int tensor, int offset) {
        write(r[at], tensor, offset);
    }

    /** Keeps the terms apart, so that the bound holds for whatever order all of them are added up in. */
    @Override
    public void add(int at, int tensor, int offset) {
        write(r[at].add(elements(tensor)[offset]), tensor, offset);
    }

    private void write(Rounded number, int tensor, int offset) {
        BitSet settled = doubts.settled(offset);
        Rounded[] elements = elements(tensor);
        if (!onlyTraces) {
            elements[offset] = number.with(settled);
        } else if (!settled.isEmpty()) {
            elements[offset] = elements[offset].with(settled).with(number.doubts());
        }
    }

    @Override
    public void share(int tensor, int existing) {
        super.share(tensor, existing);
        doubts.share(tensor, existing);
    }

    @Override
    public void apply(Real.Function function, int at) {
        Rounded x = r[at];
        r[at] = switch (function) {
            case NEGATE -> x.negate();
            case SIGN -> sign(x.closed(type));
            case FLOOR -> floor(x.closed(type));
            default -> x.apply(function, type);
        };
    }

    @Override
    public void apply(Real.Op op, int at, int right) {
        Rounded x = r[at];
        Rounded y = r[right];
        r[at] = switch (op) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.add(y.negate());
            case MULTIPLY -> x.multiply(y, type);
            case DIVIDE -> x.divide(y, type);
            case FLOOR_DIVIDE -> floorDivide(x.closed(type), y.closed(type));
            case POWER -> x.power(y, type);
            case MIN -> x.min(y, type);
            case MAX -> x.max(y, type);
        };
    }

    private Rounded sign(Rounded x) {
        Ball ball = x.exact();
        if (ball.isUnknown()) {
            return x;
        }
        if (ball.isUndefined()) {
            return Rounded.ZERO.with(x.doubts());
        }
        note(Cond.Relation.EQUAL, x, Rounded.ZERO, true);
        return Rounded.exactly(Ball.of(Math.signum(ball.mid().hi()))).with(x.doubts());
    }

    private Rounded floor(Rounded x) {
        if (!x.exact().isFinite()) {
            return x;
        }
        Rounded below = Rounded.exactly(new Ball(x.exact().mid().floor(), 0));
        Rounded above = Rounded.exactly(below.exact().add(Ball.ONE));
        note(Cond.Relation.LESS, x, below, true);
        note(Cond.Relation.LESS, x, above, true);
        return below.with(x.doubts());
    }

    /**
     * Floor division of the exact quotient, not of the rounded one: see {@link devml.equation.FloorDivision}, also for
     * the results at infinities. For an infinite divisor it is 0 or, if the dividend has the other sign, -1.
     */
    private Rounded floorDivide(Rounded x, Rounded y) {
        Rounded quotient = x.quotient(y, type);
        if (quotient.exact().isInfinite()) {
            return Rounded.beyond(Ball.UNDEFINED, quotient.error() == 0, quotient.doubts());
        }
        if (y.exact().isInfinite() && quotient.exact().isFinite()) {
            Rounded side = y.exact().mid().hi() > 0 ? x : x.negate();
            note(Cond.Relation.LESS, side, Rounded.ZERO, true);
            Ball below = Ball.of(side.exact().mid().hi() < 0 ? -1 : 0);
            return Rounded.exactly(below).with(quotient.doubts()).off(y.error());
        }
        Rounded below = floor(quotient);
        return below.exact().isFinite()
                ? below.off(type.floorDivision(below.exact().magnitude()))
                : below;
    }

    @Override
    public boolean holds(Cond.Relation relation, int left, int right) {
        Rounded x = r[left].closed(type);
        Rounded y = r[right].closed(type);
        if (x.exact().isUndefined() || y.exact().isUndefined()) {
            return relation == Cond.Relation.NOT_EQUAL;
        }
        boolean orders = relation == Cond.Relation.LESS || relation == Cond.Relation.LESS_EQUAL;
        if (left != right && !(x.isSame(y) && !x.exact().isExact())) {
            note(relation, x, y, orders);
        }
        return relation.holds(DoubleDouble.compare(x.exact().mid(), y.exact().mid()), 0);
    }

    /**
     * Records a comparison if it is open or near. A tie of numbers that every implementation has exactly is open only
     * where their order matters ({@code jumps}); otherwise it is a test of data.
     */
    private void note(Cond.Relation relation, Rounded x, Rounded y, boolean jumps) {
        boolean sameInfinity = x.exact().isInfinite()
                && x.exact().mid().hi() == y.exact().mid().hi();
        boolean isGiven = x.error() == 0
                && y.error() == 0
                && x.exact().isExact()
                && y.exact().isExact();
        boolean open = !sameInfinity && !x.isApart(y) && (jumps || !isGiven);
        boolean near = distance > 0 && x.spread(y) <= distance && (jumps || !isGiven);
        if ((open || near) && !onlyTraces) {
            doubts.met().add(new Doubts.Met(relation, x, y, open, x.exact().isApart(y.exact())));
        }
    }

    // Open comparisons

    @Override
    public void begin(Assignment equation) {
        doubts.begin(equation);
    }

    @Override
    public int mark() {
        return doubts.met().size();
    }

    @Override
    public boolean isOpen(int mark) {
        return doubts.isOpen(mark);
    }

    @Override
    public void forget(int mark) {
        doubts.forget(mark);
    }

    @Override
    public void settle(int mark, int chosen, int other) {
        Rounded x = r[chosen].closed(type);
        Rounded y = r[other].closed(type);
        double slack = 0;
        boolean isDecided = true;
        for (Doubts.Met met : doubts.met().subList(mark, doubts.met().size())) {
            slack = Math.max(slack, met.open() ? met.left().spread(met.right()) : 0);
            isDecided &= met.decided();
        }
        boolean isTie = x.isSame(y) || (x.exact().isZero() && y.exact().isZero() && x.error() == y.error());
        double spread = isTie ? 0 : x.spread(y);
        if (spread <= STEEP * slack && spread < Double.POSITIVE_INFINITY) {
            r[chosen] = x.joined(y, isDecided, spread);
            doubts.forget(mark);
        }
    }

    @Override
    public void found(int mark) {
        doubts.found(mark);
    }

    @Override
    public boolean isOpen() {
        return doubts.isOpen();
    }

    /** The element depends on what decides whether it is written. */
    @Override
    public void passedOver(int tensor, int offset) {
        Rounded[] elements = elements(tensor);
        elements[offset] = elements[offset].with(doubts.settled(offset));
    }

    @Override
    public void readInteger(int tensor, int offset) {
        doubts.readInteger(tensor, offset);
    }

    @Override
    public void wroteInteger(int tensor, int offset, List<Long> alternatives) {
        doubts.wroteInteger(tensor, offset, alternatives);
    }

    @Override
    public List<Long> alternatives(int tensor, int offset) {
        return doubts.alternatives(tensor, offset);
    }

    @Override
    public void onlyTrace(boolean only) {
        onlyTraces = only;
    }
}
