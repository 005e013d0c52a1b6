/**
 * A user's mistake, told well: where it stands, what was found, what is allowed, and the nearest right name.
 *
 * <p>Knows nothing of the rest of the program; everything else may use it.
 */
package devml.fault;
