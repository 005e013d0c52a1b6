/**
 * Results as text: tables, equations explained, verdicts for people and for continuous integration.
 *
 * <p>Makes strings out of results; computes nothing and prints nothing.
 */
package devml.report;
