package devml.fast;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cond;
import devml.equation.Int;
import devml.equation.Real;
import devml.equation.Value;
import devml.equation.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides how an equation runs: scatters become gathers, sums of products contractions, the rest strips. */
final class Planner {
    private final List<Step> steps = new ArrayList<>();
    private final boolean sets;

    /**
     * Plans an equation.
     *
     * @param isFirst whether it is the first to write its target: what it adds to is zero then
     */
    Planner(Assignment equation, boolean isFirst) {
        List<Assignment> parts = ScatterToGather.of(Clamping.of(equation)).stream()
                .map(Summation::explicit)
                .toList();
        boolean isWhole = isFirst && parts.size() == 1 && writesAll(parts.getFirst());
        this.sets = isWhole || !equation.accumulates();
        for (Assignment part : parts) {
            if (part.box().size() == 0) {
                continue; // a batch of no samples
            }
            add(isWhole ? setting(part) : part);
        }
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Whether every element of the target is set, or will be by further equations of its kind. */
    boolean sets() {
        return sets;
    }

    private void add(Assignment equation) {
        Optional<ContractionFinder.Found> found = ContractionFinder.find(equation);
        if (found.isEmpty()) {
            steps.add(strips(equation));
            return;
        }
        Optional<Real> rest = found.get().rest();
        Optional<Contraction.Start> start = rest.flatMap(value -> start(equation, value));
        if (rest.isEmpty()) {
            steps.add(new Step.Contract(found.get().contraction()));
        } else if (start.isPresent()) {
            steps.add(new Step.Contract(found.get().contraction().startingWith(start.get())));
        } else {
            // The rest goes first: then the product is added to it where it is written anyway.
            steps.add(strips(withValue(equation, rest.get(), equation.accumulates())));
            Assignment product = withValue(equation, sum(equation), true);
            steps.add(new Step.Contract(
                    ContractionFinder.find(product).orElseThrow().contraction()));
        }
    }

    /** What a product is added to, if that is an element which kernels can start with: a bias. */
    private static Optional<Contraction.Start> start(Assignment equation, Real rest) {
        return rest instanceof Real.Read(View view, List<Int> subscripts)
                        && !equation.accumulates()
                        && equation.box().guard().equals(Cond.TRUE)
                ? Linear.of(view, subscripts).map(at -> new Contraction.Start(view.tensor(), at))
                : Optional.empty();
    }

    /** The product in a value that adds it to something else. */
    private static Real sum(Assignment equation) {
        return ((Real.Binary) equation.value()).right();
    }

    /**
     * Whether an equation reaches each element of its target once, if only to find that its guard fails there. Guards that
     * leave out whole ranges of elements make fewer loops: they do not count.
     */
    private static boolean writesAll(Assignment equation) {
        Optional<Linear> target = Linear.of(equation.target(), equation.subscripts());
        Map<Integer, Integer> extents = Access.extents(equation);
        Cond guard = equation.box().guard();
        return target.isPresent()
                && (guard.equals(Cond.TRUE) || equation.value() instanceof Real)
                && Conditions.conjuncts(guard).stream()
                        .allMatch(part -> Conditions.forms(part).isEmpty())
                && equation.box().size() == equation.target().size()
                && ContractionFinder.isInjective(target.get(), extents)
                && target.get().least(extents) == 0
                && target.get().greatest(extents) == equation.target().size() - 1;
    }

    /** The same onto zeros: what its guard leaves out becomes 0. */
    private static Assignment setting(Assignment equation) {
        Box box = equation.box();
        Value value = box.guard().equals(Cond.TRUE)
                ? equation.value()
                : new Real.Select(box.guard(), (Real) equation.value(), new Real.Constant(0));
        return new Assignment(
                equation.target(),
                equation.subscripts(),
                false,
                new Box(box.slots(), box.extents(), Cond.TRUE),
                value,
                equation.slots(),
                equation.place());
    }

    private static Assignment withValue(Assignment equation, Value value, boolean accumulates) {
        return new Assignment(
                equation.target(),
                equation.subscripts(),
                accumulates,
                equation.box(),
                value,
                equation.slots(),
                equation.place());
    }

    private static Step.Strips strips(Assignment equation) {
        return new Step.Strips(new StripPlan(Flattening.of(equation)));
    }
}
