package devml.derive;

import devml.notation.Equation;
import devml.notation.Loop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The backward equations as they come, each in the loops that are open. */
final class Backward {
    private final List<Equation> equations = new ArrayList<>();
    private final List<Loop> open = new ArrayList<>();

    /** Where the equations of the open loop over steps begin, and the loops around it; none if it is negative. */
    private int steps = -1;

    private List<Loop> aroundSteps = List.of();

    /** Opens a loop that runs the other way than one of the forward equations. */
    void open(Loop forward) {
        open.add(new Loop(forward.number(), forward.index(), !forward.down(), forward.span()));
    }

    /** As {@link #open}, of a loop that runs step by step: there is one at a time. */
    void openSteps(Loop forward) {
        aroundSteps = List.copyOf(open);
        steps = equations.size();
        open(forward);
    }

    void close() {
        open.removeLast();
        if (open.size() == aroundSteps.size()) {
            steps = -1;
        }
    }

    boolean isInSteps() {
        return steps >= 0;
    }

    void add(Equation equation) {
        equations.add(in(open, equation));
    }

    void addAll(Collection<Equation> all) {
        all.forEach(this::add);
    }

    /** Adds an equation before the open loop over steps, which need not be worked out at each of them. */
    void addBeforeSteps(Equation equation) {
        equations.add(steps++, in(aroundSteps, equation));
    }

    private static Equation in(List<Loop> loops, Equation e) {
        return new Equation(e.target(), e.accumulates(), e.value(), e.condition(), loops, e.span());
    }

    /** All of them, their loops numbered in the order in which they stand. */
    List<Equation> equations() {
        Map<Integer, Integer> numbers = new HashMap<>();
        return equations.stream()
                .map(e -> in(
                        e.loops().stream()
                                .map(loop -> new Loop(
                                        numbers.computeIfAbsent(loop.number(), _ -> numbers.size()),
                                        loop.index(),
                                        loop.down(),
                                        loop.span()))
                                .toList(),
                        e))
                .toList();
    }
}
