package devml.reference;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Loop;
import devml.equation.Numbers;
import devml.equation.Real;
import devml.equation.Statement;
import devml.equation.Uncertain;
import devml.equation.View;
import devml.fault.Fault;
import java.util.List;

/**
 * Runs one equation in a number system, point by point in lexicographic order: the reference that defines what an
 * equation means. Integers are exact. Real numbers live on a stack of registers of the number system: evaluating an
 * expression pushes its value.
 */
public class Interpreter extends Integers {
    final Assignment equation;
    private final Numbers numbers;
    final long[][] integers;
    int top;

    Interpreter(Assignment equation, Numbers numbers, long[][] integers) {
        super(equation.slots());
        this.equation = equation;
        this.numbers = numbers;
        this.integers = integers;
    }

    /**
     * Runs an equation over all points of its box, or the equations of a loop step by step.
     *
     * @param numbers holds the tensors of real numbers
     * @param integers the tensors of integers, by the same numbering
     * @throws Fault if a subscript that depends on data leaves its tensor, a maximum or minimum has no points, or an
     *     integer overflows
     */
    public static void run(Statement statement, Numbers numbers, long[][] integers) {
        switch (statement) {
            case Assignment equation -> of(equation, numbers, integers).run();
            case Loop loop -> {
                List<Interpreter> body = loop.body().stream()
                        .map(equation -> of(equation, numbers, integers))
                        .toList();
                loop.steps()
                        .forEach(step -> body.forEach(equation -> {
                            equation.index[loop.slot()] = step;
                            equation.run();
                        }));
            }
        }
    }

    private static Interpreter of(Assignment equation, Numbers numbers, long[][] integers) {
        return numbers instanceof Uncertain uncertain
                ? new TracingInterpreter(equation, uncertain, integers)
                : new Interpreter(equation, numbers, integers);
    }

    private void run() {
        try {
            runPoints();
        } catch (ArithmeticException e) {
            throw Fault.at(equation.place(), Integers.reason(e));
        }
    }

    void runPoints() {
        forEachPoint(equation.box(), this::point);
    }

    final void point() {
        int tensor = equation.target().tensor();
        int offset = target();
        switch (equation.value()) {
            case Int e -> write(tensor, offset, integer(e));
            case Real e -> {
                real(e);
                if (equation.accumulates()) {
                    numbers.add(--top, tensor, offset);
                } else {
                    numbers.store(--top, tensor, offset);
                }
            }
        }
    }

    int target() {
        return element(equation.target(), equation.subscripts());
    }

    void write(int tensor, int offset, long value) {
        integers[tensor][offset] = equation.accumulates() ? Math.addExact(integers[tensor][offset], value) : value;
    }

    final void forEachPoint(Box box, Runnable body) {
        if (box.size() > 0) {
            box.reset(index);
            do {
                if (holds(box.guard())) {
                    body.run();
                }
            } while (box.advance(index));
        }
    }

    /** Pushes the value of an expression onto the stack. */
    final void real(Real e) {
        switch (e) {
            case Real.Constant(double value) -> numbers.constant(top++, value);
            case Real.Precise precise -> numbers.constant(top++, precise);
            case Real.FromInt(Int value) -> numbers.integer(top++, integer(value));
            case Real.Read(View view, List<Int> subscripts) ->
                numbers.load(top++, view.tensor(), element(view, subscripts));
            case Real.Unary(Real.Function function, Real operand) -> {
                real(operand);
                numbers.apply(function, top - 1);
            }
            case Real.Binary(Real.Op op, Real left, Real right) -> {
                real(left);
                real(right);
                combine(op);
            }
            case Real.Power(Real base, int exponent) -> power(base, exponent);
            case Real.Detached(Real value, Real carrier) -> {
                real(value);
                if (numbers.hasDerivatives()) {
                    real(carrier);
                    numbers.detach(top - 2, --top);
                }
            }
            case Real.Select choice -> choose(choice);
            case Real.Reduce(Real.Fold fold, Box box, Real body) -> {
                switch (fold) {
                    case SUM -> accumulate(0, Real.Op.ADD, box, body);
                    case PRODUCT -> accumulate(1, Real.Op.MULTIPLY, box, body);
                    case MAX -> extreme(Real.Op.MAX, box, body);
                    case MIN -> extreme(Real.Op.MIN, box, body);
                    case LOG_SUM_EXP -> logSumExp(box, body);
                }
            }
        }
    }

