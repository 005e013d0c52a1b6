/**
 * Derivatives: the backward equations of a layer, derived from its forward ones in the same notation.
 *
 * <p>Reverse mode, access by access: wherever {@code T[i] = E} reads {@code X[j]}, {@code dX[j]} receives {@code dT[i]}
 * times the derivative of {@code E} with respect to that access. {@link devml.derive.Rules} is the one table of
 * derivatives; the rest turns what they yield into what a person would write. Knows syntax trees; no sizes, no shapes,
 * no numbers.
 */
package devml.derive;
