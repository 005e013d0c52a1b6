/**
 * The meaning of an equation, written to be obviously right: one loop over the points, one tree walk at each. Generic in
 * its number system; every other evaluator is held to it.
 *
 * <p>Knows the intermediate representation and the storage of tensors; no layer, no network and no other evaluator.
 */
package devml.reference;
