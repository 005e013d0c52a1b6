/**
 * Number systems that know more than float64: double-doubles with their elementary functions; balls that enclose the
 * exact result, with bounds on how far from it a floating-point computation can be; and duals that carry a derivative.
 * The reference interpreter runs the same equations in them.
 *
 * <p>This package knows the operations of the intermediate representation and the storage of tensors, but no evaluator,
 * no layer and no network. What an enclosure or a kink implies for a network is for its callers to say.
 */
package devml.oracle;
