/**
 * Compares tensors with reference tensors, or with proofs, and gives verdicts: what agrees within which bound, what
 * does not, and by how much.
 *
 * <p>Pure functions from tensors to records: this package reads no file, knows no network and prints nothing.
 */
package devml.check;
