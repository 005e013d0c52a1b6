package devml.layer;

import devml.equation.Assignment;
import devml.equation.Box;
import devml.equation.Cost;
import devml.equation.Loop;
import devml.equation.Statement;
import devml.notation.Equation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An equation of a bound layer: as it was written, for reports, and as it runs.
 *
 * @param syntax the equation as it was written
 * @param assignment the equation as the evaluators run it
 * @param sweep the loop in whose steps it runs, if it stands in one
 * @param positions the positions that it uses, each once
 */
public record BoundEquation(Equation syntax, Assignment assignment, Optional<Sweep> sweep, Set<Position> positions) {
    public BoundEquation {
        positions = Collections.unmodifiableSet(new LinkedHashSet<>(positions));
    }

    /** The cost of the equation, over all steps of its loop. */
    public Cost cost() {
        return Cost.of(statements(List.of(this)).getFirst());
    }

    /** The number of the tensor that the equation writes. */
    int target() {
        return assignment.target().tensor();
    }

    /**
     * The equation with the index of its loop as one more index: it writes the same elements, but not in the order of
     * the steps.
     */
    Assignment overAllSteps() {
        if (sweep.isEmpty()) {
            return assignment;
        }
        Box box = assignment.box();
        List<Integer> slots = new ArrayList<>(List.of(Sweep.SLOT));
        slots.addAll(box.slots());
        List<Integer> extents = new ArrayList<>(List.of(sweep.get().extent()));
        extents.addAll(box.extents());
        return new Assignment(
                assignment.target(),
                assignment.subscripts(),
                assignment.accumulates(),
                new Box(slots, extents, box.guard()),
                assignment.value(),
                assignment.slots(),
                assignment.place());
    }

    /** Returns the statements that run some equations: those of one loop are joined into one statement. */
    public static List<Statement> statements(List<BoundEquation> equations) {
        List<Statement> statements = new ArrayList<>();
        List<Assignment> body = new ArrayList<>();
        for (int i = 0; i < equations.size(); i++) {
            BoundEquation equation = equations.get(i);
            if (equation.sweep.isEmpty()) {
                statements.add(equation.assignment);
                continue;
            }
            body.add(equation.assignment);
            if (i + 1 == equations.size() || !equations.get(i + 1).sweep.equals(equation.sweep)) {
                Sweep sweep = equation.sweep.get();
                statements.add(
                        new Loop(Sweep.SLOT, sweep.extent(), sweep.syntax().down(), body));
                body.clear();
            }
        }
        return statements;
    }
}
