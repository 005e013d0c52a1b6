/**
 * Number systems that know more than float64: double-doubles with their elementary functions, balls that enclose the
 * exact result and bounds on how far from it a computation in floating point can be, and duals that carry a derivative.
 * The reference interpreter runs the same equations in them.
 *
 * <p>Knows the operations of the intermediate representation and the storage of tensors; no evaluator, no layer and no
 * network. What follows for a network from an enclosure or a kink is for its callers to say.
 */
package devml.oracle;
