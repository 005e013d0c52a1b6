/**
 * Reports a user's mistake well: where it is, what was found, what is allowed, and the nearest right name.
 *
 * <p>This package knows nothing of the rest of the program; everything else may use it.
 */
package devml.fault;
