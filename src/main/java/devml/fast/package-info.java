/**
 * The fast evaluator: plans each equation onto a contraction kernel or onto strips, and runs it there.
 *
 * <p>Knows the intermediate representation and the storage of tensors; no layer, no network and no other evaluator. No
 * kernel knows what it computes a part of.
 */
package devml.fast;
