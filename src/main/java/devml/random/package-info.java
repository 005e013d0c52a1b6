/**
 * Random numbers whose bits are those of a named generator: NumPy's legacy and current ones, and our own.
 * {@link devml.random.Generator} is the entry point.
 *
 * <p>This package knows distributions of doubles, and faults, but nothing of files, layers and networks.
 */
package devml.random;
