/**
 * What the notation means: names resolved, sizes bound, subscripts and their reach checked, in the small intermediate
 * representation that every evaluator, printer and derivative works on.
 *
 * <p>Knows the notation; not how an equation is computed, nor which layer it comes from.
 */
package devml.equation;
