/**
 * Formats results as text: tables, equations explained, and verdicts for people and for continuous integration.
 *
 * <p>This package makes strings from results; it computes nothing and prints nothing.
 */
package devml.report;
