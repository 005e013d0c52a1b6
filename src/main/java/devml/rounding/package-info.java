/**
 * Rigorous bounds of rounding errors, as equations: for each equation of a program, companions that compute for every
 * element of the target how far it may be from what the equations yield in real numbers. They are equations like others,
 * so that evaluators run them on the same kernels. Knows no layer and no evaluator.
 */
package devml.rounding;
