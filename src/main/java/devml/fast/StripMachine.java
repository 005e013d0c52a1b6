package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Real;
import devml.fault.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs an equation strip by strip: each node of an expression works on many consecutive values of one index before the
 * next node does, so that walking the expression costs nothing measurable (MonetDB/X100: Boncz, Zukowski and Nes 2005).
 * Without an index in the lanes, a strip is one number, and reductions run their last index in lanes instead.
 *
 * <p>Registers are a stack: evaluating an expression pushes one.
 */
final class StripMachine {
    private final Assignment equation;
    private final Lanes lanes;
    private final StripIntegers integers;
    private final Strip strip;
    private final long[] index;
    private int top;

    StripMachine(Assignment equation, Lanes lanes, long[][] integerTensors) {
        this.equation = equation;
        this.lanes = lanes;
        this.integers = new StripIntegers(equation.slots(), this, integerTensors);
        this.strip = integers.strip();
        this.index = integers.index();
    }

    /**
     * Runs the equation over the part of its points at which its outermost index lies in a range.
     *
     * @param lane the index to run in lanes; {@link Strip#NONE} if reductions have theirs
     * @param from the first value of the outermost index that is not in the lanes
     * @param to the value after the last
     */
    void run(int lane, int from, int to) {
        Box box = equation.box();
        try {
            if (lane == Strip.NONE) {
                overPoints(box, from, to, this::assign);
            } else {
                int at = box.slots().indexOf(lane);
                int extent = box.extents().get(at);
                overPoints(without(box, at), from, to, () -> strip.over(lane, extent, this::assign));
            }
        } catch (ArithmeticException e) {
            throw Fault.at(equation.place(), Integers.reason(e));
        }
    }

    private static Box without(Box box, int at) {
        List<Integer> slots = new ArrayList<>(box.slots());
        List<Integer> extents = new ArrayList<>(box.extents());
        slots.subList(at, at + 1).clear();
        extents.subList(at, at + 1).clear();
        return new Box(slots, extents, Cond.TRUE);
    }

    /** Visits the points of a box at which its first index lies in a range; a box without indices has one point. */
    private void overPoints(Box box, int from, int to, Runnable body) {
        if (box.size() == 0 || from >= to) {
            return;
        }
        box.reset(index);
        if (box.slots().isEmpty()) {
            body.run();
            return;
        }
        int outermost = box.slots().getFirst();
        index[outermost] = from;
        do {
            body.run();
        } while (box.advance(index) && index[outermost] < to);
        box.reset(index);
    }

    private void assign() {
        strip.scoped(() -> {
            if (integers.restrict(equation.box().guard())) {
                switch (equation.value()) {
                    case Real real -> {
                        push(real);
                        integers.subscripts().store(equation, --top);
                    }
                    case Int integer -> integers.subscripts().store(equation, integer);
                }
            }
        });
    }

    Lanes lanes() {
        return lanes;
    }

