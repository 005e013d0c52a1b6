/**
 * The interpreter that defines what an equation computes, for any system of numbers. Plain rather than fast: whatever
 * is fast is held against it.
 *
 * <p>Knows bound equations and tensors; nothing of layers, nor of any other evaluator.
 */
package devml.reference;
