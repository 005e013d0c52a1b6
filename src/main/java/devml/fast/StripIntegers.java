package devml.fast;

import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import java.util.Arrays;

/** The integers and conditions of an equation that runs strip by strip: lane by lane, or alone. */
final class StripIntegers extends Integers {
    private final StripMachine machine;
    private final long[][] tensors;
    private final Strip strip;
    private final Subscripts subscripts;

    /**
     * The indices all start at 0.
     *
     * @param tensors those of integers
     */
    StripIntegers(int slots, StripMachine machine, long[][] tensors) {
        super(slots);
        this.machine = machine;
        this.tensors = tensors;
        this.strip = new Strip(index);
        this.subscripts = new Subscripts(this, strip, machine.lanes());
    }

    Strip strip() {
        return strip;
    }

    long[] index() {
        return index;
    }

    Subscripts subscripts() {
        return subscripts;
    }

    long[] tensor(int number) {
        return tensors[number];
    }

    /**
     * Lets only those lanes take part in which a condition holds.
     *
     * @return false if there is none
     */
    boolean restrict(Cond guard) {
        if (guard.equals(Cond.TRUE)) {
            return true;
        }
        if (!strip.hasLane()) {
            return holds(guard);
        }
        return switch (guard) {
            case Cond.And(Cond left, Cond right) -> restrict(left) && restrict(right);
            case Cond.CompareInts comparison when subscripts.isRange(comparison) -> subscripts.restrict(comparison);
            case Cond other -> strip.mask(conditions(other));
        };
    }

    /** The value of an integer expression in each lane that takes part. */
    long[] values(Int e) {
        long[] values = new long[strip.high()];
        if (!strip.hasLane() || !subscripts.usesLane(e)) {
            Arrays.fill(values, strip.low(), strip.high(), strip.alone(() -> integer(e)));
            return values;
        }
        switch (e) {
            case Int.Index _ -> {
                for (int i = strip.low(); i < strip.high(); i++) {
                    values[i] = strip.first() + i;
                }
            }
            case Int.Binary(Int.Op op, Int left, Int right) -> {
                long[] a = values(left);
                long[] b = values(right);
                for (int i = strip.low(); i < strip.high(); i++) {
                    values[i] = strip.takesPart(i) ? apply(op, a[i], b[i]) : 0;
                }
            }
            case Int.ArgReduce reduction -> argReduce(reduction, values);
            case Int.Constant _, Int.Select _, Int.Read _, Int.Count _, Int.Reduce _ ->
                strip.forEachLane(i -> values[i] = integer(e));
        }
        return values;
    }

    /** Whether a condition holds, in each lane that takes part. */
    boolean[] conditions(Cond c) {
        boolean[] holds = new boolean[strip.high()];
        switch (c) {
            case Cond.Constant(boolean value) -> Arrays.fill(holds, value);
            case Cond.And(Cond left, Cond right) -> {
                boolean[] a = conditions(left);
                strip.scoped(() -> {
                    if (strip.mask(a)) {
                        System.arraycopy(conditions(right), 0, holds, 0, holds.length);
                    }
                });
                combine(holds, a, true);
            }
            case Cond.Or(Cond left, Cond right) -> {
                boolean[] a = conditions(left);
                strip.scoped(() -> {
                    if (strip.mask(not(a))) {
                        System.arraycopy(conditions(right), 0, holds, 0, holds.length);
                    }
                });
                combine(holds, a, false);
            }
            case Cond.Not(Cond operand) -> {
                return not(conditions(operand));
            }
            case Cond.CompareInts(Cond.Relation relation, Int left, Int right) -> {
                long[] a = values(left);
                long[] b = values(right);
                for (int i = strip.low(); i < strip.high(); i++) {
                    holds[i] = relation.holds(a[i], b[i]);
                }
            }
            case Cond.CompareReals comparison -> compare(comparison, holds);
        }
        return holds;
    }

    private static void combine(boolean[] holds, boolean[] with, boolean and) {
        for (int i = 0; i < holds.length; i++) {
            holds[i] = and ? holds[i] && with[i] : holds[i] || with[i];
        }
    }

    private static boolean[] not(boolean[] condition) {
        boolean[] not = new boolean[condition.length];
        for (int i = 0; i < not.length; i++) {
            not[i] = !condition[i];
        }
        return not;
    }

    private void compare(Cond.CompareReals comparison, boolean[] holds) {
        machine.push(comparison.left());
        machine.push(comparison.right());
        int right = machine.pop();
        int left = machine.pop();
        machine.lanes().compare(comparison.relation(), left, right, strip.low(), strip.high(), holds);
    }

    /** The first greatest (or least) of each lane; see {@link Int.ArgReduce}. */
    private void argReduce(Int.ArgReduce reduction, long[] places) {
        Box box = reduction.box();
        Lanes lanes = machine.lanes();
        int best = machine.reserve();
        boolean[] wins = new boolean[strip.high()];
        boolean[] candidateNaN = new boolean[strip.high()];
        boolean[] bestNaN = new boolean[strip.high()];
        Arrays.fill(places, -1);
        long[] place = {-1};
        strip.forEachPoint(box, () -> {
            place[0]++;
            if (!restrict(box.guard())) {
                return;
            }
            machine.push(reduction.body());
            int candidate = machine.pop();
            int less = reduction.greatest() ? best : candidate;
            int greater = reduction.greatest() ? candidate : best;
            lanes.compare(Cond.Relation.LESS, less, greater, strip.low(), strip.high(), wins);
            lanes.compare(Cond.Relation.NOT_EQUAL, candidate, candidate, strip.low(), strip.high(), candidateNaN);
            lanes.compare(Cond.Relation.NOT_EQUAL, best, best, strip.low(), strip.high(), bestNaN);
            for (int i = strip.low(); i < strip.high(); i++) {
                boolean better = places[i] < 0 || wins[i] || (candidateNaN[i] && !bestNaN[i]);
                wins[i] = better && strip.takesPart(i);
                places[i] = wins[i] ? place[0] : places[i];
            }
            lanes.copyWhere(wins, candidate, best, strip.low(), strip.high());
        });
        machine.pop();
        for (int i = strip.low(); i < strip.high(); i++) {
            if (places[i] < 0 && strip.takesPart(i)) {
                throw new ArithmeticException("argmax or argmin over no points");
            }
        }
    }

    // Alone: one number

    @Override
    protected boolean compare(Cond.CompareReals comparison) {
        return strip.alone(() -> {
                    boolean[] holds = new boolean[1];
                    compare(comparison, holds);
                    return holds[0] ? 1 : 0;
                })
                == 1;
    }

    @Override
    protected long argReduce(Int.ArgReduce reduction) {
        return strip.alone(() -> {
            long[] place = new long[1];
            argReduce(reduction, place);
            return place[0];
        });
    }

    @Override
    protected long read(Int.Read read) {
        return tensors[read.view().tensor()][subscripts.element(read.view(), read.subscripts())];
    }
}
