package devml.layer;

import devml.equation.Assignment;
import devml.notation.Equation;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An equation of a bound layer.
 *
 * @param syntax as it was written
 * @param assignment what runs
 * @param positions those that it uses, each once
 */
public record BoundEquation(Equation syntax, Assignment assignment, Set<Position> positions) {
    public BoundEquation {
        positions = Collections.unmodifiableSet(new LinkedHashSet<>(positions));
    }
}