    void choose(Real.Select choice) {
        real(holds(choice.condition()) ? choice.yes() : choice.no());
    }

    /** Replaces the two topmost values by the result of an operation on them. */
    private void combine(Real.Op op) {
        top--;
        numbers.apply(op, top - 1, top);
    }

    private void power(Real base, int exponent) {
        numbers.constant(top++, 1);
        real(base);
        for (int i = 0; i < Math.abs(exponent); i++) {
            numbers.apply(Real.Op.MULTIPLY, top - 2, top - 1);
        }
        if (exponent < 0) {
            numbers.copy(top - 2, top - 1);
            numbers.constant(top - 2, 1);
            combine(Real.Op.DIVIDE);
        } else {
            top--;
        }
    }

    private void accumulate(double start, Real.Op op, Box box, Real body) {
        numbers.constant(top++, start);
        forEachPoint(box, () -> {
            real(body);
            combine(op);
        });
    }

    private void extreme(Real.Op op, Box box, Real body) {
        int result = top;
        forEachPoint(box, () -> {
            real(body);
            if (top > result + 1) {
                numbers.extreme(op, result, --top);
            }
        });
        if (top == result) {
            throw new ArithmeticException("a maximum or minimum over no points" + describePoint());
        }
    }

    /**
     * Pushes log(sum(exp(e))). The greatest e is subtracted first so that nothing overflows; if it is infinite, it is
     * the result.
     */
    private void logSumExp(Box box, Real body) {
        accumulate(Double.NEGATIVE_INFINITY, Real.Op.MAX, box, body);
        numbers.constant(top, Double.POSITIVE_INFINITY);
        numbers.constant(top + 1, Double.NEGATIVE_INFINITY);
        if (numbers.holds(Cond.Relation.EQUAL, top - 1, top) || numbers.holds(Cond.Relation.EQUAL, top - 1, top + 1)) {
            return;
        }
        int shift = top - 1;
        numbers.constant(top++, 0);
        forEachPoint(box, () -> {
            real(body);
            numbers.apply(Real.Op.SUBTRACT, top - 1, shift);
            numbers.apply(Real.Function.EXP, top - 1);
            combine(Real.Op.ADD);
        });
        numbers.apply(Real.Function.LOG, top - 1);
        combine(Real.Op.ADD);
    }

    @Override
    protected boolean compare(Cond.CompareReals comparison) {
        real(comparison.left());
        real(comparison.right());
        top -= 2;
        return numbers.holds(comparison.relation(), top, top + 1);
    }

    @Override
    protected long argReduce(Int.ArgReduce reduction) {
        long[] place = {-1, -1}; // the position of the current point, and that of the best value so far
        Box box = reduction.box();
        int best = top;
        forEachPoint(new Box(box.slots(), box.extents(), Cond.TRUE), () -> {
            place[0]++;
            if (!holds(box.guard())) {
                return;
            }
            real(reduction.body());
            if (place[1] < 0 || beats(reduction.greatest(), top - 1, best)) {
                numbers.copy(--top, best);
                place[1] = place[0];
            }
            top = best + 1;
        });
        top = best;
        if (place[1] < 0) {
            throw new ArithmeticException("argmax or argmin over no points" + describePoint());
        }
        return place[1];
    }

    /**
     * Whether the candidate beats the best value: strictly, so that the first of equal values stays; NaN beats every
     * number.
     */
    final boolean beats(boolean greatest, int candidate, int best) {
        boolean wins = numbers.holds(Cond.Relation.LESS, greatest ? best : candidate, greatest ? candidate : best);
        return wins || (isNaN(candidate) && !isNaN(best));
    }

    private boolean isNaN(int register) {
        return numbers.holds(Cond.Relation.NOT_EQUAL, register, register);
    }

    @Override
    protected long read(Int.Read read) {
        return integers[read.view().tensor()][element(read.view(), read.subscripts())];
    }

    final int element(View view, List<Int> subscripts) {
        int offset = offset(view, subscripts);
        if (offset < 0) {
            throw new ArithmeticException("%s%s lies outside of its extents %s%s"
                    .formatted(
                            view.name(),
                            subscripts.stream().map(this::integer).toList(),
                            view.extents(),
                            describePoint()));
        }
        return offset;
    }

    final String describePoint() {
        return ", at the point "
                + equation.box().slots().stream().map(slot -> index[slot]).toList() + " of the equation";
    }
}
