package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Real;
import devml.fault.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Runs an equation strip by strip: each node of an expression works on many consecutive values of one index, the lane,
 * before the next node does, so that walking the expression costs nothing measurable (MonetDB/X100: Boncz, Zukowski and
 * Nes 2005). Without a lane, a strip is one number long, and reductions run their last index in lanes instead.
 */
final class StripMachine extends Integers {
    private static final int NONE = -1;

    private final Assignment equation;
    private final Lanes lanes;
    private final long[][] integers;
    private final Subscripts subscripts = new Subscripts(this);

    /** The index in the lanes, its value in lane 0, and the lanes that take part. */
    private int lane = NONE;

    private long first;
    private int low;
    private int high = 1;
    private boolean[] mask;

    private int top;

    StripMachine(Assignment equation, Lanes lanes, long[][] integers) {
        super(equation.slots());
        this.equation = equation;
        this.lanes = lanes;
        this.integers = integers;
    }

    /**
     * Runs the equation over the part of its points at which its outermost index lies in a range.
     *
     * @param laneSlot the index to run in lanes; -1 for none
     * @param from the first value of the outermost index, if that is not the lane
     * @param to the value after the last
     */
    void run(int laneSlot, int from, int to) {
        try {
            Box box = equation.box();
            if (laneSlot == NONE) {
                overPoints(box, from, to, () -> assign(equation.box().guard()));
            } else {
                int at = box.slots().indexOf(laneSlot);
                int extent = box.extents().get(at);
                List<Integer> slots = new ArrayList<>(box.slots());
                List<Integer> extents = new ArrayList<>(box.extents());
                slots.subList(at, at + 1).clear();
                extents.subList(at, at + 1).clear();
                Box outer = new Box(slots, extents, Cond.TRUE);
                overPoints(outer, from, to, () -> overStrips(laneSlot, extent, () -> assign(box.guard())));
            }
        } catch (ArithmeticException e) {
            throw Fault.at(equation.place(), e.getMessage());
        }
    }

    /** Visits the points of a box at which its first index lies in a range; a box without indices has one point. */
    private void overPoints(Box box, int from, int to, Runnable body) {
        if (box.slots().isEmpty()) {
            body.run();
            return;
        }
        if (box.size() == 0 || from >= to) {
            return;
        }
        box.reset(index);
        int outermost = box.slots().getFirst();
        index[outermost] = from;
        do {
            if (index[outermost] >= to) {
                break;
            }
            body.run();
        } while (box.advance(index));
        box.reset(index);
    }

    private void overStrips(int slot, int extent, Runnable body) {
        lane = slot;
        for (int start = 0; start < extent; start += Lanes.WIDTH) {
            first = start;
            low = 0;
            high = Math.min(Lanes.WIDTH, extent - start);
            body.run();
        }
        lane = NONE;
        low = 0;
        high = 1;
    }

    private void assign(Cond guard) {
        int beforeLow = low;
        int beforeHigh = high;
        boolean[] beforeMask = mask;
        if (restrict(guard)) {
            switch (equation.value()) {
                case Real real -> {
                    real(real);
                    top--;
                    subscripts.store(equation, top);
                }
                case Int integer -> subscripts.store(equation, integer);
            }
        }
        low = beforeLow;
        high = beforeHigh;
        mask = beforeMask;
    }

    // Real numbers: each method pushes one register

    private void real(Real e) {
        switch (e) {
            case Real.Constant(double value) -> lanes.fill(top++, low, high, value);
            case Real.FromInt(Int value) -> lanes.integers(top++, low, high, integers(value));
            case Real.Read read -> subscripts.load(read, top++);
            case Real.Unary(Real.Function function, Real operand) -> {
                real(operand);
                lanes.apply(function, top - 1, low, high);
            }
            case Real.Binary(Real.Op op, Real left, Real right) -> {
                real(left);
                real(right);
                combine(op);
            }
            case Real.Power(Real base, int exponent) -> power(base, exponent);
            case Real.Select select -> select(select);
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> {
                switch (fold) {
                    case SUM -> fold(Real.Op.ADD, 0, box, body);
                    case PRODUCT -> fold(Real.Op.MULTIPLY, 1, box, body);
                    case MAX -> extreme(Real.Op.MAX, box, body);
                    case MIN -> extreme(Real.Op.MIN, box, body);
                    case LOG_SUM_EXP -> logSumExp(box, body);
                }
            }
        }
    }

