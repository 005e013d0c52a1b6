package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Int;
import devml.equation.Integers;
import devml.equation.Real;
import devml.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an equation runs strip by strip: which indices run in the lanes, in which loops, and what is done with a strip. */
final class StripPlan {
    private final Assignment equation;
    private final LaneShape shape;
    private final Loops loops;
    private final Guards guards;
    private final RealNode real;
    private final IntNode integer;
    private final Address target;
    private final Route route;

    /**
     * Plans an equation.
     *
     * @param equation one that accumulates only onto elements that its target's subscripts tell apart, or scatters
     */
    StripPlan(Assignment equation) {
        this.equation = equation;
        Map<Integer, Integer> extents = Access.extents(equation);
        this.shape = LaneChoice.of(equation);
        StripCompiler compiler = new StripCompiler(shape, extents);
        StripCompiler.Guarded guarded = compiler.guarded(equation.box());
        this.loops = guarded.loops();
        this.guards = guarded.guards();
        this.real = equation.value() instanceof Real value ? compiler.whole(value) : null;
        this.integer = equation.value() instanceof Int value ? compiler.integer(value) : null;
        this.target = compiler.address(new Access(equation.target(), equation.subscripts()));
        this.route = route(compiler);
    }

    private Route route(StripCompiler compiler) {
        if (!shape.isNone()) {
            return new Route(
                    compiler.worksByLane() ? Route.Kind.STRIPS_BY_LANE : Route.Kind.STRIPS,
                    loops.extents(),
                    shape.extents(),
                    List.of());
        }
        LaneShape reduced = compiler.reduced();
        return new Route(
                reduced.isNone() ? Route.Kind.LOOP : Route.Kind.REDUCTION,
                loops.extents(),
                reduced.extents(),
                List.of());
    }

    Route route() {
        return route;
    }

    int slots() {
        return equation.slots();
    }

    long points() {
        return equation.box().size();
    }

    /** How many values the outermost index has. */
    int extent() {
        return sharesLanes() ? shape.extents().getFirst() : loops.extent();
    }

    /** Whether the outermost index runs in the lanes. */
    private boolean sharesLanes() {
        return loops.isEmpty() && !shape.isNone();
    }

    /** The index by whose values threads share out the work. */
    private Optional<Integer> outermost() {
        return loops.isEmpty() ? shape.slots().stream().findFirst() : Optional.of(loops.outermost());
    }

    /** Whether different values of the outermost index write different elements, so that threads may share them out. */
    boolean splits() {
        Optional<Linear> form = Linear.of(equation.target(), equation.subscripts());
        Optional<Integer> outermost = outermost();
        if (form.isEmpty() || outermost.isEmpty()) {
            return false;
        }
        Box box = equation.box();
        long reach = 0;
        for (int i = 0; i < box.slots().size(); i++) {
            int slot = box.slots().get(i);
            reach += slot == outermost.get()
                    ? 0
                    : Math.abs(form.get().weight(slot)) * (box.extents().get(i) - 1);
        }
        return Math.abs(form.get().weight(outermost.get())) > reach;
    }

    /**
     * Runs the points at which the outermost index lies in a range.
     *
     * @param from the least value
     * @param to the value after the greatest
     */
    void run(StripMachine machine, int from, int to) {
        if (equation.box().size() == 0) {
            return;
        }
        long[] index = machine.index();
        int start = sharesLanes() ? from : 0;
        int end = sharesLanes() ? to : shape.isNone() ? 1 : shape.extents().getFirst();
        int first = loops.isEmpty() ? 0 : from;
        int last = loops.isEmpty() ? 1 : to;
        try {
            for (boolean more = loops.first(index, first, last); more; more = loops.next(index, last)) {
                if (shape.isNone()) {
                    machine.restrict(0, 1, null);
                    strip(machine);
                } else {
                    for (int at = start; machine.strip(shape, at, end); at += shape.chunk()) {
                        strip(machine);
                    }
                }
            }
        } catch (ArithmeticException e) {
            Arrays.fill(index, 0);
            throw Fault.at(equation.place(), Integers.reason(e));
        }
    }

    private void strip(StripMachine machine) {
        if (!guards.admit(machine, 0)) {
            return;
        }
        if (real != null) {
            real.eval(machine, 1);
            store(machine);
        } else {
            integer.eval(machine, 1);
            storeIntegers(machine);
        }
    }

    private void store(StripMachine machine) {
        Lanes lanes = machine.lanes();
        int low = machine.low();
        int high = machine.high();
        boolean adds = equation.accumulates();
        if (target.isEven(machine)) {
            lanes.store(1, low, high, target.tensor(), target.base(machine), target.runs(), adds, machine.mask());
        } else {
            lanes.scatter(1, low, high, target.tensor(), target.offsets(machine, 2), adds);
        }
    }

    private void storeIntegers(StripMachine machine) {
        int[] offsets = target.offsets(machine, 2);
        long[] values = machine.longs(1);
        long[] tensor = machine.integers(target.tensor());
        for (int i = machine.low(); i < machine.high(); i++) {
            if (offsets[i] >= 0) {
                tensor[offsets[i]] = values[i] + (equation.accumulates() ? tensor[offsets[i]] : 0);
            }
        }
    }
}
