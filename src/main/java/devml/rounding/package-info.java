/**
 * Rigorous bounds of rounding errors, as equations: each equation of a program gets companions that compute, for every
 * element of its target, how far it may be from what the equations yield in real arithmetic. Companions are ordinary
 * equations, so that evaluators run them on the same kernels. This package knows no layer and no evaluator.
 */
package devml.rounding;