    private void combine(Real.Op op) {
        top--;
        lanes.apply(op, top - 1, top, low, high);
    }

    private void power(Real base, int exponent) {
        real(base);
        int value = top - 1;
        if (exponent == 2) {
            lanes.apply(Real.Op.MULTIPLY, value, value, low, high);
            return;
        }
        lanes.fill(top++, low, high, 1);
        for (int i = 0; i < Math.abs(exponent); i++) {
            lanes.apply(Real.Op.MULTIPLY, top - 1, value, low, high);
        }
        if (exponent < 0) {
            lanes.fill(value, low, high, 1);
            combine(Real.Op.DIVIDE);
        } else {
            lanes.copy(top - 1, value, low, high);
            top--;
        }
    }

    /** Evaluates only what some lane takes. */
    private void select(Real.Select e) {
        boolean[] holds = conditions(e.condition());
        boolean any = false;
        boolean all = true;
        for (int i = low; i < high; i++) {
            any |= holds[i] && takesPart(i);
            all &= holds[i] || !takesPart(i);
        }
        if (all) {
            real(e.yes());
        } else if (any) {
            masked(not(holds), () -> real(e.no()));
            masked(holds, () -> real(e.yes()));
            top--;
            lanes.copyWhere(holds, top, top - 1, low, high);
        } else {
            real(e.no());
        }
    }

    private void masked(boolean[] condition, Runnable work) {
        boolean[] before = mask;
        mask = both(before, condition);
        work.run();
        mask = before;
    }

    private boolean[] both(boolean[] a, boolean[] b) {
        if (a == null) {
            return b;
        }
        boolean[] both = new boolean[high];
        for (int i = low; i < high; i++) {
            both[i] = a[i] && b[i];
        }
        return both;
    }

    /**
     * Lets only those lanes take part in which a condition holds.
     *
     * @return false if there is none
     */
    private boolean restrict(Cond guard) {
        if (guard.equals(Cond.TRUE)) {
            return low < high;
        }
        if (lane == NONE) {
            return holds(guard);
        }
        return switch (guard) {
            case Cond.And(Cond left, Cond right) -> restrict(left) && restrict(right);
            case Cond.CompareInts comparison when subscripts.restrict(comparison) -> low < high;
            case Cond other -> {
                mask = both(mask, conditions(other));
                boolean any = false;
                for (int i = low; i < high; i++) {
                    any |= mask[i];
                }
                yield any;
            }
        };
    }

    /** Runs the body for each point of a reduction, with the lanes narrowed to those that its guard lets through. */
    private void forEachPoint(Box box, Runnable body) {
        int beforeLow = low;
        int beforeHigh = high;
        boolean[] beforeMask = mask;
        box.reset(index);
        do {
            if (restrict(box.guard())) {
                body.run();
            }
            low = beforeLow;
            high = beforeHigh;
            mask = beforeMask;
        } while (box.advance(index));
    }

    /** Folds the body over a box into a new register that starts with a neutral value. */
    private void fold(Real.Op op, double neutral, Box box, Real body) {
        int result = top++;
        lanes.fill(result, low, high, neutral);
        boolean reducesLanes = reducesLanes(box);
        visit(box, () -> {
            real(body);
            join(op, neutral, result, reducesLanes);
        });
    }

    /** As {@link #fold}, but it is an error if a lane has no point. */
    private void extreme(Real.Op op, Box box, Real body) {
        double neutral = op == Real.Op.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        int result = top++;
        lanes.fill(result, low, high, neutral);
        boolean[] seen = new boolean[high];
        boolean reducesLanes = reducesLanes(box);
        visit(box, () -> {
            real(body);
            join(op, neutral, result, reducesLanes);
            for (int i = reducesLanes ? 0 : low; i < (reducesLanes ? 1 : high); i++) {
                seen[i] |= reducesLanes || takesPart(i);
            }
        });
        for (int i = low; i < high; i++) {
            if (!seen[i] && takesPart(i)) {
                throw new ArithmeticException("a maximum or minimum over no points");
            }
        }
    }

