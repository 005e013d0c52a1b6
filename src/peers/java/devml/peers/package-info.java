/**
 * Compares devml with libtorch: the same networks, data and parameters, one pass forward and backward at a time. Built by
 * the Maven profile {@code peers} alone; see docs/benchmarks.md.
 */
package devml.peers;
