package devml.reference;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Uncertain;
import devml.equation.Uses;
import devml.equation.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The interpreter for uncertain numbers: it computes the same as {@link Interpreter} and tells the numbers which
 * results depend on which comparisons. For that it also evaluates what was not chosen.
 */
final class TracingInterpreter extends Interpreter {
    private final Uncertain numbers;

    /** The other positions that the last argmax or argmin might have yielded. */
    private List<Long> rivals = List.of();

    TracingInterpreter(Assignment equation, Uncertain numbers, long[][] integers) {
        super(equation, numbers, integers);
        this.numbers = numbers;
    }

    @Override
    void runPoints() {
        visitPoints();
        if (equation.value() instanceof Real) {
            followAlternatives();
        }
    }

    private void visitPoints() {
        Box box = equation.box();
        if (box.size() > 0) {
            box.reset(index);
            do {
                numbers.begin(equation);
                if (holds(box.guard())) {
                    point();
                } else if (numbers.isOpen()) {
                    numbers.passedOver(equation.target().tensor(), target());
                }
            } while (box.advance(index));
        }
    }

    /**
     * If integers that might have other values determine which elements are written, visits all points again with those
     * other values, so that the elements that would have been written also depend on the comparison.
     */
    private void followAlternatives() {
        Set<Integer> addresses = new LinkedHashSet<>();
        Consumer<Value> seen = part -> {
            if (part instanceof Int.Read read) {
                addresses.add(read.view().tensor());
            }
        };
        Uses.walk(equation.box().guard(), seen);
        equation.subscripts().forEach(subscript -> Uses.walk(subscript, seen));
        numbers.onlyTrace(true);
        for (int tensor : addresses) {
            long[] chosen = integers[tensor];
            for (int round = 0; ; round++) {
                long[] others = others(tensor, round);
                if (others.length == 0) {
                    break;
                }
                integers[tensor] = others;
                visitPoints();
                integers[tensor] = chosen;
            }
        }
        numbers.onlyTrace(false);
    }

    /** Returns the tensor with the next alternative at every element that has one; empty if no element has another. */
    private long[] others(int tensor, int round) {
        long[] others = integers[tensor].clone();
        boolean found = false;
        for (int offset = 0; offset < others.length; offset++) {
            List<Long> alternatives = numbers.alternatives(tensor, offset);
            if (round < alternatives.size()) {
                others[offset] = alternatives.get(round);
                found = true;
            }
        }
        return found ? others : new long[0];
    }

    @Override
    int target() {
        int mark = numbers.mark();
        int offset = super.target();
        numbers.found(mark);
        return offset;
    }

    @Override
    void write(int tensor, int offset, long value) {
        super.write(tensor, offset, value);
        numbers.wroteInteger(tensor, offset, equation.value() instanceof Int.ArgReduce ? rivals : List.of());
    }

    @Override
    protected long read(Int.Read read) {
        numbers.readInteger(read.view().tensor(), element(read.view(), read.subscripts()));
        return super.read(read);
    }

    @Override
    void choose(Real.Select choice) {
        int mark = numbers.mark();
        boolean holds = holds(choice.condition());
        real(holds ? choice.yes() : choice.no());
        if (!numbers.isOpen(mark)) {
            return;
        }
        int chosen = top - 1;
        try {
            real(holds ? choice.no() : choice.yes());
            numbers.settle(mark, chosen, chosen + 1);
        } catch (ArithmeticException noSuchElement) {
            // The value that was not chosen does not exist, so the comparison stays open.
        }
        top = chosen + 1;
    }

    @Override
    protected long argReduce(Int.ArgReduce reduction) {
        rivals = List.of();
        int mark = numbers.mark();
        long place = super.argReduce(reduction);
        if (numbers.mark() > mark) {
            numbers.forget(mark);
            rivals = rivals(reduction, place);
        }
        return place;
    }

    /** Returns the positions whose values might beat the best one. */
    private List<Long> rivals(Int.ArgReduce reduction, long place) {
        List<Long> found = new ArrayList<>();
        Box box = reduction.box();
        int best = top;
        long[] at = {-1};
        Box all = new Box(box.slots(), box.extents(), Cond.TRUE);
        forEachPoint(all, () -> {
            if (++at[0] == place) {
                real(reduction.body());
            }
        });
        at[0] = -1;
        forEachPoint(all, () -> {
            at[0]++;
            if (at[0] == place || !holds(box.guard())) {
                return;
            }
            int mark = numbers.mark();
            real(reduction.body());
            beats(reduction.greatest(), --top, best);
            if (numbers.isOpen(mark)) {
                found.add(at[0]);
            }
        });
        top = best;
        return List.copyOf(found);
    }
}