    /** As the reference does it: shifted by the greatest; where that is infinite, it is the result. */
    private void logSumExp(Box box, Real body) {
        int shift = top;
        fold(Real.Op.MAX, Double.NEGATIVE_INFINITY, box, body);
        int sum = top++;
        lanes.fill(sum, low, high, 0);
        boolean reducesLanes = reducesLanes(box);
        visit(box, () -> {
            real(body);
            if (reducesLanes) {
                lanes.spread(shift, top, low, high);
            } else {
                lanes.copy(shift, top, low, high);
            }
            lanes.apply(Real.Op.SUBTRACT, top - 1, top, low, high);
            lanes.apply(Real.Function.EXP, top - 1, low, high);
            join(Real.Op.ADD, 0, sum, reducesLanes);
        });
        lanes.apply(Real.Function.LOG, sum, low, high);
        lanes.apply(Real.Op.ADD, sum, shift, low, high);
        lanes.copyWhere(finite(shift), sum, shift, low, high);
        top--;
    }

    private boolean[] finite(int register) {
        boolean[] finite = new boolean[high];
        boolean[] equal = new boolean[high];
        Arrays.fill(finite, true);
        for (double bound : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            lanes.fill(top, low, high, bound);
            lanes.compare(Cond.Relation.EQUAL, register, top, low, high, equal);
            for (int i = low; i < high; i++) {
                finite[i] &= !equal[i];
            }
        }
        return finite;
    }

    /** Whether a reduction that starts now runs its last index in lanes. */
    private boolean reducesLanes(Box box) {
        return lane == NONE && !box.slots().isEmpty();
    }

    /** Visits the points of a reduction: with a lane, one after another; without, the last index in lanes. */
    private void visit(Box box, Runnable body) {
        if (box.size() == 0) {
            return;
        }
        if (!reducesLanes(box)) {
            forEachPoint(box, body);
            return;
        }
        int last = box.slots().size() - 1;
        Box outer = new Box(box.slots().subList(0, last), box.extents().subList(0, last), Cond.TRUE);
        boolean[] before = mask;
        outer.reset(index);
        do {
            overStrips(box.slots().get(last), box.extents().get(last), () -> {
                mask = null;
                if (restrict(box.guard())) {
                    body.run();
                }
            });
        } while (outer.advance(index));
        mask = before;
    }

    /** Joins the topmost register to a result: lane by lane if the result has lanes, else all lanes into one number. */
    private void join(Real.Op op, double neutral, int result, boolean reducesLanes) {
        top--;
        if (mask != null) {
            lanes.fill(top + 1, low, high, neutral);
            lanes.copyWhere(mask, top, top + 1, low, high);
            lanes.copy(top + 1, top, low, high);
        }
        if (reducesLanes) {
            lanes.fold(op, top, low, high);
            lanes.apply(op, result, top, 0, 1);
        } else {
            lanes.apply(op, result, top, low, high);
        }
    }

    // Integers and conditions, lane by lane

    /** The value of an integer expression in each lane that takes part. */
    long[] integers(Int e) {
        long[] values = new long[high];
        if (lane == NONE || !subscripts.usesLane(e, lane)) {
            Arrays.fill(values, low, high, alone(() -> integer(e)));
            return values;
        }
        switch (e) {
            case Int.Index _ -> {
                for (int i = low; i < high; i++) {
                    values[i] = first + i;
                }
            }
            case Int.Binary(Int.Op op, Int left, Int right) -> {
                long[] a = integers(left);
                long[] b = integers(right);
                for (int i = low; i < high; i++) {
                    values[i] = takesPart(i) ? apply(op, a[i], b[i]) : 0;
                }
            }
            case Int.ArgReduce reduction -> argReduce(reduction, values);
            case Int.Constant _, Int.Select _, Int.Read _, Int.Count _, Int.Reduce _ ->
                forEachLane(i -> values[i] = integer(e));
        }
        return values;
    }