    /** Evaluates an expression into the next register, in the lanes that take part. */
    void push(Real e) {
        switch (e) {
            case Real.Constant(double value) -> lanes.fill(top++, strip.low(), strip.high(), value);
            case Real.Precise precise -> lanes.fill(top++, strip.low(), strip.high(), precise.nearest());
            case Real.FromInt(Int value) -> lanes.integers(top++, strip.low(), strip.high(), integers.values(value));
            case Real.Read read -> integers.subscripts().load(read, top++);
            case Real.Unary(Real.Function function, Real operand) -> {
                push(operand);
                lanes.apply(function, top - 1, strip.low(), strip.high());
            }
            case Real.Binary(Real.Op op, Real left, Real right) -> {
                push(left);
                push(right);
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

    /** Takes the topmost register away, and returns its number. */
    int pop() {
        return --top;
    }

    /** Makes room for a register. */
    int reserve() {
        return top++;
    }

    private void combine(Real.Op op) {
        top--;
        lanes.apply(op, top - 1, top, strip.low(), strip.high());
    }

    /** As the reference does it: from 1, factor by factor. */
    private void power(Real base, int exponent) {
        int result = top++;
        lanes.fill(result, strip.low(), strip.high(), 1);
        push(base);
        for (int i = 0; i < Math.abs(exponent); i++) {
            lanes.apply(Real.Op.MULTIPLY, result, top - 1, strip.low(), strip.high());
        }
        if (exponent < 0) {
            lanes.copy(result, top - 1, strip.low(), strip.high());
            lanes.fill(result, strip.low(), strip.high(), 1);
            combine(Real.Op.DIVIDE);
        } else {
            top--;
        }
    }

    /** Evaluates only what some lane takes. */
    private void select(Real.Select e) {
        boolean[] holds = integers.conditions(e.condition());
        boolean[] fails = new boolean[strip.high()];
        boolean any = false;
        boolean all = true;
        for (int i = strip.low(); i < strip.high(); i++) {
            fails[i] = !holds[i];
            any |= holds[i] && strip.takesPart(i);
            all &= holds[i] || !strip.takesPart(i);
        }
        if (all || !any) {
            push(all ? e.yes() : e.no());
            return;
        }
        masked(fails, e.no());
        masked(holds, e.yes());
        top--;
        lanes.copyWhere(holds, top, top - 1, strip.low(), strip.high());
    }

    private void masked(boolean[] condition, Real e) {
        strip.scoped(() -> {
            strip.mask(condition);
            push(e);
        });
    }

    /** Whether a reduction that starts now runs its last index in lanes. */
    private boolean reducesLanes(Box box) {
        return !strip.hasLane() && !box.slots().isEmpty();
    }

    /** Visits the points of a reduction: with an index in the lanes, one after another; without, the last in lanes. */
    private void visit(Box box, Runnable body) {
        Runnable guarded = () -> {
            if (integers.restrict(box.guard())) {
                body.run();
            }
        };
        if (!reducesLanes(box)) {
            strip.forEachPoint(box, guarded);
            return;
        }
        int last = box.slots().size() - 1;
        strip.forEachPoint(
                without(box, last),
                () -> strip.over(box.slots().get(last), box.extents().get(last), guarded));
    }

    /** Joins the topmost register to a result: lane by lane if the result has lanes, else all lanes into one number. */
    private void join(Real.Op op, double neutral, int result, boolean reducesLanes) {
        int low = strip.low();
        int high = strip.high();
        top--;
        if (strip.hasMask()) {
            lanes.fill(top + 1, low, high, neutral);
            lanes.copyWhere(strip.mask(), top, top + 1, low, high);
            lanes.copy(top + 1, top, low, high);
        }
        if (reducesLanes) {
            lanes.fold(op, top, low, high);
            lanes.apply(op, result, top, 0, 1);
        } else {
            lanes.apply(op, result, top, low, high);
        }
    }

    /** Folds the body over a box into a new register that starts with a neutral value. */
    private void fold(Real.Op op, double neutral, Box box, Real body) {
        int result = top++;
        boolean reducesLanes = reducesLanes(box);
        lanes.fill(result, strip.low(), strip.high(), neutral);
        visit(box, () -> {
            push(body);
            join(op, neutral, result, reducesLanes);
        });
    }

    /** As {@link #fold}, but it is an error if a lane has no point. */
    private void extreme(Real.Op op, Box box, Real body) {
        double neutral = op == Real.Op.MAX ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        int result = top++;
        boolean reducesLanes = reducesLanes(box);
        boolean[] seen = new boolean[strip.high()];
        lanes.fill(result, strip.low(), strip.high(), neutral);
        visit(box, () -> {
            push(body);
            join(op, neutral, result, reducesLanes);
            for (int i = reducesLanes ? 0 : strip.low(); i < (reducesLanes ? 1 : strip.high()); i++) {
                seen[i] |= reducesLanes || strip.takesPart(i);
            }
        });
        for (int i = strip.low(); i < strip.high(); i++) {
            if (!seen[i] && strip.takesPart(i)) {
                throw new ArithmeticException("a maximum or minimum over no points");
            }
        }
    }

    /** As the reference does it: shifted by the greatest; where that is infinite, it is the result. */
    private void logSumExp(Box box, Real body) {
        int shift = top;
        fold(Real.Op.MAX, Double.NEGATIVE_INFINITY, box, body);
        int sum = top++;
        boolean reducesLanes = reducesLanes(box);
        lanes.fill(sum, strip.low(), strip.high(), 0);
        visit(box, () -> {
            push(body);
            if (reducesLanes) {
                lanes.spread(shift, top, strip.low(), strip.high());
            } else {
                lanes.copy(shift, top, strip.low(), strip.high());
            }
            lanes.apply(Real.Op.SUBTRACT, top - 1, top, strip.low(), strip.high());
            lanes.apply(Real.Function.EXP, top - 1, strip.low(), strip.high());
            join(Real.Op.ADD, 0, sum, reducesLanes);
        });
        lanes.apply(Real.Function.LOG, sum, strip.low(), strip.high());
        lanes.apply(Real.Op.ADD, sum, shift, strip.low(), strip.high());
        lanes.copyWhere(finite(shift), sum, shift, strip.low(), strip.high());
        top--;
    }

    private boolean[] finite(int register) {
        int low = strip.low();
        int high = strip.high();
        boolean[] finite = new boolean[high];
        boolean[] below = new boolean[high];
        lanes.fill(top, low, high, Double.POSITIVE_INFINITY);
        lanes.compare(Cond.Relation.NOT_EQUAL, register, top, low, high, finite);
        lanes.fill(top, low, high, Double.NEGATIVE_INFINITY);
        lanes.compare(Cond.Relation.NOT_EQUAL, register, top, low, high, below);
        for (int i = low; i < high; i++) {
            finite[i] &= below[i];
        }
        return finite;
    }
}
