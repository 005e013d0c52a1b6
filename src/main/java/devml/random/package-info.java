/**
 * Random numbers whose bits are those of a named generator: NumPy's legacy and current ones, and our own.
 * {@link devml.random.Generator} is the way in.
 *
 * <p>Knows distributions of doubles, and faults; nothing of files, layers and networks.
 */
package devml.random;