    /** Whether a condition holds, in each lane that takes part. */
    private boolean[] conditions(Cond c) {
        boolean[] holds = new boolean[high];
        switch (c) {
            case Cond.Constant(boolean value) -> Arrays.fill(holds, low, high, value);
            case Cond.And(Cond left, Cond right) -> {
                boolean[] a = conditions(left);
                masked(a, () -> System.arraycopy(both(a, conditions(right)), low, holds, low, high - low));
            }
            case Cond.Or(Cond left, Cond right) -> {
                boolean[] a = conditions(left);
                boolean[] not = not(a);
                masked(not, () -> System.arraycopy(conditions(right), low, holds, low, high - low));
                for (int i = low; i < high; i++) {
                    holds[i] |= a[i];
                }
            }
            case Cond.Not(Cond operand) -> {
                return not(conditions(operand));
            }
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) -> {
                long[] a = integers(left);
                long[] b = integers(right);
                for (int i = low; i < high; i++) {
                    holds[i] = relation.holds(a[i], b[i]);
                }
            }
            case Cond.CompareReals(Cond.Relation relation, Real left, Real right) -> {
                real(left);
                real(right);
                top -= 2;
                lanes.compare(relation, top, top + 1, low, high, holds);
            }
        }
        return holds;
    }

    private boolean[] not(boolean[] condition) {
        boolean[] not = new boolean[high];
        for (int i = low; i < high; i++) {
            not[i] = !condition[i];
        }
        return not;
    }

    /** The first greatest (or least) of each lane; see {@link Int.ArgReduce}. */
    private void argReduce(Int.ArgReduce reduction, long[] places) {
        Box box = reduction.box();
        int best = top++;
        boolean[] wins = new boolean[high];
        boolean[] candidateNaN = new boolean[high];
        boolean[] bestNaN = new boolean[high];
        Arrays.fill(places, low, high, NONE);
        long[] place = {-1};
        forEachPoint(new Box(box.slots(), box.extents(), Cond.TRUE), () -> {
            place[0]++;
            if (!restrict(box.guard())) {
                return;
            }
            real(reduction.body());
            int candidate = --top;
            boolean greatest = reduction.greatest();
            lanes.compare(
                    Cond.Relation.LESS, greatest ? best : candidate, greatest ? candidate : best, low, high, wins);
            lanes.compare(Cond.Relation.NOT_EQUAL, candidate, candidate, low, high, candidateNaN);
            lanes.compare(Cond.Relation.NOT_EQUAL, best, best, low, high, bestNaN);
            for (int i = low; i < high; i++) {
                wins[i] = takesPart(i) && (places[i] < 0 || wins[i] || (candidateNaN[i] && !bestNaN[i]));
                places[i] = wins[i] ? place[0] : places[i];
            }
            lanes.copyWhere(wins, candidate, best, low, high);
        });
        top--;
        for (int i = low; i < high; i++) {
            if (places[i] < 0 && takesPart(i)) {
                throw new ArithmeticException("argmax or argmin over no points");
            }
        }
    }

    boolean takesPart(int i) {
        return mask == null || mask[i];
    }

    /** Works on each lane that takes part, one after another, its index set to its value. */
    void forEachLane(IntConsumer work) {
        int from = low;
        int to = high;
        for (int i = from; i < to; i++) {
            if (takesPart(i)) {
                int at = i;
                index[lane] = first + i;
                alone(() -> {
                    work.accept(at);
                    return 0;
                });
            }
        }
        index[lane] = 0;
    }

    /** Works something out without lanes. */
    private long alone(LongSupplier work) {
        int beforeLane = lane;
        int beforeLow = low;
        int beforeHigh = high;
        boolean[] beforeMask = mask;
        lane = NONE;
        low = 0;
        high = 1;
        mask = null;
        long result = work.getAsLong();
        lane = beforeLane;
        low = beforeLow;
        high = beforeHigh;
        mask = beforeMask;
        return result;
    }

    // Without lanes: one number

    @Override
    protected boolean compare(Cond.CompareReals comparison) {
        boolean[] result = new boolean[1];
        alone(() -> {
            real(comparison.left());
            real(comparison.right());
            top -= 2;
            lanes.compare(comparison.relation(), top, top + 1, 0, 1, result);
            return 0;
        });
        return result[0];
    }

    @Override
    protected long argReduce(Int.ArgReduce reduction) {
        return alone(() -> {
            long[] place = new long[1];
            argReduce(reduction, place);
            return place[0];
        });
    }

    @Override
    protected long read(Int.Read read) {
        return integers[read.view().tensor()][subscripts.element(read.view(), read.subscripts())];
    }

    // What subscripts need to know of the strip

    int lane() {
        return lane;
    }

    long firstLane() {
        return first;
    }

    int low() {
        return low;
    }

    int high() {
        return high;
    }

    void narrow(int newLow, int newHigh) {
        low = newLow;
        high = Math.max(newLow, newHigh);
    }

    long[] index() {
        return index;
    }

    Lanes lanes() {
        return lanes;
    }

    long[] integerTensor(int tensor) {
        return integers[tensor];
    }

    boolean hasMask() {
        return mask != null;
    }
}
