/**
 * The reference evaluator: the meaning of an equation, written to be obviously right, with one loop over the points and
 * one tree walk at each. It is generic in its number system, and every other evaluator is checked against it.
 *
 * <p>This package knows the intermediate representation and the storage of tensors, but no layer, no network and no
 * other evaluator.
 */
package devml.reference;
