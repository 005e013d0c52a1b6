/**
 * The fast evaluator: plans each equation onto a contraction kernel or onto strips, and runs it there.
 *
 * <p>Knows the intermediate representation and the storage of tensors; no layer, no network and no other evaluator. No
 * kernel knows what it computes a part of.
 *
 * <p>Kernels are written for float64. The build writes those for float32 from them ({@code src/build/FloatTwins.java}), but
 * for a few in which more than the type differs.
 */
package devml.fast;
