/**
 * Random numbers whose bits are those of a named generator: NumPy's legacy and current ones, and our own.
 *
 * <p>Knows tensors, which it fills, and faults; nothing of files, layers and networks.
 */
package devml.random;
