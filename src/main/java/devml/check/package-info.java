/**
 * Holds tensors against reference tensors, or against proofs, and gives verdicts: what agrees within which bound, what does not and by how
 * much.
 *
 * <p>Pure functions from tensors to records: reads no file, knows no network, prints nothing.
 */
package devml.check;
