package devml.layer;

import devml.equation.Assignment;
import devml.notation.Equation;

/**
 * An equation of a bound layer.
 *
 * @param syntax as it was written
 * @param assignment what runs
 */
public record BoundEquation(Equation syntax, Assignment assignment) {}
